package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.util.ArrayList;
import java.util.List;

/** What is said when something ran and the log could not be written: it happened, whatever the log knows of it. */
final class Unrecorded {

    private Unrecorded() { }

    /** How it ended could not be recorded: the next start finds an execution without an outcome. */
    static StepmarkException outcome(StepmarkException cause, String label, Executions.Executed executed) {
        return with(cause, label, executed, " How it ended could not be recorded: it is in doubt, and the next start"
                + " asks about it.");
    }

    /** Its output could not be kept whole; its outcome was. */
    static StepmarkException output(StepmarkException cause, String label, Executions.Executed executed) {
        return with(cause, label, executed, " That is recorded.");
    }

    /** A question of what runs could not be recorded: nothing was typed for it, and it is cancelled instead. */
    static StepmarkException question(StepmarkException cause, String label) {
        Message message = cause.message();
        List<String> meaning = new ArrayList<>();
        meaning.add(label + " waited for what is typed. Nothing was typed for it, and it was cancelled.");
        meaning.addAll(message.meaning());
        return new StepmarkException(ExitCode.JOURNAL, new Message(message.what(), message.excerpt(), meaning,
                message.tries()));
    }

    private static StepmarkException with(StepmarkException cause, String label, Executions.Executed executed,
            String consequence) {
        Message message = cause.message();
        List<String> meaning = new ArrayList<>();
        meaning.add(label + " ran: " + Outcomes.line(executed.outcome(), executed.millis(), true) + "." + consequence);
        meaning.addAll(message.meaning());
        return new StepmarkException(ExitCode.JOURNAL, new Message(message.what(), message.excerpt(), meaning,
                message.tries()));
    }

    /** The outcome of an execution whose output could not be kept whole. */
    static Event.ExecFinished noted(Event.ExecFinished e) {
        String words = "its output could not be kept whole";
        return new Event.ExecFinished(e.exec(), e.outcome(), e.exit(), e.problems(), e.sqlState(), e.rows(), e.tags(),
                e.outputs(), e.message().isEmpty() ? words : e.message() + "; " + words, e.millis(), e.tolerated(),
                e.survivors());
    }
}
