package dev.stepmark.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands and their options as they are declared: the one source of completion scripts and of the manual. */
record CommandModel(List<Command> commands) {

    /** What completes a value, by the name that help has for it. */
    private static final Map<String, String> KINDS = Map.ofEntries(Map.entry("RUNBOOK", "runbook"),
            Map.entry("RUNBOOK|DIR", "runbook"), Map.entry("DIR", "directory"), Map.entry("FILE", "file"),
            Map.entry("RUN", "runs"), Map.entry("STEP", "steps"), Map.entry("[NAME=]URL", "connections"),
            Map.entry("[NAME=]WHERE", "targets"), Map.entry("ID=VALUE", "ids"), Map.entry("NAME=VALUE", "values"));
    /** Those of which all values are known. */
    private static final Map<String, String> WORDS = Map.of("WHEN", "auto always never", "KIND", "destructive late",
            "SHELL", "bash zsh fish", "FORMAT", "text json", "WHAT", "shell");

    /**
     * A command.
     *
     * @param name        its word
     * @param description one sentence or two
     * @param examples    lines of its help
     * @param options     what it takes, hidden ones left out
     * @param operands    what it takes besides
     */
    record Command(String name, String description, List<String> examples, List<Option> options, List<Value> operands) { }

    /**
     * An option.
     *
     * @param names       with their dashes
     * @param value       what follows it; null for nothing
     * @param many        whether it can be given again
     * @param description its help
     */
    record Option(List<String> names, Value value, boolean many, String description) {

        /** The longest name. */
        String name() {
            return names.stream().max(Comparator.comparingInt(String::length)).orElseThrow();
        }
    }

    /**
     * A value.
     *
     * @param label       the name that help has for it
     * @param optional    whether it can be left out
     * @param kind        what completes it: a kind of {@code __complete}, {@code file}, {@code directory},
     *                    {@code runbook}, {@code words}, or empty
     * @param words       all values, where they are known
     * @param description its help
     */
    record Value(String label, boolean optional, String kind, List<String> words, String description) { }

    /** Reads what picocli has of every command. */
    static CommandModel of(CommandLine line) {
        return new CommandModel(line.getSubcommands().entrySet().stream()
                .map(e -> command(e.getKey(), e.getValue().getCommandSpec())).toList());
    }

    private static Command command(String name, CommandSpec spec) {
        List<Option> options = new ArrayList<>();
        spec.options().stream().filter(o -> !o.hidden()).forEach(o -> options.add(option(o)));
        List<Value> operands = spec.positionalParameters().stream().filter(p -> !p.hidden()).map(CommandModel::value).toList();
        return new Command(name, text(spec.usageMessage().description()), List.of(spec.usageMessage().header()), options,
                operands);
    }

    private static Option option(OptionSpec option) {
        boolean takes = option.arity().max() > 0;
        return new Option(List.of(option.names()), takes ? value(option) : null, option.isMultiValue(),
                text(option.description()));
    }

    private static Value value(ArgSpec arg) {
        String label = arg.paramLabel();
        List<String> words = List.of(WORDS.getOrDefault(label, "").split(" ")).stream().filter(w -> !w.isEmpty()).toList();
        return new Value(label, arg.arity().min() == 0, words.isEmpty() ? KINDS.getOrDefault(label, "") : "words", words,
                text(arg.description()));
    }

    private static String text(String[] lines) {
        return String.join(" ", lines);
    }
}
