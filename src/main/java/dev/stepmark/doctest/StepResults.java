package dev.stepmark.doctest;

import dev.stepmark.journal.ArtefactStore;
import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.StepState;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of the steps of a run: a fold over its events. */
public final class StepResults {

    /** So much of an output is kept for reports. */
    static final int OUTPUT_BYTES = 64 * 1024;
    /** So many of its last lines are shown with a failure. */
    static final int LAST_LINES = 20;
    private static final String TAKEN = "taken as done";

    private final Runbook runbook;
    private final List<Envelope> events;
    private final RunState state;
    private final ArtefactStore artefacts;

    /**
     * @param runbook   the plan that was run
     * @param events    of the run, whose process has ended
     * @param artefacts outputs
     */
    public StepResults(Runbook runbook, List<Envelope> events, ArtefactStore artefacts) {
        this.runbook = runbook;
        this.events = events;
        this.state = RunState.of(events).writerGone();
        this.artefacts = artefacts;
    }

    /** The steps of the main run in which something is to be done, in document order. */
    public List<StepResult> all() {
        return runbook.mainSteps().stream().filter(s -> !Progress.reading(s)).map(this::step).toList();
    }

    /** The steps of a document in which there is nothing to run, and so no run. */
    public static List<StepResult> byHand(Runbook runbook) {
        return runbook.mainSteps().stream().filter(s -> !Progress.reading(s)).map(s -> new StepResult(s.id(),
                s.span().first(), s.title(), Verdict.BY_HAND, TAKEN, List.of(), "", 0)).toList();
    }

    private StepResult step(Step step) {
        List<Execution> executions = state.executions().stream().filter(e -> e.started().unit().step().equals(step.id()))
                .toList();
        long millis = executions.stream().flatMap(e -> e.finished().stream()).mapToLong(Event.ExecFinished::millis).sum();
        Verdict verdict = verdict(new Progress(runbook, state).step(step), step);
        List<String> details = new ArrayList<>();
        if (verdict == Verdict.FAILED) {
            failure(executions, details);
        }
        List<String> differences = differences(executions);
        if (!differences.isEmpty()) {
            details.addAll(differences);
            verdict = verdict == Verdict.FAILED ? verdict : Verdict.DIFFERS;
        }
        return new StepResult(step.id(), step.span().first(), step.title(), verdict, summary(step, verdict, executions),
                details, outputs(executions), millis);
    }

    private Verdict verdict(StepState folded, Step step) {
        return switch (folded) {
            case DONE, STALE -> byHand(step) ? Verdict.BY_HAND : Verdict.OK;
            case PROVISIONAL -> Verdict.OK;
            case SKIPPED, NOT_APPLICABLE -> Verdict.SKIPPED;
            case PENDING -> Verdict.NOT_RUN;
            case RUNNING, ROLLED_BACK, FAILED, IN_DOUBT -> Verdict.FAILED;
        };
    }

    private boolean byHand(Step step) {
        return decisions(step).stream().anyMatch(d -> d.action() == Event.Action.DONE_BY_HAND);
    }

    /** The last words about the step and its blocks. */
    private List<Event.Decided> decisions(Step step) {
        List<Event.Decided> out = new ArrayList<>();
        state.lastDecision(Unit.step(step.id())).ifPresent(out::add);
        for (Block block : step.blocks()) {
            state.lastDecision(Unit.block(step.id(), block.id())).ifPresent(out::add);
        }
        return out;
    }

    private String summary(Step step, Verdict verdict, List<Execution> executions) {
        return switch (verdict) {
            case BY_HAND -> TAKEN;
            case SKIPPED -> decisions(step).stream().filter(d -> d.action() == Event.Action.SKIP
                    || d.action() == Event.Action.NOT_APPLICABLE).map(StepResults::why).findFirst().orElse("left out");
            case NOT_RUN -> "the run ended before it";
            default -> last(executions).map(StepResults::figures).orElse("");
        };
    }

