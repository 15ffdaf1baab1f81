package dev.stepmark.run;

import dev.stepmark.binding.Expressions;
import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Block;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The loop: fold, plan, ask, intent, act, outcome. There is no run object to save: what comes next follows from the
 * plan and the events, so that a run that goes on after a crash is the ordinary path.
 */
public final class Runner {

    private final Desk desk;
    private final Parts parts;
    private final Gates gates;
    private final Walk walk;
    private final Ends ends;

    /**
     * @param desk     what the run works with; its log begins with RunStarted
     * @param reparser makes a block of a block whose text was edited: statements, risk, placeholders
     */
    public Runner(Desk desk, UnaryOperator<Block> reparser) {
        this(desk, reparser, Rereader.NONE, NestedRunbooks.NONE);
    }

    /** The same, able to read the document again where an operator overrules a block, and to run other runbooks inside. */
    public Runner(Desk desk, UnaryOperator<Block> reparser, Rereader rereader, NestedRunbooks nested) {
        this.desk = new Desk(desk.runbook(), desk.questions(), desk.options(), desk.environment(), new MaskedOperator(
                desk.operator(), desk.secrets().masker()), desk.log(), desk.secrets(), desk.sessions(), desk.clock(),
                desk.directory());
        this.parts = new Parts(this.desk, reparser, rereader, nested);
        this.gates = new Gates(this.desk, parts);
        StepRunner steps = new StepRunner(this.desk, parts, gates);
        parts.aside().runner(steps::run);
        this.walk = new Walk(this.desk, parts, steps);
        this.ends = new Ends(this.desk, parts);
        AdHoc adHoc = new AdHoc(this.desk, parts);
        Commands commands = new Commands(this.desk, parts);
        parts.asking().interjections((reply, question) -> {
            if (reply instanceof Reply.Command command && command.name().equals("quit")) {
                throw new StopRun("stopped", ExitCode.STOPPED);
            } else if (reply instanceof Reply.Command command) {
                commands.run(command, question);
            } else {
                adHoc.run(reply);
            }
        });
    }

    /** For tests: what is read in the background is there when the first step is shown. */
    Runner patient() {
        parts.earlier().patient();
        return this;
    }

    /**
     * Ends the run from another thread, for a signal: cancels what runs, and nothing further starts. {@link #run} then
     * records the outcome and returns; only a question that waits for a person is not ended by it.
     */
    public void interrupt() {
        parts.interruption().stop();
        parts.others().interrupt();
    }

    /** Runs to the end, or to where the operator stops; returns the exit code of the process. */
    public ExitCode run() {
        boolean conditions = desk.runbook().mainSteps().stream().anyMatch(s -> s.condition().isPresent()
                || s.blocks().stream().anyMatch(b -> b.attributes().when().isPresent()));
        if (conditions) {
            Expressions.warm();
        }
        try {
            Map<String, String> titles = new LinkedHashMap<>();
            desk.runbook().mainSteps().forEach(s -> titles.put(s.id(), s.title()));
            desk.operator().steps(titles);
            parts.executions().judge().check();
            parts.earlier().begin();
            parts.deadline().record();
            new Opening(desk, parts, gates).run();
            parts.doubts().resolveOthers();
            walk.run();
            parts.doubts().resolveOthers();
            return ends.end("finished", ExitCode.OK);
        } catch (StopRun stop) {
            return ends.end(stop.status(), stop.exit());
        } catch (StepmarkException e) {
            parts.jobs().abandonAll();
            parts.pool().abandonAll();
            if (e.exitCode() != ExitCode.JOURNAL) {
                desk.log().append(new Event.RunEnded(ends.status("refused"), e.exitCode().code(), List.of()));
            }
            throw e;
        } finally {
            parts.jobs().abandonAll();
            parts.pool().abandonAll();
        }
    }
}
