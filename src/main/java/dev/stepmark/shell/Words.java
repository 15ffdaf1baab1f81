package dev.stepmark.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of a simple command. */
public final class Words {

    private Words() { }

    /**
     * Splits a command into words and takes their quotes away.
     *
     * @return empty when the words cannot be told from the text alone: it holds an expansion, a substitution, a file
     *         name pattern, a redirection, a pipe, more than one command, or a quote that is not closed
     */
    public static Optional<List<String>> split(String command) {
        ShellParser parser = new ShellParser(command);
        List<ParsedCommand> commands = parser.parse();
        if (!parser.problem().isEmpty() || commands.size() != 1 || !commands.get(0).simple()) {
            return Optional.empty();
        }
        ParsedCommand only = commands.get(0);
        List<String> words = new ArrayList<>();
        only.assignments.forEach(a -> words.add(a.value()));
        words.addAll(only.values());
        return Optional.of(List.copyOf(words));
    }
}
