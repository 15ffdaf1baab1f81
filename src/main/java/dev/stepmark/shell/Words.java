package dev.stepmark.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of a simple command. */
public final class Words {

    private Words() { }

    /**
     * Whether a text is one command, whatever its words expand to: nothing outside of quotes and substitutions begins
     * another, redirects, or comments.
     */
    public static boolean oneCommand(String text) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            } else if (c == '(' && i > 0 && text.charAt(i - 1) == '$' || c == '(' && depth > 0) {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0 && ";&|<>()\n#".indexOf(c) >= 0) {
                return false;
            }
        }
        return depth == 0 && quote == 0;
    }

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
