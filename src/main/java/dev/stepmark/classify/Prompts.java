package dev.stepmark.classify;

import dev.stepmark.shell.ShellFacts;
import dev.stepmark.sql.SqlSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes prompts off, and with them the output between the commands (patterns 7 and 8). */
final class Prompts {

    private static final Pattern SHELL = Pattern.compile("\\s*(?:\\$|[\\w.-]+@[\\w.-]+(?:[: ][^\\s$#]*)?[$#]|"
            + "\\[[\\w.-]+@[^\\]]+][$#])\\s(.*)");
    private static final Pattern PLACE = Pattern.compile("\\s*\\[?([\\w.-]+@[\\w.-]+)");
    private static final Pattern ROOT = Pattern.compile("\\s*#\\s(.*)");
    private static final Pattern PSQL = Pattern.compile("\\s*[\\w.$-]+=[*!^]?[#>]\\s?(.*)");
    private static final Pattern PSQL_NEXT = Pattern.compile("\\s*[\\w.$-]+[-'\"(*][#>]\\s?(.*)");
    private static final Pattern MYSQL = Pattern.compile("\\s*(?:mysql|MariaDB \\[[^\\]]*])> ?(.*)");

    private static final Pattern MYSQL_NEXT = Pattern.compile("\\s*->\\s?(.*)");

    private final List<String> lines;
    private final List<String> kept = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private boolean output;
    private boolean whole = true;
    private int continued;

    private Prompts(String text) {
        this.lines = text.lines().toList();
    }

    /** A block in which lines begin with {@code $ }, {@code user@host:~$ } or {@code [root@host ~]# }. */
    static Optional<Stripped> shell(String text) {
        return text.lines().anyMatch(l -> SHELL.matcher(l).matches()) ? Optional.of(new Prompts(text).shell(SHELL))
                : Optional.empty();
    }

    /** User and host of the prompt that a line begins with; empty text for a bare sign, nothing for a line without one. */
    static Optional<String> place(String line) {
        if (!SHELL.matcher(line).matches()) {
            return Optional.empty();
        }
        Matcher named = PLACE.matcher(line);
        return Optional.of(named.lookingAt() ? named.group(1) : "");
    }

    /** {@code # } is a prompt only where every line has it and what follows is a command: mostly it is a comment. */
    static Optional<Stripped> root(String text) {
        boolean all = !text.isBlank() && text.lines().filter(l -> !l.isBlank()).allMatch(l -> {
            Matcher matcher = ROOT.matcher(l);
            return matcher.matches() && ShellFacts.looksLikeCommand(matcher.group(1));
        });
        return all ? Optional.of(new Prompts(text).shell(ROOT)) : Optional.empty();
    }

    /** A block in which lines begin with {@code dbname=# } or {@code dbname=> }. */
    static Optional<Stripped> psql(String text) {
        return text.lines().anyMatch(l -> PSQL.matcher(l).matches()) ? Optional.of(new Prompts(text).psql())
                : Optional.empty();
    }

    /** Whether lines begin with a prompt of a shell, of psql or of mysql. */
    static boolean any(String text) {
        return text.lines().anyMatch(l -> SHELL.matcher(l).matches() || PSQL.matcher(l).matches() || MYSQL.matcher(l).matches());
    }

    /** Whether lines begin with the prompt of mysql. */
    static boolean mysql(String text) {
        return text.lines().anyMatch(l -> MYSQL.matcher(l).matches());
    }

    /** What is typed behind the prompt of mysql, with the lines that continue it; everything else is output. */
    static Optional<Stripped> mysqlTyped(String text) {
        return Optional.of(new Prompts(text).mysql());
    }

    private Stripped mysql() {
        boolean open = false;
        for (int i = 0; i < lines.size(); i++) {
            Matcher first = MYSQL.matcher(lines.get(i));
            Matcher next = MYSQL_NEXT.matcher(lines.get(i));
            if (first.matches()) {
                open = !ends(keep(first.group(1), i));
            } else if (open) {
                open = !ends(keep(next.matches() ? next.group(1) : lines.get(i), i));
            } else {
                output |= !lines.get(i).isBlank();
            }
        }
        return done();
    }

    private static boolean ends(String line) {
        String text = line.strip();
        return text.endsWith(";") || text.endsWith("\\G") || text.endsWith("\\g") || SqlRules.leaves(text);
    }

    private Stripped shell(Pattern prompt) {
        StringBuilder command = null;
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = prompt.matcher(lines.get(i));
            boolean open = whole && command != null && !finished(command.toString());
            continued = open ? continued + 1 : 0;
            whole &= continued < Stripped.MAX_CONTINUED;
            if (matcher.matches() && !open) {
                command = new StringBuilder(keep(matcher.group(1), i));
            } else if (open) {
                command.append('\n').append(keep(lines.get(i).replaceFirst("^> ", ""), i));
            } else if (lines.get(i).startsWith("#")) {
                // a comment of the author; one that is indented is a line that the command printed
                keep(lines.get(i), i);
            } else {
                output |= !lines.get(i).isBlank();
            }
        }
        return done();
    }

    private static boolean finished(String command) {
        return !command.endsWith("\\") && ShellFacts.of(Placeholders.neutral(command)).complete();
    }

    private Stripped psql() {
        StringBuilder statement = null;
        for (int i = 0; i < lines.size(); i++) {
            Matcher first = PSQL.matcher(lines.get(i));
            Matcher next = PSQL_NEXT.matcher(lines.get(i));
            boolean open = whole && statement != null && !ended(statement.toString());
            continued = open ? continued + 1 : 0;
            whole &= continued < Stripped.MAX_CONTINUED;
            if (first.matches()) {
                statement = new StringBuilder(keep(first.group(1), i));
            } else if (open) {
                statement.append('\n').append(keep(next.matches() ? next.group(1) : lines.get(i), i));
            } else {
                output |= !lines.get(i).isBlank();
            }
        }
        return done();
    }

    private static boolean ended(String statement) {
        List<SqlSplitter.Piece> pieces = SqlSplitter.split(statement);
        return pieces.isEmpty() || pieces.get(pieces.size() - 1).kind() == SqlSplitter.Kind.META
                || statement.stripTrailing().endsWith(";");
    }

    private String keep(String line, int offset) {
        kept.add(line);
        offsets.add(offset);
        return line;
    }

    private Stripped done() {
        return new Stripped(kept.isEmpty() ? "" : String.join("\n", kept) + "\n", offsets, output, whole);
    }
}
