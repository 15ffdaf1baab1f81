package dev.stepmark.expectation;

import dev.stepmark.runbook.ToleratedError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error that a document says is safe, as a pattern with wildcards. Numbers must be the same unless they are long, so
 * that "server returned 404" does not cover 500.
 */
public final class ErrorPattern {

    /** What stands before the message proper: {@code psql:file.sql:12: }, a time, the name of a program. */
    private static final Pattern SEVERITY = Pattern.compile("\\b(ERROR|FATAL|PANIC|WARNING|NOTICE)\\b: ");

    private final Glob whole;
    private final boolean severe;

    private ErrorPattern(Glob whole, boolean severe) {
        this.whole = whole;
        this.severe = severe;
    }

    /** The pattern of an error that the document names. */
    public static ErrorPattern of(ToleratedError error) {
        String any = String.valueOf(Normal.ANY);
        String text = Normal.of(Wildcards.holes(error.text()), Numbers.EXACT);
        boolean severe = !error.fragment() && SEVERITY.matcher(text).lookingAt();
        return new ErrorPattern(new Glob(error.fragment() ? any + text + any : text), severe);
    }

    /** Whether it covers a line that came out. */
    public boolean covers(String line) {
        String text = Normal.of(Normal.foreign(Normal.plain(line)), Numbers.EXACT);
        if (whole.matches(text)) {
            return true;
        }
        // a message of the server, wherever the program that prints it lets it begin
        Matcher matcher = SEVERITY.matcher(text);
        return severe && matcher.find() && whole.matches(text.substring(matcher.start()));
    }
}
