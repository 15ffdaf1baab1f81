package dev.stepmark.cli;

import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.Runs;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Runbook;
import java.util.List;
import java.util.Optional;

/** A runbook that somebody runs at this moment: two people at one procedure undo each other's work. */
final class BeingRun {

    private BeingRun() { }

    /**
     * Refuses when another process goes on with this run; nothing has been asked or run by then.
     *
     * @throws StepmarkException exit code 3, with who does it, where, since when and how far
     */
    static void refuse(Runs.Entry entry, Runbook runbook) {
        Optional<String> writer = entry.directory().writer();
        if (writer.isEmpty()) {
            return;
        }
        RunState state = entry.state().orElseThrow();
        Progress progress = new Progress(runbook, state);
        String step = progress.next().map(s -> ", at step " + s.id() + " of " + runbook.mainSteps().size()).orElse("");
        throw new StepmarkException(ExitCode.REFUSED, new Message("this runbook is being run in another terminal",
                List.of("  run        " + entry.shortId() + step,
                        "  who        " + actor(entry) + ", " + writer.get(),
                        "  since      " + entry.startedAt()),
                List.of("Nothing was run, and the other run is not disturbed.",
                        "It is free again when that process ends, also by a crash."),
                List.of("stepmark show " + entry.shortId(),
                        "--answer resume=no   (begins another run beside it)")));
    }

    private static String actor(Runs.Entry entry) {
        var events = JournalReader.read(entry.directory().journal()).events();
        return events.get(events.size() - 1).actor();
    }
}
