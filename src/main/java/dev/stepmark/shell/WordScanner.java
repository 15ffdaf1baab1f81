package dev.stepmark.shell;

import java.util.ArrayList;
import java.util.List;

/** Scans one word: quotes, expansions, substitutions. Positions are those of the whole text. */
final class WordScanner {

    private static final String META = " \t\r\n|&;<>()";

    private final String text;
    private final Regions regions;
    private final StringBuilder value = new StringBuilder();
    private final List<String> substitutions = new ArrayList<>();
    private boolean expands;
    private boolean globs;
    private boolean quoted;
    private int at;

    WordScanner(String text, int start, Regions regions) {
        this.text = text;
        this.at = start;
        this.regions = regions;
    }

    ShellToken scan() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean process = (c == '<' || c == '>') && text.startsWith("(", at + 1);
            if (META.indexOf(c) >= 0 && !(process && at == start)) {
                break;
            }
            part(c);
        }
        // the test command is no pattern
        globs &= !value.toString().equals("[") && !value.toString().equals("[[");
        return new ShellToken(ShellToken.Type.WORD, start, at, value.toString(), expands, globs, quoted,
                List.copyOf(substitutions));
    }

    private void part(char c) {
        if (!regions.enter()) {
            at = text.length();
            return;
        }
        switch (c) {
            case '\\' -> escape();
            case '\'' -> single();
            case '"' -> doubled();
            case '$' -> dollar(false);
            case '`' -> backtick();
            case '<', '>' -> substitution(1);
            case '*', '?', '[', '{' -> glob(c);
            case '~' -> {
                globs |= value.isEmpty() || value.toString().endsWith("=");
                append();
            }
            default -> append();
        }
        regions.leave();
    }

    private void append() {
        value.append(text.charAt(at++));
    }

    private void glob(char c) {
        // braces expand only with a comma or a range inside; -F '{}' and such stay as they are
        int close = text.indexOf('}', at);
        String inside = c == '{' && close > 0 ? text.substring(at, close) : "";
        globs |= c != '{' || inside.contains(",") || inside.contains("..");
        append();
    }

    private void escape() {
        if (text.startsWith("\\\n", at)) {
            at += 2;
            return;
        }
        quoted = true;
        at++;
        if (at < text.length()) {
            append();
        } else {
            regions.problem("the last line is continued");
        }
    }

    private void single() {
        quoted = true;
        int close = text.indexOf('\'', at + 1);
        int end = close < 0 ? text.length() : close;
        value.append(text, at + 1, end);
        regions.add(at + 1, end, ShellContext.SINGLE);
        if (close < 0) {
            regions.problem("a single quote is not closed");
        }
        at = Math.min(text.length(), end + 1);
    }

    /** {@code $'...'}: backslash escapes. */
    private void ansi() {
        quoted = true;
        int start = at + 2;
        at = start;
        while (at < text.length() && text.charAt(at) != '\'') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                char c = text.charAt(at + 1);
                value.append(c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c);
                // the other escapes are not worth decoding: such a word is not taken literally
                expands |= "ntr\\'\"".indexOf(c) < 0;
                at += 2;
            } else {
                append();
            }
        }
        regions.add(start, at, ShellContext.ANSI);
        closeOr("a single quote is not closed");
    }

    private void doubled() {
        quoted = true;
        int start = ++at;
        int mark = regions.mark();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                value.append("$`\"\\\n".indexOf(next) >= 0 ? "" : "\\").append(next == '\n' ? "" : next);
                at += 2;
            } else if (c == '$') {
                dollar(true);
            } else if (c == '`') {
                backtick();
            } else {
                append();
            }
        }
        regions.insert(mark, start, at, ShellContext.DOUBLE);
        closeOr("a double quote is not closed");
    }

    private void closeOr(String problem) {
        if (at < text.length()) {
            at++;
        } else {
            regions.problem(problem);
        }
    }

    private void dollar(boolean inQuotes) {
        if (!regions.enter()) {
            at = text.length();
            return;
        }
        expansion(inQuotes);
        regions.leave();
    }

    private void expansion(boolean inQuotes) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (!inQuotes && next == '\'') {
            ansi();
        } else if (!inQuotes && next == '"') {
            at++;
        } else if (text.startsWith("((", at + 1)) {
            arithmetic();
        } else if (next == '(') {
            substitution(1);
        } else if (next == '{') {
            braces();
        } else {
            // also in front of a continued line: what the dollar sign means is told there
            expands |= text.startsWith("\\\n", at + 1) || Character.isLetterOrDigit(next)
                    || "_@*#?$!-".indexOf(next) >= 0;
            append();
        }
    }

    /** From {@code $(}, {@code <(} or {@code >(} to the parenthesis that closes it. */
    private void substitution(int prefix) {
        expands = true;
        int start = at;
        int inside = at + prefix + 1;
        int mark = regions.mark();
        ShellLexer inner = new ShellLexer(text, inside, regions, true);
        inner.run();
        at = inner.position();
        boolean closed = inner.closed();
        int end = closed ? at - 1 : at;
        regions.insert(mark, inside, end, ShellContext.UNQUOTED);
        if (!closed) {
            regions.problem("a command substitution is not closed");
        }
        substitutions.add(text.substring(Math.min(inside, end), end));
        value.append(text, start, at);
    }

    private void arithmetic() {
        expands = true;
        int end = text.indexOf("))", at);
        if (end < 0) {
            regions.problem("an arithmetic expansion is not closed");
        }
        int next = end < 0 ? text.length() : end + 2;
        String inside = text.substring(at, next);
        regions.add(at, next, ShellContext.ARITHMETIC);
        if (inside.contains("`") || inside.substring(2).contains("$(")) {
            substitutions.add(inside);
        }
        value.append(inside);
        at = next;
    }

    private void braces() {
        expands = true;
        int start = at;
        at += 2;
        int mark = regions.mark();
        StringBuilder outer = new StringBuilder(value);
        while (at < text.length() && text.charAt(at) != '}') {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> at = Math.min(text.length(), at + 2);
                case '\'' -> single();
                case '"' -> doubled();
                case '$' -> dollar(true);
                case '`' -> backtick();
                default -> at++;
            }
        }
        regions.insert(mark, start + 2, at, ShellContext.PARAMETER);
        closeOr("a parameter expansion is not closed");
        value.setLength(0);
        value.append(outer).append(text, start, at);
    }

    private void backtick() {
        expands = true;
        int start = at++;
        while (at < text.length() && text.charAt(at) != '`') {
            at = Math.min(text.length(), at + (text.charAt(at) == '\\' ? 2 : 1));
        }
        substitutions.add(text.substring(start + 1, at).replace("\\`", "`"));
        regions.add(start + 1, at, ShellContext.BACKTICK);
        closeOr("a backtick is not closed");
        value.append(text, start, at);
    }
}
