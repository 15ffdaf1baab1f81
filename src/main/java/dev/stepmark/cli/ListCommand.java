package dev.stepmark.cli;

import dev.stepmark.journal.Runs;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Gate;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stepmark list}: the runbooks of a directory. */
@Command(name = "list", addMethodSubcommands = false, description = "Lists the runbooks of a directory: versions, steps, worst risk, last run.",
        customSynopsis = {"  stepmark list", "  stepmark list docs/runbooks"})
final class ListCommand implements OneOperand {

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "default: here")
    private Path directory = Path.of(".");

    @Mixin
    private Common common = new Common();

    private final App app;

    ListCommand(App app) {
        this.app = app;
    }

    @Override
    public void operand(String text) {
        directory = Path.of(text);
    }

    @Override
    public Integer call() {
        List<Runs.Entry> runs = new Runs(app.runs(common.journal)).list();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("runbook", "title", "steps", "for", "worst risk", "last run"));
        List<StepmarkException> unreadable = new ArrayList<>();
        int[] without = {0};
        EachRunbook.of(Runbooks.in(directory), Loader::load, (file, runbook) -> {
            if (runbook.mainSteps().isEmpty()) {
                without[0]++;
            } else {
                rows.add(row(file, runbook, runs));
            }
        }, unreadable::add);
        app.io().print(lines(rows, without[0]));
        unreadable.forEach(e -> Messages.lines("error", e.message()).forEach(app.io().err()::println));
        return unreadable.isEmpty() ? ExitCode.OK.code() : ExitCode.USAGE.code();
    }

    private static List<String> lines(List<List<String>> rows, int without) {
        List<String> out = new ArrayList<>(Columns.lines(rows, 2).stream().map(l -> "  " + l).toList());
        String more = without == 0 ? "" : "; " + without + " more " + (without == 1 ? "file has" : "files have")
                + " no steps";
        out.add("  " + dev.stepmark.run.Texts.count(rows.size() - 1, "runbook") + more);
        return out;
    }

    private List<String> row(Path file, Runbook runbook, List<Runs.Entry> runs) {
        String bounds = runbook.frontMatter().gates().stream().map(Gate::constraint).collect(Collectors.joining(" "));
        Risk worst = runbook.mainSteps().stream().map(Step::risk).reduce(Risk.READ_ONLY, Risk::max);
        String path = file.toAbsolutePath().normalize().toString();
        Optional<Runs.Entry> last = runs.stream().filter(r -> r.state().map(s -> s.started().path().equals(path))
                .orElse(false)).findFirst();
        return List.of(directory.relativize(file).toString(), PlanTable.cut(runbook.title(), 30), Integer.toString(
                runbook.mainSteps().size()), bounds.isEmpty() ? "any" : bounds, worst.word(), last.map(r ->
                        RunStatus.day(r) + " " + RunStatus.word(r)).orElse("never"));
    }
}
