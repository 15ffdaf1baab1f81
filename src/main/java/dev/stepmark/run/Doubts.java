package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executions that were started and have no outcome: never run again by themselves, a person decides. */
public final class Doubts {

    private final Desk desk;
    private final Parts parts;

    Doubts(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Resolves what is in doubt about a block. */
    void resolve(Step step, Block block) {
        for (Execution doubt : desk.log().state().inDoubt()) {
            Unit unit = doubt.started().unit();
            if (unit.step().equals(step.id()) && unit.block().equals(block.id())) {
                if (parts.commits().decided(doubt)) {
                    return;
                }
                if (doubt.started().origin() == Origin.OPENER) {
                    resolved(doubt, "not-done", "opening a session changes nothing", "stepmark", "opened again");
                } else {
                    resolve(step, block, doubt);
                }
                return;
            }
        }
    }

    /** Resolves what is in doubt and belongs to no step of the plan: typed in by the operator, or discovery. */
    void resolveOthers() {
        for (Execution doubt : desk.log().state().inDoubt()) {
            boolean ofPlan = doubt.started().origin() == Origin.STEP || doubt.started().origin() == Origin.OPENER;
            if (ofPlan || parts.commits().decided(doubt)) {
                continue;
            }
            String label = label(doubt);
            boolean harmless = doubt.started().effect().equals("read-only");
            show(label, doubt, doubt.started().origin() == Origin.UNDO ? "what undoes step " + label
                    : "an execution besides the plan");
            if (harmless) {
                resolved(doubt, "not-done", "it only reads", "stepmark", "read-only");
            } else {
                noted(label, doubt);
            }
        }
    }

    private void noted(String label, Execution doubt) {
        if (desk.batch()) {
            answered(label, doubt);
            return;
        }
        String reason = parts.asking().reason(label + ".reason", "What became of " + label
                + "? (goes into the log)").text();
        resolved(doubt, "done", "", "operator", reason);
    }

    /** Answer id of a doubt about what is no step of the plan: {@code a1.doubt}. */
    public static String answerId(Execution doubt) {
        return label(doubt) + ".doubt";
    }

    private static String label(Execution doubt) {
        String step = doubt.started().unit().step();
        return step.isEmpty() ? doubt.id() : step;
    }

    /** Nobody is there: only an answer that was given beforehand says what became of it. */
    private void answered(String label, Execution doubt) {
        Map<String, String> answers = desk.options().answers();
        String verdict = answers.getOrDefault(answerId(doubt), "");
        if (!verdict.equals("done") && !verdict.equals("not-done")) {
            desk.operator().problem(Operator.Severity.ERROR, Message.of("nobody can say what became of " + label,
                    "It was typed in besides the plan, and is not run again by itself. Look at the target.",
                    "--answer " + answerId(doubt) + "=done, or =not-done"));
            throw new StopRun("in-doubt", ExitCode.IN_DOUBT);
        }
        resolved(doubt, verdict, "", "answer", answers.getOrDefault(answerId(doubt) + ".reason",
                "answered beforehand"));
    }

    /** The verdict goes for everything in the same transaction: it was kept or undone together. */
    private void resolved(Execution doubt, String verdict, String evidence, String by, String reason) {
        for (Execution one : desk.log().state().inDoubtWith(doubt)) {
            desk.log().append(new Event.DoubtResolved(one.id(), verdict, evidence, by, reason));
        }
    }

    private void resolve(Step step, Block block, Execution doubt) {
        int row = doubt.started().unit().iteration();
        String label = Cards.label(step, block) + (row < 0 ? "" : " row " + (row + 1));
        String id = "step-" + step.id() + ".doubt";
        show(label, doubt, step.title());
        int together = desk.log().state().inDoubtWith(doubt).size();
        if (together > 1) {
            desk.operator().remark("It and " + Texts.count(together - 1, "other execution") + " of its transaction were"
                    + " kept together or undone together.");
        }
        parts.banners().show(block);
        boolean undo = block.attributes().get("undo").isPresent() && !desk.batch();
        Question plain = new Question(id, Question.Kind.IN_DOUBT, "What now?", Choices.doubt(false), (char) 0, "",
                "", "", Texts.sha256(doubt.id()), true);
        Question question = undo ? plain.offering(Choices.UNDO) : plain;
        while (true) {
            Reply.Key key = parts.asking().key(question);
            if (key.key() == 'r' && (block.risk() != Risk.DESTRUCTIVE || phrase(id, Cards.phrase(block),
                    "to run it again", "Nothing was run."))) {
                resolved(doubt, "not-done", "", key.by(), "run again");
                return;
            }
            if (key.key() == 'u' && parts.undoing().ofDoubt(step, block, doubt)) {
                resolved(doubt, "not-done", "undone as the author says", key.by(), "undone");
                return;
            }
            if (key.key() == 'm' && markDone(label, id, doubt, key.by())) {
                return;
            }
        }
    }

    /** A phrase, wherever one letter would be too little. */
    private boolean phrase(String id, String phrase, String purpose, String refused) {
        Question question = new Question(id + ".phrase", Question.Kind.PHRASE, "Type \"" + phrase + "\" " + purpose,
                List.of(Choices.QUIT), (char) 0, phrase, "", "", "", false);
        Reply reply = parts.asking().ask(question);
        boolean given = reply instanceof Reply.Text typed && typed.text().equals(phrase);
        if (!given) {
            desk.operator().say(List.of("  That is not \"" + phrase + "\". " + refused));
        }
        return given;
    }

    /** Marking done wants a reason and a phrase: it is a statement about what happened, by a person. */
    private boolean markDone(String label, String id, Execution doubt, String by) {
        String reason = parts.asking().reason(id + ".reason", "Why is " + label + " done? (goes into the log)").text();
        if (!desk.batch() && !phrase(id, "done " + label, "to mark it done", "Nothing was marked.")) {
            return false;
        }
        resolved(doubt, "done", "", by, reason);
        desk.operator().result(ResultCard.of("done", label, "marked by hand, with a reason"));
        return true;
    }

    private void show(String label, Execution doubt, String title) {
        String text = new String(desk.log().artefact(doubt.started().text()), StandardCharsets.UTF_8);
        desk.operator().result(new ResultCard("IN DOUBT", label, title + "; started " + doubt.utc()
                + ", no outcome recorded", List.of(), "", List.of()));
        List<String> lines = new java.util.ArrayList<>();
        text.stripTrailing().lines().forEach(l -> lines.add("  > " + l));
        desk.operator().say(lines);
        Optional<Event.ExecFinished> lost = doubt.finished();
        desk.operator().remark(lost.map(f -> "It was lost: " + f.message()).orElse(
                "The process that ran it ended before it could say how it went."));
        desk.operator().remark("It is not run again by itself: look first (SQL and !shell can be typed here).");
    }
}
