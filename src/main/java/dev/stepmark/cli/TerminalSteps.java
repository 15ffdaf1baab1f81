package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Step;
import dev.stepmark.shell.TerminalUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Steps that a person works in: without a terminal they would hang or fail, so the run does not begin. */
final class TerminalSteps {

    private TerminalSteps() { }

    /**
     * Refuses a run that nobody attends and that would come to such a step.
     *
     * @param leftOut ids of the steps that do not run
     */
    static void refuse(Runbook runbook, RunOptions options, Set<String> leftOut) {
        List<String> found = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Step step : runbook.mainSteps()) {
            boolean runs = !leftOut.contains(step.id())
                    && options.yesNo("step-" + step.id()).orElse(!step.optional());
            Optional<String> program = runs ? step.executables().stream().filter(b -> isLocal(runbook, b))
                    .flatMap(b -> program(b).stream()).findFirst() : Optional.empty();
            program.ifPresent(p -> {
                found.add("step " + step.id() + " runs " + p);
                ids.add(step.id());
            });
        }
        if (!found.isEmpty()) {
            throw new StepmarkException(ExitCode.REFUSED, Message.of(String.join(", ", found)
                    + ", and there is no terminal to work in",
                    "A person types into it, and nobody attends this run. Nothing was run.",
                    "the same command at a terminal; or leave it out: --skip " + String.join(",", ids)));
        }
    }

    private static boolean isLocal(Runbook runbook, Block block) {
        return block.executor() == Executor.SHELL && block.opens().isEmpty() && runbook.sessions().stream()
                .anyMatch(s -> s.id().equals(block.session()) && s.kind() == SessionDeclaration.Kind.SHELL);
    }

    private static Optional<String> program(Block block) {
        Optional<TerminalUse> use = TerminalUse.of(block.text());
        boolean needs = !block.attributes().background() && block.attributes().interactive().orElseGet(() -> use.map(TerminalUse::must).orElse(false));
        return needs ? Optional.of(use.map(TerminalUse::program).orElse("a program for a person")) : Optional.empty();
    }
}
