package dev.stepmark.run;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Step;
import dev.stepmark.shell.TerminalUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which shell blocks get the person's terminal: what the operator said for this run, else the author's annotation,
 * else what is known of the block's programs. Without a person there is no terminal to give.
 */
final class Attachments {

    private final Desk desk;
    private final Map<String, Boolean> said = new HashMap<>();

    Attachments(Desk desk) {
        this.desk = desk;
    }

    /** Whether a block has the terminal when it runs. */
    boolean attached(Block block) {
        if (block.executor() != Executor.SHELL || desk.batch() || Jobs.takes(block)) {
            return false;
        }
        Boolean operator = said.get(block.id());
        return operator != null ? operator : wanted(block);
    }

    /** Whether a line that was typed besides the plan has it. */
    boolean attached(String text) {
        return !desk.batch() && TerminalUse.of(text).isPresent();
    }

    private static boolean wanted(Block block) {
        return block.attributes().interactive().orElseGet(() -> TerminalUse.of(block.text()).isPresent());
    }

    /** From now on the blocks of a step have the terminal, or have not. */
    void say(Step step, boolean attached) {
        step.executables().forEach(b -> said.put(b.id(), attached));
    }

    /** The next attempt of a block has the terminal. */
    void give(Block block) {
        said.put(block.id(), true);
    }

    /** What is said of it before the question. */
    List<String> remarks(Block block) {
        if (!attached(block)) {
            return List.of();
        }
        String program = TerminalUse.of(block.text()).map(TerminalUse::program).orElse("it");
        return List.of(program + " gets this terminal until it ends; its screen is recorded, what you type is not");
    }
}
