package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.CannotOpen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Steps that a person does, and steps whose words open or close a session. */
final class ByHand {

    private final Desk desk;
    private final Parts parts;
    private final Cards cards;

    ByHand(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
        this.cards = new Cards(desk);
    }

    /** A step without a block to run. */
    void run(Step step) {
        if (!step.opens().isEmpty()) {
            opens(step);
        } else if (!step.closes().isEmpty()) {
            closes(step);
        } else {
            StepCard card = cards.byHand(step, "by hand", parts.others().remarks(step));
            desk.operator().step(card);
            ask(step, Unit.step(step.id()), step.id(), Texts.sha256(card.toString()));
        }
    }

    /** Asks a person to do it; the decision is recorded for the unit. */
    void ask(Step step, Unit unit, String label, String shown) {
        boolean malformed = step.blocks().stream().anyMatch(b -> b.id().equals(unit.block())
                && b.role() == Role.MALFORMED);
        String id = malformed ? "block-" + unit.block() : "step-" + step.id();
        settle(new Question(id, Question.Kind.BY_HAND, "Done?", parts.others().choices(step), step.optional() ? 's' : (char) 0, "",
                "", "", shown, true), step, unit, label, key -> parts.others().run(step, key, shown));
    }

    /** Asks until it is decided: by a key of the question's own, by hand, or by leaving it out. */
    private void settle(Question question, Step step, Unit unit, String label, Predicate<Reply.Key> own) {
        while (true) {
            Reply.Key key = parts.asking().key(question);
            if (own.test(key)) {
                return;
            }
            if (key.key() == 'm') {
                done(step, unit, label, key.by(), question.shown());
                return;
            }
            if (key.key() == 's') {
                parts.blocks().skip(step, unit, key.by(), question.shown(), label);
                return;
            }
            if (key.key() == 'w') {
                parts.why().show(step);
            }
        }
    }

    private void done(Step step, Unit unit, String label, String by, String shown) {
        String words = desk.batch() ? "" : parts.asking().text("step-" + step.id() + ".seen",
                "What did you see? (optional)", "", "").text();
        desk.log().append(new Event.Decided(unit, Action.DONE_BY_HAND, by, shown, "", "", words, ""));
        desk.operator().result(ResultCard.of("done", label, desk.batch() ? "by hand, assumed (" + by + ")"
                : "by hand" + (words.isBlank() ? "" : ", with a remark")));
    }

    /** Words that open a shell somewhere: here if the operator says so, else by hand. */
    private void opens(Step step) {
        String session = step.opens();
        Optional<String> target = parts.targets().of(session);
        if (target.isPresent() && target.get().equals(Targets.LOCAL)) {
            open(step, session);
            return;
        }
        List<String> before = List.of(target.isPresent() ? "Its blocks are done by hand (--target)."
                : "Stepmark cannot open this one by itself yet. Its blocks are run nowhere until you say where.");
        StepCard card = cards.byHand(step, "by hand, shell", before);
        desk.operator().step(card);
        String shown = Texts.sha256(card.toString());
        if (target.isPresent() || desk.batch()) {
            ask(step, Unit.step(step.id()), step.id(), shown);
        } else {
            askWhere(step, Unit.step(step.id()), session, shown);
        }
    }

    /** Asks where the blocks of a session go, and records it. */
    void askWhere(Step step, Unit unit, String session, String shown) {
        List<Question.Choice> choices = List.of(
                new Question.Choice('l', "run its blocks here", "in a shell of this machine, as --target local"),
                new Question.Choice('m', "by hand", "a person does this step and the blocks that belong to it"),
                Choices.word(Choices.SKIP, "skip"), Choices.WHY, Choices.QUIT);
        Question question = new Question("target." + session, Question.Kind.SESSION, "Where do they go?", choices,
                (char) 0, "", "", "", shown, true);
        settle(question, step, unit, step.id(), key -> {
            boolean said = key.key() == 'l' || key.key() == 'm';
            if (said) {
                String answer = key.key() == 'l' ? Targets.LOCAL : Targets.BY_HAND;
                desk.log().append(new Event.QuestionAnswered("target." + session, "target", shown, answer, key.by(),
                        ""));
            }
            return said;
        });
    }

    private void open(Step step, String session) {
        SessionDeclaration declaration = parts.pool().declaration(session);
        List<String> before = new ArrayList<>(List.of("Stepmark can do this: --target local, so it opens a shell on "
                + parts.where().host() + ",", "not the " + declaration.label() + " that the document means."));
        StepCard card = cards.byHand(step, "by hand, shell", before);
        desk.operator().step(card);
        String shown = Texts.sha256(card.toString());
        settle(session(step, "open", shown), step, Unit.step(step.id()), step.id(),
                key -> key.key() == 'r' && opened(step, session, key.by(), shown));
    }

    private static Question session(Step step, String verb, String shown) {
        return new Question("step-" + step.id(), Question.Kind.SESSION, "Run " + step.id() + ": " + verb + " it?",
                Choices.session(verb), (char) 0, "", "", "", shown, true);
    }

    /** The decision comes after the opening: a crash between them only opens a shell once more. */
    private boolean opened(Step step, String session, String by, String shown) {
        try {
            String label = parts.pool().ensure(session).opened().label();
            desk.log().append(new Event.Decided(Unit.step(step.id()), Action.RUN, by, shown, "", "", "", label));
            desk.operator().result(ResultCard.of("ok", step.id(), "session " + session + " is open: " + label));
            return true;
        } catch (CannotOpen e) {
            desk.operator().problem(Operator.Severity.ERROR, e.message());
            if (desk.batch()) {
                throw new StopRun("failed", ExitCode.FAILED);
            }
            return false;
        }
    }

    private void closes(Step step) {
        String session = step.closes();
        if (!parts.targets().runs(session)) {
            StepCard card = cards.byHand(step, "by hand, shell", List.of());
            desk.operator().step(card);
            ask(step, Unit.step(step.id()), step.id(), Texts.sha256(card.toString()));
            return;
        }
        StepCard card = cards.byHand(step, "by hand, shell", List.of("Stepmark can do this: the shell on "
                + parts.stack().host(session).orElseGet(parts.where()::host) + " is closed."));
        desk.operator().step(card);
        String shown = Texts.sha256(card.toString());
        settle(session(step, "close", shown), step, Unit.step(step.id()), step.id(), key -> key.key() == 'r'
                && closed(step, session, key.by(), shown));
    }

    private boolean closed(Step step, String session, String by, String shown) {
        parts.pool().closeNow(session, "step " + step.id());
        desk.log().append(new Event.Decided(Unit.step(step.id()), Action.RUN, by, shown, "", "", "", ""));
        desk.operator().result(ResultCard.of("ok", step.id(), "session " + session + " is closed"));
        return true;
    }
}
