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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepmark plan}: what would run, where, how risky. Executes nothing. */
@Command(name = "plan", addMethodSubcommands = false, description = "Shows what would run, where, and how risky it is. Runs nothing.",
        customSynopsis = {"  stepmark plan work-orders.md", "  stepmark plan docs/runbooks",
            "  stepmark plan work-orders.md --questions > answers.yaml"})
final class PlanCommand implements OneOperand {

    @Parameters(paramLabel = "RUNBOOK|DIR", description = "a Markdown file, or a directory of them")
    private Path path;

    @Option(names = "--json", description = "for programs: schema stepmark-plan/1; one object a line for a directory")
    private boolean json;

    @Option(names = "--questions", description = "every question of the runbook, as an answers file to fill in")
    private boolean questions;

    @Option(names = "--durations", description = "with how long each step took in earlier runs of the document")
    private boolean durations;

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
        if (Files.isDirectory(path)) {
            return directory();
        }
        Runbook runbook = Loader.load(path);
        if (json) {
            app.io().out().println(PlanJson.write(runbook, asked(path, runbook), true));
        } else if (questions) {
            app.io().print(template(path, runbook));
        } else {
            TransactionNotes together = new TransactionNotes(runbook);
            PlanTable table = !durations ? new PlanTable(runbook, together::notes) : new PlanTable(runbook, together.and(
                    new PlanDurations(app.runs(common.journal), runbook)::notes));
            app.io().print(table.lines());
        }
        return ExitCode.OK.code();
    }

    /** Every document of a directory; one that cannot be read is said and does not keep the others back. */
    private int directory() {
        List<StepmarkException> unreadable = new ArrayList<>();
        PlanSummary summary = new PlanSummary(path);
        Function<Path, Consumer<PlanSummary>> read = file -> {
            Runbook runbook = Loader.load(file);
            if (json) {
                String text = PlanJson.write(runbook, asked(file, runbook), false);
                return all -> app.io().out().println(text);
            }
            if (questions) {
                List<String> lines = template(file, runbook);
                return all -> app.io().print(lines);
            }
            int asked = asked(file, runbook).size();
            return all -> all.add(file, runbook, asked);
        };
        EachRunbook.of(Runbooks.in(path), read, (file, result) -> result.accept(summary), unreadable::add);
        if (!json && !questions) {
            app.io().print(summary.lines(unreadable.size()));
        }
        // a configuration that cannot be read is the same for many documents: said once
        unreadable.stream().map(e -> Messages.lines("error", e.message())).distinct()
                .forEach(lines -> lines.forEach(app.io().err()::println));
        return unreadable.isEmpty() ? ExitCode.OK.code() : ExitCode.USAGE.code();
    }

    private List<PlannedQuestion> asked(Path file, Runbook runbook) {
        Path directory = file.toAbsolutePath().normalize().getParent();
        RunOptions configured = new NamedConnections(app.configuration(directory)).complete(RunOptions.NONE, runbook);
        return new RunSetup(app, Path.of("").toAbsolutePath(), configured).questions(runbook);
    }

    private List<String> template(Path file, Runbook runbook) {
        return AnswersFile.template(String.valueOf(file.getFileName()), asked(file, runbook));
    }
}
