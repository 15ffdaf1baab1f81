package dev.stepmark.shell;

import java.util.List;

/**
 * A token of shell text.
 *
 * @param type          what it is
 * @param start         index of its first character
 * @param end           index after its last
 * @param value         a word with its quotes removed; expansions stay as written; for others the operator
 * @param expands       whether the word holds a parameter, command or arithmetic expansion
 * @param globs         whether it holds unquoted characters that the shell may expand to file names or home
 * @param quoted        whether any part of it is quoted
 * @param substitutions texts of the commands that it runs
 */
record ShellToken(Type type, int start, int end, String value, boolean expands, boolean globs, boolean quoted,
        List<String> substitutions) {

    /** Kinds of tokens. IO_NUMBER stands before a redirection. */
    enum Type { WORD, OPERATOR, REDIRECT, NEWLINE, IO_NUMBER }

    static ShellToken of(Type type, int start, int end, String value) {
        return new ShellToken(type, start, end, value, false, false, false, List.of());
    }

    boolean is(Type wanted, String text) {
        return type == wanted && value.equals(text);
    }

    /** Whether it is this word, unquoted, as reserved words must be. */
    boolean isPlainWord(String text) {
        return type == Type.WORD && !quoted && value.equals(text);
    }

    boolean literal() {
        return !expands && !globs;
    }
}
