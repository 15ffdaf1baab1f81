package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The loop: fold, plan, ask, intent, act, outcome. There is no run object to save: what comes next follows from the
 * plan and the events, so that a run that goes on after a crash is the ordinary path.
 */
public final class Runner {

    private final Desk desk;
    private final Parts parts;
    private final Gates gates;
    private final StepRunner steps;
    private final Ends ends;

    /**
     * @param desk     what the run works with; its log begins with RunStarted
     * @param reparser makes a block of a block whose text was edited: statements, risk, placeholders
     */
    public Runner(Desk desk, UnaryOperator<Block> reparser) {
        this.desk = desk;
        this.parts = new Parts(desk, reparser);
        this.gates = new Gates(desk, parts);
        this.steps = new StepRunner(desk, parts, gates);
        this.ends = new Ends(desk, parts);
        AdHoc adHoc = new AdHoc(desk, parts);
        Commands commands = new Commands(desk, parts);
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

    /** Runs to the end, or to where the operator stops; returns the exit code of the process. */
    public ExitCode run() {
        try {
            new Opening(desk, parts, gates).run();
            parts.doubts().resolveOthers();
            for (Step step : desk.runbook().mainSteps()) {
                steps.run(step);
            }
            return ends.end("finished", ExitCode.OK);
        } catch (StopRun stop) {
            return ends.end(stop.status(), stop.exit());
        } catch (StepmarkException e) {
            parts.pool().abandonAll();
            if (e.exitCode() != ExitCode.JOURNAL) {
                desk.log().append(new Event.RunEnded("refused", e.exitCode().code(), List.of()));
            }
            throw e;
        } finally {
            parts.pool().abandonAll();
        }
    }
}
