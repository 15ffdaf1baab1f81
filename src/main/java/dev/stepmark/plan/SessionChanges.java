package dev.stepmark.plan;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import java.util.Optional;
import java.util.Set;

/** Whether a step changes what later steps of its session see: where they are, as whom, and with which settings. */
public final class SessionChanges {

    private static final Set<String> VERBS = Set.of("\\c", "\\connect", "cd", "export", "set", "source", ".", "pushd", "\\cd",
            "\\setenv", "\\i", "\\ir", "\\include");

    private SessionChanges() { }

    /** The first line that changes the session, for people; empty when none does. */
    public static Optional<String> of(Step step) {
        return step.executables().stream().map(SessionChanges::of).flatMap(Optional::stream).findFirst();
    }

    /** The first line of a block that changes its session. */
    static Optional<String> of(Block block) {
        return block.statements().stream().map(Statement::text).flatMap(String::lines).map(String::strip)
                .filter(line -> VERBS.contains(first(line))).findFirst();
    }

    private static String first(String line) {
        String word = line.split("\\s", 2)[0];
        return word.startsWith("\\") ? word : word.toLowerCase(java.util.Locale.ROOT);
    }
}
