package dev.stepmark.run;

import dev.stepmark.journal.EarlierRuns;
import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Window;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The end of the window that a run has. It stops nothing by itself: a person is warned, and asked for a letter; with
 * nobody there a step that would not end in time does not begin.
 */
final class Deadline {

    private static final String UNTIL = "until";
    private static final String NONE = "none";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final Desk desk;
    private final Parts parts;

    Deadline(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** What this process was told counts from now on, also for those that go on later. */
    void record() {
        Window given = desk.options().window();
        String said = given.none() ? NONE : given.end().map(Instant::toString).orElse("");
        if (!said.isEmpty() && !said.equals(recorded())) {
            desk.log().append(new Event.QuestionAnswered(UNTIL, "window", "", said, "option", ""));
        }
        boolean goesOn = desk.log().state().answer("start").isPresent();
        if (goesOn && end().isPresent()) {
            desk.operator().say(List.of("  Window    " + text()));
        }
    }

    private String recorded() {
        return desk.log().state().answer(UNTIL).map(Event.QuestionAnswered::answer).orElseGet(() ->
                desk.log().state().started().options().getOrDefault(UNTIL, ""));
    }

    Optional<Instant> end() {
        String recorded = recorded();
        return recorded.isEmpty() || recorded.equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(recorded));
    }

    /** For the opening; empty without a window. */
    Optional<Brief.Fact> fact() {
        return end().map(e -> new Brief.Fact("Window", List.of(text()), ""));
    }

    /** {@code until 04:00 CET, tomorrow; 04:59:10 left}. */
    private String text() {
        ZonedDateTime end = end().orElseThrow().atZone(ZoneId.systemDefault());
        LocalDate today = desk.clock().instant().atZone(ZoneId.systemDefault()).toLocalDate();
        String day = end.toLocalDate().equals(today) ? "" : end.toLocalDate().equals(today.plusDays(1))
                ? ", tomorrow" : ", " + end.toLocalDate();
        return "until " + TIME.format(end) + " " + end.getZone().getDisplayName(TextStyle.SHORT, Locale.ROOT) + day
                + "; " + (over() ? "over " + Texts.clock(left().negated()) + " ago" : Texts.clock(left()) + " left");
    }

    private Duration left() {
        return Duration.between(desk.clock().instant(), end().orElseThrow());
    }

    private boolean over() {
        return end().isPresent() && !desk.clock().instant().isBefore(end().get());
    }

    /** Said at every question from then on. */
    Optional<String> overNow() {
        return over() ? Optional.of("Window     over since " + TIME.format(end().orElseThrow().atZone(
                ZoneId.systemDefault())) + ", " + Texts.clock(left().negated()) + " ago") : Optional.empty();
    }

    /** Why a block would end too late, for people and for the log; empty when nothing says so. */
    Optional<String> late(Step step, Block block) {
        if (end().isEmpty()) {
            return Optional.empty();
        }
        if (over()) {
            return Optional.of("late: the window is over");
        }
        Optional<EarlierRuns.Times> times = parts.earlier().of(step, block);
        return times.filter(t -> t.most() > left().toMillis()).map(t -> "late: " + Texts.clock(left())
                + " left, and it took " + Earlier.text(t));
    }

    /** With nobody there, nothing begins that would not end in time. */
    void require(Step step, Block block) {
        Optional<String> late = desk.batch() && !desk.options().window().late() ? late(step, block) : Optional.empty();
        if (late.isPresent()) {
            desk.operator().problem(Operator.Severity.ERROR, Message.of("step " + step.id() + " is too "
                    + late.get(), "The window ends at " + TIME.format(end().orElseThrow().atZone(ZoneId.systemDefault()))
                    + ". The step was not started.", "--until with a later time, or --allow late"));
            throw new StopRun("refused", ExitCode.REFUSED);
        }
    }
}
