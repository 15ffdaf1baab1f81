package dev.stepmark.cli;

import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.Runs;
import dev.stepmark.message.ExitCode;
import dev.stepmark.report.Transcript;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepmark show}: one run, from its log. */
@Command(name = "show", description = "Shows a run from its log: who did what, when, with which outcome.",
        customSynopsis = {"  stepmark show k7qd", "  stepmark show k7qd --full"})
final class ShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "an id, its last part, or the run's directory")
    private String run;

    @Option(names = "--full", description = "with the text that ran and what came out")
    private boolean full;

    @Mixin
    private Common common;

    private final App app;

    ShowCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        RunDirectory directory = new Runs(app.runs(common.journal)).find(run);
        JournalReader.ReadResult read = JournalReader.read(directory.journal());
        new Transcript(read.events(), directory.artefacts(), full).lines().forEach(app.io().out()::println);
        RunStatus.stale(directory, RunState.of(read.events())).forEach(l -> app.io().out().println("  STALE " + l));
        read.damage().ifPresent(d -> app.io().err().println("error: the log is damaged: " + d
                + "\n  Try: stepmark verify " + directory.shortId()));
        return read.damage().isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }
}
