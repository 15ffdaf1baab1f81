package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Nearest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepmark completion}: what a shell needs to complete commands, options, runbooks, steps and runs. */
@Command(name = "completion", description = "Prints a script that makes a shell complete commands, options, runbooks,"
        + " steps, connections and runs.",
        customSynopsis = {"  source <(stepmark completion bash)         (in ~/.bashrc)",
            "  stepmark completion fish >~/.config/fish/completions/stepmark.fish"})
final class CompletionCommand implements Callable<Integer> {

    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    private String shell;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this text")
    private boolean help;

    private final App app;

    CompletionCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        app.io().out().print(script(shell, CommandModel.of(Main.commands(app))));
        return ExitCode.OK.code();
    }

    static String script(String shell, CommandModel model) {
        return switch (shell) {
            case "bash" -> BashCompletion.of(model);
            case "zsh" -> ZshCompletion.of(model);
            case "fish" -> FishCompletion.of(model);
            default -> throw RunFlags.usage("there is no completion for " + shell, Nearest.to(shell, SHELLS).map(n ->
                    "The nearest is " + n + ". ").orElse("") + "Nothing was printed.", "stepmark completion bash");
        };
    }
}
