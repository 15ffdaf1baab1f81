package dev.stepmark.shell;

import java.util.ArrayList;
import java.util.List;

/** A simple command while it is read: assignments, words, redirections and its surroundings. */
final class ParsedCommand {

    /**
     * A redirection.
     *
     * @param operator {@code >}, {@code <<}, ...
     * @param target   a file, a descriptor, or a delimiter
     * @param document the here-document, or null
     */
    record Redirect(String operator, ShellToken target, ShellLexer.HereDocument document) {

        boolean writesFile() {
            boolean out = operator.contains(">") && !operator.equals("<>");
            boolean descriptor = operator.endsWith("&") && target.value().matches("[0-9]+|-");
            return (out || operator.equals("<>")) && !descriptor
                    && !target.value().matches("/dev/(null|stdout|stderr|tty)");
        }
    }

    final List<ShellToken> assignments = new ArrayList<>();
    final List<ShellToken> words = new ArrayList<>();
    final List<Redirect> redirects = new ArrayList<>();
    final int line;
    boolean pipedIn;
    boolean pipedOut;
    boolean background;
    final boolean compound;

    ParsedCommand(int line, boolean compound) {
        this.line = line;
        this.compound = compound;
    }

    boolean isEmpty() {
        return assignments.isEmpty() && words.isEmpty() && redirects.isEmpty();
    }

    /** Everything that is subject to expansion. */
    List<ShellToken> tokens() {
        List<ShellToken> all = new ArrayList<>(assignments);
        all.addAll(words);
        redirects.forEach(r -> all.add(r.target()));
        return all;
    }

    boolean simple() {
        return !pipedIn && !pipedOut && !background && !compound && redirects.isEmpty()
                && tokens().stream().allMatch(ShellToken::literal);
    }

    List<String> values() {
        return words.stream().map(ShellToken::value).toList();
    }
}
