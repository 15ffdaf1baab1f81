package dev.stepmark.run;

import dev.stepmark.expectation.ErrorLines;
import dev.stepmark.expectation.ErrorLines.Severity;
import dev.stepmark.expectation.ErrorPattern;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.ToleratedError;
import dev.stepmark.session.Outcome;
import dev.stepmark.shell.ShellCommand;
import dev.stepmark.shell.ShellFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Errors that the document says are safe (pattern 29). A failed command whose errors are all among them is done; one
 * that nothing covers, or a failure that none of them accounts for, leaves it failed.
 */
final class Tolerance {

    /** From here on a status says that the command did not run, or was killed. */
    private static final int NOT_RUN = 126;
    /** Messages that are kept in the record, and those that are shown. */
    private static final int MAX_KEPT = 1_000;
    private static final Pattern PREFIX = Pattern.compile("^.*?\\b(error|ERROR|WARNING|warning|FATAL): +(?=\\S)(?!.*\\bERROR: )");
    private static final int SNIPPET = 44;
    private static final int ALONE = 10;

    private final Desk desk;

    Tolerance(Desk desk) {
        this.desk = desk;
    }

    /**
     * What was found.
     *
     * @param covers    whether the failure is nothing but tolerated errors
     * @param tolerated first lines of messages that are safe
     * @param others    first lines of messages that nothing covers
     * @param remarks   a sentence for each place of the document that covers something
     */
    record Found(boolean covers, List<String> tolerated, List<String> others, List<String> remarks) {

        static final Found NOTHING = new Found(false, List.of(), List.of(), List.of());

        boolean nothing() {
            return tolerated.isEmpty();
        }

        /** What is not tolerated, alone, a few of them. */
        String alone() {
            return others.stream().limit(ALONE).collect(Collectors.joining("\n")) + (others.size() > ALONE
                    ? "\n(and " + Texts.count(others.size() - ALONE, "more line") + ")" : "");
        }

        /** {@code 2 errors, 2 tolerated, 0 others}. */
        String count(boolean failed) {
            int all = tolerated.size() + others.size();
            return Texts.count(all, failed ? "error" : "warning") + ", " + String.format("%,d", tolerated.size())
                    + " tolerated, " + String.format("%,d", others.size()) + (others.size() == 1 ? " other" : " others");
        }
    }

    /** Looks through what an execution of a block wrote. */
    Found of(Block block, String text, Outcome outcome, Outputs outputs) {
        List<ToleratedError> safe = desk.runbook().tolerated(block);
        boolean failed = outcome instanceof Outcome.Failed || outcome instanceof Outcome.Done && !Outcomes.succeeded(outcome);
        if (safe.isEmpty() || !failed && !Outcomes.succeeded(outcome)) {
            return Found.NOTHING;
        }
        List<String> lines = new ArrayList<>();
        if (!outputs.lines("stderr", lines::add)) {
            return Found.NOTHING;
        }
        if (outcome instanceof Outcome.Failed f && lines.stream().noneMatch(l -> f.message().startsWith(l.strip()))) {
            f.message().lines().forEach(lines::add);
        }
        return judge(safe, ErrorLines.of(lines), text, outcome, failed);
    }

    private Found judge(List<ToleratedError> safe, ErrorLines errors, String text, Outcome outcome, boolean failed) {
        Map<ToleratedError, ErrorPattern> patterns = new LinkedHashMap<>();
        safe.forEach(s -> patterns.put(s, ErrorPattern.of(s)));
        List<String> tolerated = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Map<ToleratedError, Integer> used = new LinkedHashMap<>();
        boolean uncovered = errors.incomplete();
        for (ErrorLines.Entry entry : errors.entries()) {
            Optional<ToleratedError> by = safe.stream().filter(s -> patterns.get(s).covers(entry.text())).findFirst();
            by.ifPresent(b -> used.merge(b, 1, Integer::sum));
            boolean counts = failed || entry.severity() == Severity.WARNING;
            if (by.isPresent()) {
                tolerated.add(entry.text());
            } else if (counts) {
                uncovered |= entry.severity() == Severity.ERROR;
                others.add(entry.text());
            }
        }
        boolean covers = failed && !uncovered && accountedFor(outcome, text, tolerated);
        List<String> remarks = used.keySet().stream().map(this::remark).toList();
        return new Found(covers, kept(tolerated), kept(others), remarks);
    }

    private static List<String> kept(List<String> lines) {
        return List.copyOf(lines.subList(0, Math.min(MAX_KEPT, lines.size())));
    }

    private String remark(ToleratedError error) {
        String file = desk.runbook().path().replaceFirst(".*[/\\\\]", "");
        String words = PREFIX.matcher(error.text()).replaceFirst("").replace("\"", "").replaceAll("\\s+", " ");
        String snippet = words.length() > SNIPPET ? words.substring(0, words.lastIndexOf(' ', SNIPPET) > 0
                ? words.lastIndexOf(' ', SNIPPET) : SNIPPET) + " ..." : words;
        return "tolerated: " + file + ":" + error.line() + " says it can be ignored (\"" + snippet + "\")";
    }

    /** Whether every command that failed named one of the errors, or is the only command that there is. */
    private static boolean accountedFor(Outcome outcome, String text, List<String> tolerated) {
        if (tolerated.isEmpty()) {
            return false;
        }
        if (outcome instanceof Outcome.Failed failed) {
            // in a transaction the server has given up on all of it, whatever the document says of the error
            return failed.transaction() == Outcome.Transaction.NONE;
        }
        Outcome.Done done = (Outcome.Done) outcome;
        boolean ran = done.exit() < NOT_RUN && done.problems().stream().allMatch(p -> ran(p.status()));
        List<ShellCommand> commands = ShellFacts.of(text).commands();
        if (!ran || commands.isEmpty()) {
            return false;
        }
        List<String> failing = done.problems().isEmpty() ? List.of(commands.get(commands.size() - 1).program())
                : done.problems().stream().flatMap(p -> programs(p.command())).distinct().toList();
        return commands.size() == 1 || failing.stream().allMatch(p -> tolerated.stream().anyMatch(t -> names(t, p)));
    }

    private static boolean ran(String statuses) {
        for (String status : statuses.split("\\|")) {
            if (!status.strip().matches("\\d{1,3}") || Integer.parseInt(status.strip()) >= NOT_RUN) {
                return false;
            }
        }
        return true;
    }

    private static Stream<String> programs(String command) {
        List<ShellCommand> commands = ShellFacts.of(command).commands();
        return commands.isEmpty() ? Stream.of(command) : commands.stream().map(ShellCommand::program);
    }

    private static boolean names(String message, String program) {
        return message.contains(program.replaceFirst(".*/", "") + ":");
    }
}
