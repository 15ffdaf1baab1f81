package dev.stepmark.classify;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines that programs print and nobody types (patterns 9, 10 and 11). Each shape is strong evidence by itself; what is
 * only unlikely to be a command is none.
 */
final class OutputShapes {

    /** {@code NAME   READY   STATUS}: the head of a table. */
    private static final Pattern TABLE_HEAD = Pattern.compile("[A-Z][A-Z0-9_()%/-]*( [A-Z0-9_()%/-]+)*"
            + "((\\s{2,}|\\t)[A-Z][A-Z0-9_()%/-]*( [A-Z0-9_()%/-]+)*)+");
    /** {@code pod/web-0 created}: what kubectl says about an object. */
    private static final Pattern OBJECT = Pattern.compile("[\\w.-]+/[\\w.:-]+ (created|configured|deleted|patched|edited|"
            + "unchanged|scaled|cordoned|uncordoned|drained|evicted|restarted|labeled|annotated|replaced|exposed|"
            + "condition met|image updated|rolled back|env updated).*|\\S+ \"[^\"]+\" (created|deleted|configured|scaled)");
    private static final Pattern TIME = Pattern.compile("(\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]|\\[?\\d{2}:\\d{2}:\\d{2}|"
            + "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\\d+ \\d{2}:\\d{2}).*");
    /** {@code Continue? [Y/n]}, {@code New password:}. */
    private static final Pattern QUESTION = Pattern.compile(".*(\\[[yYnN]/[yYnN]]|\\([yYnN]/[yYnN]\\)|\\(yes/no[^)]*\\)).*|"
            + "(\\S+ ){0,4}([Pp]assword|[Pp]assphrase|[Pp]ress \\S+)[^$=]*:.*|(\\S+ ){0,6}\\S+\\?\\s*(\\S+)?|.*\\?\\s*\\(.*\\)\\s*:.*");
    /** {@code Namespace:    default}: a label and its value, far apart. */
    private static final Pattern LABELLED = Pattern.compile("[A-Z][\\w ./()-]{0,40}:(\\s{2,}|\\t)\\S.*");
    private static final Pattern DONE = Pattern.compile("(Success(fully)?|Done|OK|Completed?|Finished|All done|Success!)\\b[.! ]*"
            + "|(INSERT|UPDATE|DELETE|COPY|SELECT) \\d+( \\d+)?|(CREATE|ALTER|DROP) (TABLE|INDEX|DATABASE|ROLE|EXTENSION|SCHEMA)"
            + "|Query OK.*|\\d+ rows? in set.*|\\(\\d+ rows?\\)|Empty set.*|-\\[ RECORD \\d+ ].*|"
            + "(Error from server|error|fatal|ERROR|FATAL)\\b.*:.*|\\S+ \"[^\"]+\" (is invalid|not found|is forbidden)\\b.*");
    private static final Pattern RULE = Pattern.compile("[-=]{3,}|[-+| =]{5,}");
    /** A sentence: it begins with a capital letter, has several words, and nothing that only code has. */
    private static final Pattern SENTENCE = Pattern.compile("(I|A|[A-Z][a-z][\\w'-]*),?( [\\w'\"(),./-]+){2,}[.:!?]*");
    private static final Pattern MODAL = Pattern.compile(".*\\b(is|are|was|were|has|have|been|not|the|this|will|should|must|can|to|of|with|"
            + "for|and|a|an|on|in|at|it|from|by|you|your)\\b.*");
    private static final Pattern BANNER = Pattern.compile("psql \\([^)]*\\).*|Type \"help\" for help\\..*|Welcome to .*|"
            + "Your MySQL connection id is .*|SSL connection \\(.*|You are now connected to .*");
    private static final Pattern REDIS = Pattern.compile("\\d+\\) .*|\\((nil|integer|error)\\).*|OK|\"[^\"]*\"|\\(empty .*\\)");
    private static final Pattern PROMPT_ALONE = Pattern.compile(".{0,60}\\S@\\S+[:\\s]?\\S*[$#]|[\\w.-]+=?[#>]|[$#>]|mysql>|"
            + "MariaDB \\[[^\\]]*]>");
    /** {@code leader elected id=12 error=none}: words, then names with values, as log lines have them. */
    private static final Pattern LOGGED = Pattern.compile("[A-Za-z][\\w'-]*( [\\w'-]+)* [\\w.]+=.*");

    /** The longest line that is looked at: no shape is longer, and patterns may cost the square of a line. */
    private static final int MAX_LINE = 400;

    private OutputShapes() {
    }

    /** Whether a line has one of the shapes; the line is stripped. */
    static boolean isPrinted(String line) {
        return line.length() <= MAX_LINE && shaped(line);
    }

    private static boolean shaped(String line) {
        return TABLE_HEAD.matcher(line).matches() || OBJECT.matcher(line).matches() || TIME.matcher(line).matches()
                || isQuestion(line) || LABELLED.matcher(line).matches() || DONE.matcher(line).matches()
                || RULE.matcher(line).matches() || isSentence(line) || BANNER.matcher(line).matches();
    }

    /** Every form has a question mark, a choice of two, or speaks of a password: most lines are none for want of those. */
    private static boolean isQuestion(String line) {
        boolean possible = line.indexOf('?') >= 0 || line.contains("ass") || line.contains("ress ") || line.contains("/n")
                || line.contains("/N") || line.contains("/y") || line.contains("/Y") || line.contains("(yes/no");
        return possible && QUESTION.matcher(line).matches();
    }

    /** {@code This cluster is not yet finished:} */
    static boolean isSentence(String line) {
        return line.length() <= MAX_LINE && SENTENCE.matcher(line).matches() && MODAL.matcher(line).matches();
    }

    /** {@code db initialized db=2a keeper=k0}: weak, since {@code make X=1} looks the same. */
    static boolean isLogged(String line) {
        return line.length() <= MAX_LINE && LOGGED.matcher(line).matches();
    }

    /** What psql and mysql say when they start. */
    static boolean isBanner(String line) {
        return line.length() <= MAX_LINE && BANNER.matcher(line).matches();
    }

    /** Whether all lines are answers of redis-cli. */
    static boolean areRedisReplies(List<String> lines) {
        return !lines.isEmpty() && lines.stream().allMatch(l -> REDIS.matcher(l).matches());
    }

    /** Whether all lines are prompts with nothing behind them. */
    static boolean arePromptsOnly(List<String> lines) {
        return !lines.isEmpty() && lines.stream().allMatch(l -> l.length() <= MAX_LINE
                && "$#>".indexOf(l.charAt(l.length() - 1)) >= 0 && PROMPT_ALONE.matcher(l).matches());
    }

    /** The lines with something in them, stripped. */
    static List<String> filled(List<String> lines) {
        return lines.stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
    }
}
