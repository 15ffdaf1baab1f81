package dev.stepmark.cli;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Runs;
import dev.stepmark.journal.RunState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

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
