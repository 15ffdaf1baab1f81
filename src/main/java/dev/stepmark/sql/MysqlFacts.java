package dev.stepmark.sql;

import dev.stepmark.runbook.Risk;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one statement for mysql or mariadb does, told from its leading words. What both databases share is told as for
 * PostgreSQL; what is not known is {@link Risk#UNKNOWN}.
 */
public final class MysqlFacts {

    private static final Pattern LEADING = Pattern.compile("\\(*([A-Za-z_]+)(?:\\s+([A-Za-z_]+))?");
    private static final Pattern INTO_FILE = Pattern.compile("(?i)\\binto\\s+(?:outfile|dumpfile)\\b");
    private static final Pattern LOCKING = Pattern.compile("(?i)\\b(?:for\\s+update|for\\s+share|lock\\s+in\\s+share\\s+mode)\\b");
    /** A name as mysql writes it. */
    private static final String NAME = "((?:`[^`]+`|[\\w$]+)(?:\\s*\\.\\s*(?:`[^`]+`|[\\w$]+))?)";
    private static final Pattern OBJECT = Pattern.compile("(?is)(?:rename\\s+tables?|lock\\s+tables?"
            + "|replace(?:\\s+low_priority|\\s+delayed)?(?:\\s+into)?"
            + "|optimize\\s+(?:local\\s+)?table|repair\\s+table|analyze\\s+(?:local\\s+)?table|check\\s+table|load\\s+data[\\s\\S]*?\\binto\\s+table"
            + "|delete\\s+from|drop\\s+(?:table|database|schema|view)(?:\\s+if\\s+exists)?|truncate(?:\\s+table)?|update"
            + "|insert(?:\\s+ignore)?(?:\\s+into)?|alter\\s+(?:online\\s+|ignore\\s+)*table)\\s+(?!if\\b)" + NAME);

    /** Words that PostgreSQL does not have, or means otherwise. A longer one counts before its beginning. */
    private static final Map<String, Risk> OWN = Map.ofEntries(Map.entry("show", Risk.READ_ONLY),
            Map.entry("describe", Risk.READ_ONLY), Map.entry("desc", Risk.READ_ONLY), Map.entry("help", Risk.READ_ONLY),
            Map.entry("check table", Risk.READ_ONLY), Map.entry("checksum", Risk.READ_ONLY),
            Map.entry("set", Risk.WRITE), Map.entry("do", Risk.UNKNOWN),
            Map.entry("replace", Risk.WRITE), Map.entry("load", Risk.WRITE), Map.entry("handler", Risk.READ_ONLY),
            Map.entry("analyze", Risk.WRITE), Map.entry("optimize", Risk.SCHEMA_CHANGE),
            Map.entry("repair", Risk.SCHEMA_CHANGE), Map.entry("rename", Risk.SCHEMA_CHANGE),
            Map.entry("flush", Risk.WRITE), Map.entry("kill", Risk.WRITE), Map.entry("lock", Risk.WRITE),
            Map.entry("unlock", Risk.READ_ONLY), Map.entry("start transaction", Risk.READ_ONLY),
            Map.entry("start", Risk.UNKNOWN), Map.entry("stop", Risk.UNKNOWN), Map.entry("change", Risk.SCHEMA_CHANGE),
            Map.entry("reset", Risk.DESTRUCTIVE), Map.entry("purge", Risk.DESTRUCTIVE),
            Map.entry("install", Risk.SCHEMA_CHANGE), Map.entry("uninstall", Risk.SCHEMA_CHANGE),
            Map.entry("shutdown", Risk.DESTRUCTIVE), Map.entry("restart", Risk.DESTRUCTIVE), Map.entry("xa", Risk.UNKNOWN));

    /** No command of the client is as long. */
    private static final int LONGEST_COMMAND = 10_000;

    private MysqlFacts() { }

    /** The facts of one statement, or of one command of the client. */
    public static StatementFacts of(String text) {
        Optional<MysqlCommand> command = text.length() > LONGEST_COMMAND ? Optional.empty() : MysqlCommand.of(text);
        if (command.isPresent()) {
            return new StatementFacts(command.get().name(), command.get().argument(), command.get().risk(), false, false,
                    true);
        }
        String sql = bare(text);
        Matcher leading = LEADING.matcher(sql);
        if (!leading.lookingAt()) {
            return new StatementFacts("", "", Risk.UNKNOWN, false, false, false);
        }
        String first = lower(leading.group(1));
        String two = (first + " " + lower(leading.group(2))).strip();
        Risk own = OWN.getOrDefault(two, OWN.get(first));
        if (own != null) {
            boolean control = two.equals("start transaction");
            return new StatementFacts(own == Risk.READ_ONLY && !control ? first : two, object(sql), own, false, control, true);
        }
        return shared(sql);
    }

    /** Without comments in front of it, and without what ends it. */
    public static String bare(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = at;
            if (Character.isWhitespace(text.charAt(at))) {
                end = at + 1;
            } else if (text.charAt(at) == '#' || text.startsWith("--", at)) {
                end = text.indexOf('\n', at);
            } else if (text.startsWith("/*", at) && !text.startsWith("/*!", at) && !text.startsWith("/*M!", at)) {
                int close = text.indexOf("*/", at + 2);
                end = close < 0 ? at : close + 2;
            }
            if (end <= at) {
                break;
            }
            at = end;
        }
        return ended(text.substring(at));
    }

    private static String ended(String text) {
        String sql = text.stripTrailing();
        boolean letter = sql.endsWith("\\G") || sql.endsWith("\\g");
        return letter ? sql.substring(0, sql.length() - 2).stripTrailing()
                : sql.endsWith(";") ? sql.substring(0, sql.length() - 1).stripTrailing() : sql;
    }

    private static StatementFacts shared(String sql) {
        // a backtick means to PostgreSQL nothing that could change what the statement is
        StatementFacts facts = StatementFacts.of(sql.replace('`', '"'));
        Risk risk = facts.recognised() ? facts.risk() : Risk.UNKNOWN;
        // to PostgreSQL it would make a table
        boolean file = facts.verb().startsWith("select") && INTO_FILE.matcher(sql).find();
        risk = file ? Risk.WRITE : LOCKING.matcher(sql).find() ? risk.max(Risk.WRITE) : risk;
        String object = file ? "" : facts.object().isEmpty() ? object(sql) : facts.object();
        return new StatementFacts(facts.verb(), object, risk, facts.nonTransactional(), facts.transactionControl(),
                facts.recognised());
    }

    private static String object(String sql) {
        Matcher matcher = OBJECT.matcher(sql.strip());
        return matcher.lookingAt() ? matcher.group(1).replace("`", "").replaceAll("\\s", "") : "";
    }

    private static String lower(String word) {
        return word == null ? "" : word.toLowerCase(Locale.ROOT);
    }
}
