package dev.stepmark.dialogue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A transcript without what differs from run to run. What is left is what people read, letter by letter. */
final class Normal {

    private record Rule(Pattern pattern, String replacement) { }

    private static final List<Rule> RULES = List.of(
            rule("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "<utc>"),
            rule("\\b\\d{8}-\\d{4}-[a-z0-9]{4}\\b", "<run>"),
            rule("(stepmark (?:show|verify) +)[a-z0-9]{4}\\b", "$1<id>"),
            rule("\\b([Rr]un )(?=[a-z0-9]{0,3}[0-9])[a-z0-9]{4}\\b", "$1<id>"),
            rule("\\brun=[a-z0-9]{4}\\b", "run=<id>"),
            rule("\\b\\d\\d:\\d\\d:\\d\\d - \\d\\d:\\d\\d:\\d\\d, \\d\\d:\\d\\d:\\d\\d", "<from> - <to>, <elapsed>"),
            rule("\\b\\d\\d:\\d\\d:\\d\\d\\b", "<time>"),
            rule("\\b\\d+\\.\\d{1,2} s\\b", "<n> s"),
            rule("\\buntil \\d\\d:\\d\\d UTC(, tomorrow)?", "until <hh:mm> UTC"),
            rule("\\blocalhost:\\d{4,5}\\b", "localhost:<port>"),
            rule("at port \"\\d+\"", "at port \"<port>\""),
            rule("\\bPostgreSQL \\d+\\.\\d+", "PostgreSQL <version>"),
            rule("\\b\\d{19}\\b", "<system>"));

    private Normal() { }

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern), replacement);
    }

    /** The transcript without times, ids, ports, versions and the name of this machine and its user. */
    static String of(String transcript) {
        String text = transcript;
        for (Rule rule : RULES) {
            text = rule.pattern().matcher(text).replaceAll(rule.replacement());
        }
        return name(text, System.getProperty("user.name"), "<user>", " by ", "@");
    }

    /** A name is replaced only where it is a name: root is also a directory and a word. */
    private static String name(String text, String name, String replacement, String before, String after) {
        return text.replaceAll(Pattern.quote(before + name) + "\\b", Matcher.quoteReplacement(before + replacement))
                .replaceAll("\\b" + Pattern.quote(name + after), Matcher.quoteReplacement(replacement + after));
    }
}
