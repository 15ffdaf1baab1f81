package dev.stepmark.plan;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands that ask for a password whatever is in the environment: {@code pg_dump -W}. */
public final class PasswordPrompts {

    private static final Pattern CLIENT = Pattern.compile("\\b(pg_dump|pg_dumpall|pg_restore|pg_basebackup|psql|createdb|dropdb|vacuumdb"
            + "|reindexdb)\\b(?:[^|;&\\n]|\\\\\\n)*?\\s(?:-W|--password)(?=\\s|$)");

    private PasswordPrompts() { }

    /** The environment variable that answers the prompts of a step when nobody is there to type. */
    public static String variable(String step) {
        return "STEPMARK_PASSWORD_" + step.replaceAll("[^A-Za-z0-9]", "_");
    }

    /** What a step asks for when it is reached; without a terminal it must be in the environment. */
    static List<PlannedQuestion> of(Step step) {
        return step.executables().stream().filter(b -> b.executor() == Executor.SHELL && b.opens().isEmpty())
                .flatMap(b -> program(b).stream()).limit(1).map(program -> new PlannedQuestion("", PlannedQuestion.Kind.ASKED,
                        step.id(), "Step " + step.id() + ": " + program + " asks for a password", List.of(
                        "read at a terminal, or from the environment variable " + variable(step.id())), "", variable(step.id()),
                        "")).toList();
    }

    private static Optional<String> program(Block block) {
        Matcher matcher = CLIENT.matcher(block.text());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
