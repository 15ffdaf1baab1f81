package dev.stepmark.cli;

import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.journal.Runs;
import dev.stepmark.message.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stepmark verify}: is the log as it was written? */
@Command(name = "verify", description = "Checks the log of a run: the chain of records, and every artefact by its hash.",
        customSynopsis = {"  stepmark verify k7qd", "  stepmark verify ~/.local/state/stepmark/runs/20261120-0211-k7qd"})
final class VerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "an id, its last part, or the run's directory")
    private String run;

    @Mixin
    private Common common;

    private final App app;

    VerifyCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        RunDirectory directory = new Runs(app.runs(common.journal)).find(run);
        JournalVerifier.Verification verification = JournalVerifier.verify(directory.path());
        app.io().out().println(verification.summary());
        verification.findings().forEach(f -> app.io().out().println("  " + f));
        return verification.status() == JournalVerifier.Status.CONSISTENT ? ExitCode.OK.code()
                : ExitCode.FAILED.code();
    }
}
