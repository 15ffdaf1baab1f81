package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.AnswersFile;
import dev.stepmark.plan.PlanJson;
import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.runbook.Runbook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepmark plan}: what would run, where, how risky. Executes nothing. */
@Command(name = "plan", addMethodSubcommands = false, description = "Shows what would run, where, and how risky it is. Runs nothing.",
        customSynopsis = {"  stepmark plan work-orders.md", "  stepmark plan work-orders.md --questions > answers.yaml"})
final class PlanCommand implements OneOperand {

    @Parameters(paramLabel = "RUNBOOK|DIR", description = "a Markdown file, or a directory of them")
    private Path path;

    @Option(names = "--json", description = "for programs: schema stepmark-plan/1; one object a line for a directory")
    private boolean json;

    @Option(names = "--questions", description = "every question of the runbook, as an answers file to fill in")
    private boolean questions;

    @Option(names = "--connect", paramLabel = "[NAME=]URL", description = "as for run", hidden = true)
    private List<String> ignoredConnect;

    @Option(names = "--target", paramLabel = "[NAME=]WHERE", description = "as for run", hidden = true)
    private List<String> ignoredTarget;

    @Mixin
    private Common common = new Common();

    private final App app;

    PlanCommand(App app) {
        this.app = app;
    }

    @Override
    public void operand(String text) {
        path = Path.of(text);
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(path)) {
            print(path, false);
            return ExitCode.OK.code();
        }
        int failed = 0;
        for (Path file : Runbooks.in(path)) {
            try {
                print(file, true);
            } catch (StepmarkException e) {
                failed++;
                Messages.lines("error", e.message()).forEach(app.io().err()::println);
            }
        }
        return failed == 0 ? ExitCode.OK.code() : ExitCode.USAGE.code();
    }

    private void print(Path file, boolean many) {
        Runbook runbook = Loader.load(file);
        Path directory = file.toAbsolutePath().normalize().getParent();
        RunOptions configured = new NamedConnections(app.configuration(directory)).complete(RunOptions.NONE, runbook);
        List<PlannedQuestion> asked = new RunSetup(app, Path.of("").toAbsolutePath(), configured)
                .questions(runbook);
        if (json) {
            app.io().out().println(PlanJson.write(runbook, asked, !many));
        } else if (questions) {
            AnswersFile.template(String.valueOf(file.getFileName()), asked).forEach(app.io().out()::println);
        } else {
            new PlanTable(runbook).lines().forEach(app.io().out()::println);
            if (many) {
                app.io().out().println();
            }
        }
    }
}
