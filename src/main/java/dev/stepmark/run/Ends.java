package dev.stepmark.run;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.StepState;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The end of a run: sessions closed, the last event, and the summary. */
final class Ends {

    /** Reason of sessions that were closed because the run stopped; they are opened again when it goes on. */
    static final String STOPPED = "the run stopped";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Desk desk;
    private final Parts parts;

    Ends(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Closes everything, records the end and shows it. */
    ExitCode end(String status, ExitCode exit) {
        List<String> stopped = parts.jobs().stopAll(status.equals("finished") ? "the run ended" : STOPPED);
        List<String> open = new ArrayList<>(parts.pool().labels().keySet());
        String transaction = desk.log().openTransaction();
        parts.pool().closeAll(status.equals("finished") ? "the run ended" : STOPPED);
        if (!transaction.isEmpty()) {
            desk.log().append(new Event.TransactionEnded(transaction, "rolled-back", "the session was closed"));
        }
        boolean doubt = !desk.log().state().inDoubt().isEmpty();
        boolean half = status.equals("finished") && !transaction.isEmpty();
        if (half) {
            desk.operator().problem(Operator.Severity.ERROR, Message.of("the document leaves a transaction open",
                    "It ends with its session, so the server undid what ran in it.", "a COMMIT in the document"));
        }
        String word = doubt && status.equals("finished") ? "in-doubt" : half ? "failed" : status(status);
        ExitCode code = doubt ? ExitCode.IN_DOUBT : half ? ExitCode.FAILED : exit;
        desk.log().append(new Event.RunEnded(word, code.code(), open));
        desk.operator().ending(ending(word, open, stopped));
        return code;
    }

    /** A refusal in the middle stops the run and loses nothing: it can go on. One before the start leaves nothing. */
    String status(String status) {
        boolean begun = desk.log().decisions().stream().findAny().isPresent() || desk.log().state().executions().stream()
                .anyMatch(e -> e.started().origin() != Event.Origin.DISCOVERY);
        return status.equals("refused") && begun ? "stopped" : status;
    }

    private Ending ending(String status, List<String> closed, List<String> stopped) {
        List<StepCard.Fact> facts = new ArrayList<>();
        facts.add(new StepCard.Fact("", counts()));
        deviations(facts);
        longest(facts);
        String sessions = closed.isEmpty() ? "no session was open" : "closed: " + String.join(", ", closed);
        facts.add(new StepCard.Fact("Still so", sessions + (stopped.isEmpty() ? "" : "; stopped: "
                + String.join(", ", stopped)) + "; " + leftRunning()
                + "; no open transaction"));
        facts.add(new StepCard.Fact("Log", desk.log().shownDirectory()));
        facts.add(new StepCard.Fact("Check", "stepmark verify " + desk.log().shortId()));
        boolean resumable = status.equals("stopped") || status.equals("failed") || status.equals("in-doubt");
        if (resumable) {
            facts.add(new StepCard.Fact("Go on", "stepmark run " + desk.runbook().path()));
        }
        return new Ending(word(status), desk.runbook().title(), times(), facts);
    }

    /** Only what is known: a cancel names what outlived it, and nobody knows about what is in doubt. */
    private String leftRunning() {
        List<String> still = new ArrayList<>();
        desk.log().state().executions().forEach(e -> e.finished().ifPresent(f -> still.addAll(f.survivors())));
        desk.log().state().inDoubt().forEach(e -> still.add("perhaps " + e.started().unit().step()));
        return still.isEmpty() ? "nothing is left running" : "still running: " + String.join(", ", still);
    }

    private static String word(String status) {
        return switch (status) {
            case "finished" -> "Finished";
            case "failed" -> "Failed";
            case "in-doubt" -> "In doubt";
            case "refused" -> "Refused";
            default -> "Stopped";
        };
    }

    private String counts() {
        Progress progress = new Progress(desk.runbook(), desk.log().state());
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String word : List.of("done", "by hand", "skipped", "not applicable", "stale", "failed", "in doubt", "to do")) {
            counts.put(word, 0);
        }
        List<Step> steps = desk.runbook().mainSteps();
        steps.forEach(s -> counts.merge(group(s, progress.step(s)), 1, Integer::sum));
        List<String> out = new ArrayList<>();
        counts.forEach((word, count) -> {
            if (count > 0) {
                out.add(count + " " + word);
            }
        });
        return Texts.count(steps.size(), "step") + "  " + String.join(", ", out);
    }

