package dev.stepmark.plan;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.regex.Pattern;

/** Holes that a whole piece of a statement goes into: what fills them becomes text that runs, and cannot be quoted. */
public final class RawHoles {

    private RawHoles() { }

    /** The holes of a block that stand where a query, a definition or a whole statement is meant. */
    public static List<Placeholder> of(Block block) {
        return block.executor() != Executor.PSQL ? List.of() : block.placeholders().stream().filter(p -> !p.secret()
                && raw(block.text(), p.raw())).toList();
    }

    /** Id of the question whether they may be filled. */
    public static String questionId(Step step, Block block) {
        boolean only = step.executables().stream().filter(b -> !of(b).isEmpty()).count() <= 1;
        return "step-" + (only ? step.id() : block.id()) + ".raw";
    }

    private static boolean raw(String text, String hole) {
        String quoted = Pattern.quote(hole);
        return Pattern.compile("(?is)(?:\\bAS|\\bBEGIN|\\bEXPLAIN(?:\\s+ANALYZE)?|;|\\A)\\s+" + quoted + "\\s*(?:;|\\z)|\\A\\s*"
                + quoted + "\\s*(?:;|\\z)").matcher(text).find();
    }
}
