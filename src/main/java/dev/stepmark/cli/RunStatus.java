package dev.stepmark.cli;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Runs;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.StepState;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.Dependencies;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Runbook;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run in one word or one line. */
final class RunStatus {

    private RunStatus() { }

    /** {@code ok}, {@code stopped}, {@code failed}, {@code in doubt}, {@code unfinished}, {@code damaged}, {@code unreadable}. */
    static String word(Runs.Entry entry) {
        if (entry.state().isEmpty()) {
            return "unreadable";
        }
        if (!entry.problem().isEmpty()) {
            return "damaged";
        }
        RunState state = entry.state().get();
        Optional<Event.RunEnded> ended = state.ended();
        Optional<String> writer = entry.directory().writer();
        if (ended.isEmpty()) {
            return writer.isPresent() ? "running" : !state.writerGone().inDoubt().isEmpty() ? "in doubt"
                    : "unfinished";
        }
        return switch (ended.get().status()) {
            case "finished" -> "ok";
            case "in-doubt" -> "in doubt";
            default -> ended.get().status();
        };
    }

    /** Steps that are stale, one line each; the plan is looked at only where steps ran out of their order. */
    static List<String> stale(RunDirectory directory, RunState state) {
        if (!state.inDisorder()) {
            return List.of();
        }
        try {
            Runbook plan = RunSetup.storedPlan(directory, state);
            Progress progress = new Progress(plan, state);
            return plan.mainSteps().stream().filter(s -> progress.step(s) == StepState.STALE).map(s -> s.id() + "  "
                    + s.title() + ": step " + progress.causes(s).stream().map(Dependencies.Dependency::on)
                            .collect(Collectors.joining(", ")) + " ran later").toList();
        } catch (StepmarkException e) {
            return List.of();
        }
    }

    /** {@code 11-18}, in local time. */
    static String day(Runs.Entry entry) {
        return local(entry).format(DateTimeFormatter.ofPattern("MM-dd"));
    }

    /** {@code today 02:28}, or the date. */
    static String when(Runs.Entry entry, Instant now) {
        ZonedDateTime local = local(entry);
        LocalDate today = now.atZone(ZoneId.systemDefault()).toLocalDate();
        return local.toLocalDate().equals(today) ? "today " + local.format(DateTimeFormatter.ofPattern("HH:mm"))
                : local.toLocalDate().toString();
    }

    private static ZonedDateTime local(Runs.Entry entry) {
        try {
            return Instant.parse(entry.startedAt()).atZone(ZoneId.systemDefault());
        } catch (java.time.format.DateTimeParseException e) {
            return Instant.EPOCH.atZone(ZoneId.systemDefault());
        }
    }
}