    private String group(Step step, StepState state) {
        boolean byHand = desk.log().decisions().stream().anyMatch(d -> d.unit().step().equals(step.id())
                && d.action() == Action.DONE_BY_HAND);
        return switch (state) {
            case DONE, PROVISIONAL -> byHand ? "by hand" : "done";
            case SKIPPED -> "skipped";
            case NOT_APPLICABLE -> "not applicable";
            case FAILED -> "failed";
            case IN_DOUBT -> "in doubt";
            case STALE -> "stale";
            default -> "to do";
        };
    }

    private void deviations(List<StepCard.Fact> facts) {
        List<String> lines = new ArrayList<>();
        for (Event.Decided decided : desk.log().decisions()) {
            String unit = label(decided.unit()) + (decided.unit().iteration() < 0 ? "" : " row " + (decided.unit().iteration() + 1));
            switch (decided.action()) {
                case SKIP -> lines.add(unit + "  skipped: \"" + decided.reason() + "\"");
                case EDIT -> lines.add(unit + "  " + (Overruled.overrules(decided) ? decided.evidence().split(",", 2)[0]
                        : "edited before it ran"));
                case ACCEPT -> lines.add(unit + "  failure accepted: \"" + decided.reason() + "\"");
                case RETRY -> lines.add(unit + "  run again after it failed");
                default -> { }
            }
        }
        desk.log().events().forEach(e -> moved(e.event()).ifPresent(lines::add));
        for (Execution execution : desk.log().state().executions()) {
            if (execution.started().origin() == Event.Origin.UNDO) {
                lines.add(label(execution.started().unit()) + "  " + (execution.succeeded() ? "undone: " : "undo tried: ")
                        + desk.log().firstLine(execution.started().text()));
            }
            if (execution.started().origin() == Event.Origin.ADHOC) {
                lines.add(execution.started().unit().step() + "  typed in: "
                        + desk.log().firstLine(execution.started().text()));
            }
        }
        if (!lines.isEmpty()) {
            facts.add(new StepCard.Fact("Deviated", lines.get(0)));
            lines.stream().skip(1).forEach(l -> facts.add(new StepCard.Fact("", l)));
        }
    }

    private static Optional<String> moved(Event event) {
        if (event instanceof Event.WentTo e) {
            String from = e.from().isEmpty() || e.from().equals(e.to()) ? "" : ", from " + e.from();
            return Optional.of(e.to() + "  " + (e.again() ? "gone back to, to do it again" : "gone to") + from);
        }
        if (event instanceof Event.RollbackBegun e) {
            return Optional.of(e.at() + "  rollback section begun: " + String.join(", ", e.steps()));
        }
        return event instanceof Event.StillValid e ? Optional.of(e.step() + "  stale, said to be valid: \"" + e.reason()
                + "\"") : Optional.empty();
    }

    private String label(Unit unit) {
        return desk.runbook().step(unit.step()).flatMap(s -> s.blocks().stream().filter(b -> b.id().equals(
                unit.block())).map(b -> Cards.label(s, b)).findFirst()).orElse(unit.step());
    }

    private void longest(List<StepCard.Fact> facts) {
        desk.log().state().executions().stream().filter(e -> e.finished().isPresent())
                .max(java.util.Comparator.comparingLong(e -> e.finished().get().millis()))
                .filter(e -> e.finished().get().millis() >= 1000)
                .ifPresent(e -> facts.add(new StepCard.Fact("Longest", e.started().unit().step() + "  "
                        + Texts.duration(e.finished().get().millis()))));
    }

    private String times() {
        List<Envelope> events = desk.log().events();
        Instant from = Instant.parse(events.get(0).utc());
        Instant to = Instant.parse(events.get(events.size() - 1).utc());
        ZoneId zone = ZoneId.systemDefault();
        return CLOCK.format(from.atZone(zone)) + " - " + CLOCK.format(to.atZone(zone)) + ", "
                + Texts.clock(Duration.between(from, to));
    }
}
