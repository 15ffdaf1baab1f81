package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Step;
import dev.stepmark.runbook.Step.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Steps of sections that a plain run leaves out, offered when they matter: the cleanup after the last step, others when
 * somebody goes to them. Each is asked about as any step.
 */
final class Aside {

    private static final String CLEANUP = "cleanup";

    private final Desk desk;
    private final Asking asking;
    private Consumer<Step> steps = step -> { };

    Aside(Desk desk, Asking asking) {
        this.desk = desk;
        this.asking = asking;
    }

    /** What runs a step. */
    void runner(Consumer<Step> runner) {
        this.steps = runner;
    }

    /** Does a step beside the main run, and comes back. */
    void run(Step step) {
        String section = step.section().name().charAt(0) + step.section().name().substring(1).toLowerCase(Locale.ROOT);
        desk.operator().say(List.of("  " + section + ", line " + step.span().first() + ": beside the main run; the question comes again"
                + " afterwards."));
        carryOut(step);
    }

    private void carryOut(Step step) {
        if (!desk.batch()) {
            step.executables().forEach(b -> LateValues.ask(desk, asking, b));
        }
        steps.accept(step);
    }

    /** After the last step: the cleanup, when the document has one that is still to do. */
    void cleanUp() {
        List<Step> left = left();
        Optional<String> said = desk.log().state().answer(CLEANUP).map(Event.QuestionAnswered::answer);
        if (left.isEmpty() || said.filter("no"::equals).isPresent()) {
            return;
        }
        if (said.isEmpty() && !asked(left)) {
            return;
        }
        left.forEach(this::carryOut);
    }

    private boolean asked(List<Step> left) {
        List<String> lines = new ArrayList<>(List.of("", "The document has a cleanup, which the main run leaves out"));
        left.forEach(s -> lines.add(String.format(Locale.ROOT, "  %3s  %s, line %d: %s", s.id(), s.title(), s.span().first(),
                s.executables().isEmpty() ? "by hand" : s.risk().word())));
        Optional<Boolean> given = desk.options().yesNo(CLEANUP);
        if (desk.batch() && given.isEmpty()) {
            desk.operator().remark("left out: the cleanup, line " + left.get(0).span().first() + " (--answer cleanup=yes does it)");
            return false;
        }
        desk.operator().say(lines);
        String shown = Texts.sha256(String.join("\n", lines));
        boolean yes = given.isPresent() ? given.get() : asking.yes(CLEANUP, "Clean up now? Each step is asked about", 'n', shown);
        desk.log().append(new Event.QuestionAnswered(CLEANUP, "section", shown, yes ? "yes" : "no", given.isPresent() ? "answer" : "key", ""));
        return yes;
    }

    private List<Step> left() {
        Progress progress = new Progress(desk.runbook(), desk.log().state());
        return desk.runbook().steps().stream().filter(s -> s.section() == Section.CLEANUP && !Progress.reading(s))
                .filter(s -> !Progress.settled(progress.step(s))).toList();
    }
}
