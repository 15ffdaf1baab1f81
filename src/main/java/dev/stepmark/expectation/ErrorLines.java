package dev.stepmark.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Errors and warnings in what a program wrote to its standard error. What is not known to be harmless counts as an
 * error: it is asked only about programs that failed.
 */
public final class ErrorLines {

    /** How bad a line is. */
    public enum Severity { ERROR, WARNING }

    /**
     * One message.
     *
     * @param severity how bad
     * @param text     its first line
     */
    public record Entry(Severity severity, String text) { }

    private static final Pattern WARNING = Pattern.compile("^(\\S+: )*(warning|WARNING|Warning|WARN|warn)\\b.*");
    private static final Pattern NOTED = Pattern.compile("^(\\S+: )*(NOTICE|INFO|LOG|DEBUG\\d?|info|notice|debug|hint|detail|HINT|"
            + "DETAIL|CONTEXT|QUERY|STATEMENT|LOCATION|LINE \\d+)\\b.*:.*|\\s*\\^\\s*|\\s+\\S.*");
    /** Verbose output of PostgreSQL's own programs: what they do, object by object. */
    private static final Pattern PROGRESS = Pattern.compile("^(pg_restore|pg_dump|pg_dumpall|pg_basebackup): (?!.*(\\b(error|fatal|warning)\\b:|\\b("
            + "could not|cannot|failed|aborted|aborting)\\b|\\[)).*");
    private static final Pattern COMMAND = Pattern.compile("^Command was: .*");
    private static final Pattern SUMMARY = Pattern.compile("^(pg_restore: )?(warning: )?errors ignored on restore: (\\d+)$");
    private static final Pattern STARTS = Pattern.compile("^[\\w./-]+: .*|^(ERROR|FATAL|PANIC|WARNING|NOTICE|LOG|INFO):.*");

    private final List<Entry> entries = new ArrayList<>();
    private long announced = -1;
    /** Whether lines of a statement that a program shows go on. */
    private boolean inCommand;

    private ErrorLines() { }

    /** Reads what a program wrote. */
    public static ErrorLines of(Iterable<String> lines) {
        ErrorLines errors = new ErrorLines();
        lines.forEach(errors::line);
        return errors;
    }

    /** Errors and warnings in their order. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Whether the program says itself that there were more errors than it printed. */
    public boolean incomplete() {
        return announced > entries.stream().filter(e -> e.severity() == Severity.ERROR).count();
    }

    private void line(String raw) {
        String line = Normal.plain(raw);
        Matcher summary = SUMMARY.matcher(line);
        if (summary.matches()) {
            announced = Math.max(0, announced) + (summary.group(3).length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(summary.group(3)));
            inCommand = false;
        } else if (COMMAND.matcher(line).matches()) {
            inCommand = true;
        } else if (inCommand && !line.isBlank() && !STARTS.matcher(line).matches()) {
            return;
        } else if (!line.isBlank()) {
            inCommand = false;
            message(line);
        } else {
            inCommand = false;
        }
    }

    private void message(String line) {
        if (WARNING.matcher(line).matches()) {
            entries.add(new Entry(Severity.WARNING, line));
        } else if (!NOTED.matcher(line).matches() && !PROGRESS.matcher(line).matches()) {
            entries.add(new Entry(Severity.ERROR, line));
        }
    }
}