    private static String why(Event.Decided decided) {
        if (decided.action() == Event.Action.NOT_APPLICABLE) {
            return "does not apply" + (decided.evidence().isEmpty() ? "" : ": " + decided.evidence());
        }
        return decided.by().equals("option") && !decided.reason().isEmpty() ? decided.reason()
                : "nobody says that it is wanted";
    }

    /** The execution that failed, else the last one of the document's own text. */
    private static Optional<Event.ExecFinished> last(List<Execution> executions) {
        Optional<Execution> failed = executions.stream().filter(e -> !e.succeeded()).findFirst();
        return failed.or(() -> executions.stream().filter(e -> e.started().origin() == Event.Origin.STEP)
                .reduce((a, b) -> b)).flatMap(Execution::finished);
    }

    private static String figures(Event.ExecFinished finished) {
        String tags = finished.tags().stream().filter(t -> !t.isEmpty()).collect(Collectors.joining(", "));
        String text = !finished.sqlState().isEmpty() ? "SQLSTATE " + finished.sqlState()
                : finished.exit() >= 0 && tags.isEmpty() && finished.rows() < 0 ? "exit " + finished.exit()
                : !tags.isEmpty() && !tags.startsWith("SELECT") ? tags
                : finished.rows() >= 0 ? finished.rows() + (finished.rows() == 1 ? " row" : " rows") : "";
        boolean plain = List.of("done", "ended", "failed").contains(finished.outcome());
        return plain ? text : (finished.outcome() + " " + text).strip();
    }

    private void failure(List<Execution> executions, List<String> out) {
        Optional<Execution> failed = executions.stream().filter(e -> !e.succeeded()).findFirst();
        if (failed.isEmpty()) {
            return;
        }
        Execution execution = failed.get();
        out.add(line(execution) + firstLine(text(execution.started().text())));
        Optional<Event.ExecFinished> finished = execution.finished();
        if (finished.isEmpty()) {
            out.add("nobody knows how it ended");
            return;
        }
        finished.get().message().lines().forEach(out::add);
        finished.get().problems().forEach(out::add);
        if (finished.get().message().isEmpty()) {
            List<String> lines = finished.get().outputs().stream().flatMap(o -> text(o.artefact()).lines()).toList();
            lines.stream().skip(Math.max(0, lines.size() - LAST_LINES)).map(l -> "| " + l).forEach(out::add);
        }
    }

    /** Where the document shows something else than what came out. */
    private List<String> differences(List<Execution> executions) {
        List<String> out = new ArrayList<>();
        for (Envelope envelope : events) {
            if (envelope.event() instanceof Event.OutputCompared c && c.verdict().equals("differs")
                    && executions.stream().anyMatch(e -> e.id().equals(c.exec()))) {
                out.add("the document shows something else (" + c.lines() + ")" + (c.reason().isEmpty() ? "" : ": "
                        + c.reason()));
                c.differences().forEach(d -> out.add("  " + d));
                if (c.more() > 0) {
                    out.add("  and " + c.more() + " more");
                }
            }
        }
        return out;
    }

    /** Where the text stands that ran. */
    private String line(Execution execution) {
        Unit unit = execution.started().unit();
        return runbook.steps().stream().flatMap(s -> s.blocks().stream()).filter(b -> b.id().equals(unit.block()))
                .findFirst().map(b -> "line " + (unit.statement() < 0 || unit.statement() >= b.statements().size()
                        ? b.span() : b.statements().get(unit.statement()).span()).first() + ": ").orElse("");
    }

    private String outputs(List<Execution> executions) {
        StringBuilder out = new StringBuilder();
        executions.stream().flatMap(e -> e.finished().stream()).flatMap(f -> f.outputs().stream())
                .forEach(o -> out.append(text(o.artefact())));
        return out.length() > OUTPUT_BYTES ? out.substring(0, OUTPUT_BYTES) + "\n(cut here)\n" : out.toString();
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }

    private String text(String hash) {
        try {
            byte[] bytes = artefacts.get(hash);
            return new String(bytes, 0, Math.min(bytes.length, OUTPUT_BYTES), StandardCharsets.UTF_8);
        } catch (StepmarkException e) {
            return "";
        }
    }
}
