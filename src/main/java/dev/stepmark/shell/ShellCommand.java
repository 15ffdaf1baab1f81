package dev.stepmark.shell;

import java.util.List;

/**
 * One simple command of a text, wherever it stands (also in a loop, a pipe or a subshell).
 *
 * @param words  program and arguments with quotes removed, without assignments in front; expansions as written
 * @param line   line of its first word, from 0
 * @param simple whether the words are exactly what runs: no pipe, redirection, expansion or substitution, not in the
 *               background and not inside a compound command
 */
public record ShellCommand(List<String> words, int line, boolean simple) {

    public ShellCommand {
        words = List.copyOf(words);
    }

    /** The program as written, or empty for a bare assignment. */
    public String program() {
        return words.isEmpty() ? "" : words.get(0);
    }
}
