package dev.stepmark.run;

import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.secret.Secrets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What every part of the runner works with.
 *
 * @param runbook     the stored plan: the only texts that are ever executed
 * @param questions   every question it can ask
 * @param options     what the operator gave beforehand
 * @param environment the tool's environment
 * @param operator    who is asked and shown things
 * @param log         the journal and the state that follows from it
 * @param secrets     secrets of this process, for masking
 * @param sessions    opens sessions
 * @param clock       wall clock
 * @param directory   the run's directory
 */
public record Desk(Runbook runbook, List<PlannedQuestion> questions, RunOptions options,
        Map<String, String> environment, Operator operator, Log log, Secrets secrets, SessionFactory sessions,
        Clock clock, Path directory) {

    /** The stored plan, with what an operator of this run said that its blocks are. */
    @Override
    public Runbook runbook() {
        return log.overruled(runbook);
    }

    /** Whether nobody can be asked. */
    boolean batch() {
        return !operator.interactive();
    }
}
