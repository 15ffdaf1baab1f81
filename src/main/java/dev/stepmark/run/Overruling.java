package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.StepState;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.PlanCodec;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /as shell}: an operator says that a block is something else than the classifier decided. It holds for this run,
 * as a decision of the log that names the text; the next question about the block asks anew. On request it is written
 * into the document as an annotation, for the runs to come.
 */
final class Overruling {

    /** What a block can be said to be. */
    private static final Map<String, String> WORDS = Map.of("shell", "runs in the shell", "sql", "runs as SQL in psql", "mysql",
            "runs as SQL in mysql", "hand", "is done by hand", "output", "is only output, and is not run");
    private static final String HOW = "  /as shell, sql, mysql, hand or output; for another block than this one: /as 3.2 shell";

    private final Desk desk;
    private final Asking asking;
    private final Rereader rereader;
    private Block here;

    Overruling(Desk desk, Asking asking, Rereader rereader) {
        this.desk = desk;
        this.asking = asking;
        this.rereader = rereader;
    }

    /** The block that is asked about from now on. */
    void at(Block block) {
        here = block;
    }

    /** What answers given beforehand say, recorded once. */
    void given() {
        for (Step step : desk.runbook().steps()) {
            for (Block block : step.blocks()) {
                String as = desk.options().answers().getOrDefault("block-" + block.id() + ".as", "").strip();
                boolean said = desk.log().decisions().stream().anyMatch(d -> d.unit().block().equals(block.id()) && Overruled.overrules(d));
                if (WORDS.containsKey(as) && !said) {
                    Optional<Block> changed = changed(step, block, as);
                    changed.ifPresent(c -> record(step, block, c, as, "answer"));
                }
            }
        }
    }

    /** Carries out what was typed; does not return when something changed. */
    void run(String argument, Question question) {
        String[] words = argument.strip().split("\\s+");
        String as = words[words.length - 1];
        String id = words.length == 2 ? words[0] : here == null || words.length != 1 ? "" : here.id();
        Optional<Step> step = desk.runbook().steps().stream().filter(s -> s.blocks().stream().anyMatch(b -> named(s, b, id))).findFirst();
        if (!WORDS.containsKey(as) || step.isEmpty()) {
            desk.operator().say(List.of(step.isEmpty() && WORDS.containsKey(as) ? "  Which block? /why 3 names the blocks of step 3." : HOW));
            return;
        }
        Block block = step.get().blocks().stream().filter(b -> named(step.get(), b, id)).findFirst().orElseThrow();
        Optional<String> refusal = refusal(step.get(), block, question);
        if (refusal.isPresent()) {
            desk.operator().say(List.of("  " + refusal.get()));
            return;
        }
        Optional<Block> changed = changed(step.get(), block, as);
        if (changed.isPresent()) {
            LateValues.ask(desk, asking, changed.get()); // first: what is on disk of the decision must be able to run
            record(step.get(), block, changed.get(), as, "command");
            write(block, as);
            throw new GoTo();
        }
    }

    private static boolean named(Step step, Block block, String id) {
        return block.id().equals(id) || step.blocks().size() == 1 && step.id().equals(id);
    }

    private Optional<String> refusal(Step step, Block block, Question question) {
        if (question.kind() == Question.Kind.IN_DOUBT) {
            return Optional.of("What is in doubt is decided first.");
        }
        if (!desk.log().openTransaction().isEmpty()) {
            return Optional.of("A transaction is open; it is ended or undone as a whole first. q rolls it back.");
        }
        if (block.syntax() == Block.Syntax.INLINE) {
            return Optional.of("It stands in a sentence: s leaves it out, e changes it.");
        }
        StepState state = new Progress(desk.runbook(), desk.log().state()).block(step, block);
        boolean ran = Progress.settled(state) && desk.log().state().executions().stream().anyMatch(e -> ran(e, step, block));
        return ran ? Optional.of("It has run already. /goto " + step.id() + " goes back to it first.") : Optional.empty();
    }

    private static boolean ran(Execution execution, Step step, Block block) {
        Unit unit = execution.started().unit();
        return unit.step().equals(step.id()) && unit.block().equals(block.id());
    }

    /** The block as it is read with these words; says why when it cannot be read so. */
    private Optional<Block> changed(Step step, Block block, String as) {
        Optional<Block> read = reread(block, as).flatMap(r -> r.steps().stream().flatMap(s -> s.blocks().stream())
                .filter(b -> b.span().equals(block.span())).findFirst());
        if (read.isEmpty()) {
            desk.operator().say(List.of("  This run cannot read the block another way; e changes its text."));
            return Optional.empty();
        }
        Block now = read.get();
        boolean runs = !as.equals("hand") && !as.equals("output");
        boolean opens = !now.opens().isEmpty() && desk.runbook().session(now.opens()).isEmpty();
        String problem = runs && !now.executable() ? "That way it cannot be run: " + now.why() + "."
                : opens ? "That way it opens a session, on which later blocks would rest. Annotate the document (as=" + as
                        + "), and begin a new run." : "";
        if (!problem.isEmpty()) {
            desk.operator().say(List.of("  " + problem));
            return Optional.empty();
        }
        String why = "the operator says that it " + WORDS.get(as) + "; the plan said: " + block.why();
        Role role = as.equals("hand") ? Role.MALFORMED : now.role();
        return Optional.of(new Block(block.id(), block.span(), block.syntax(), block.info(), now.text(), role, now.executor(),
                now.session(), now.opens(), now.closes(), now.statements(), now.placeholders(), now.risk(), block.alternative(),
                true, why, List.of(), block.attributes()));
    }

    private Optional<Runbook> reread(Block block, String as) {
        try {
            byte[] document = desk.log().artefact(desk.log().state().started().runbook());
            return Optional.of(rereader.read(desk.runbook().path(), document, Map.of(block.span().first(), as)));
        } catch (StepmarkException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private void record(Step step, Block block, Block changed, String as, String by) {
        String lines = block.span().first() == block.span().last() ? "line " + block.span().first()
                : "lines " + block.span().first() + "-" + block.span().last();
        List<String> say = List.of("  " + block.id() + ", " + lines + ": " + WORDS.get(as) + " in this run, by your words; the plan said "
                + block.role().word().replace('_', ' ') + ".");
        desk.operator().say(say);
        String artefact = desk.log().put(PlanCodec.writeBlock(changed));
        desk.log().append(new Event.Decided(Unit.block(step.id(), block.id()), Action.EDIT, by, Texts.sha256(String.join("\n", say)),
                artefact, "", "", Overruled.EVIDENCE + as + ": was " + block.role().word() + ", text " + Texts.sha256(changed.text())));
    }

    /** Offers to write it into the document, shows the difference, and does it only after a yes. */
    private void write(Block block, String as) {
        Annotating annotating = new Annotating(desk.runbook(), desk.log().state().started(),
                desk.log().artefact(desk.log().state().started().runbook()), rereader);
        Optional<Annotating.Change> change = annotating.change(block, as);
        if (change.isEmpty()) {
            return;
        }
        List<String> shown = change.get().shown();
        desk.operator().say(shown);
        String id = "block-" + block.id() + ".write";
        boolean yes = asking.yes(id, "Write this into the document, for later runs? This run goes on either way", 'n',
                Texts.sha256(String.join("\n", shown)));
        String done = yes ? annotating.write(change.get()) : "not written";
        desk.log().append(new Event.QuestionAnswered(id, "annotation", Texts.sha256(String.join("\n", shown)), yes ? "yes" : "no",
                "key", done));
        desk.operator().say(List.of("  " + done));
    }
}
