package dev.stepmark.shell;

import dev.stepmark.shell.ShellToken.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts shell text into words, operators and here-documents, by the rules of POSIX ("Token Recognition") with bash's
 * additions. It never fails: what is not closed ends with the text and is reported to the regions.
 */
final class ShellLexer {

    private static final List<String> OPERATORS = List.of(";;&", ";;", ";&", "&&", "||", "|&", "&", "|", ";", "(",
            ")");
    private static final List<String> REDIRECTS = List.of("&>>", "<<<", "<<-", "&>", "<<", ">>", "<&", ">&", "<>",
            ">|", "<", ">");

    /** A here-document whose lines are still to come; the index is that of its delimiter's token. */
    private record Pending(int index, String delimiter, boolean tabs, boolean quoted) { }

    private final String text;
    private final Regions regions;
    private final boolean nested;
    private final List<ShellToken> tokens = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Map<Integer, HereDocument> hereDocuments = new HashMap<>();
    private int at;
    private int parentheses;
    private int cases;
    private boolean test;
    private boolean closed;

    /**
     * A here-document.
     *
     * @param body   its lines
     * @param quoted whether nothing in it is expanded
     */
    record HereDocument(String body, boolean quoted) {

        boolean expands() {
            return !quoted && (body.contains("$") || body.contains("`"));
        }
    }

    ShellLexer(String text, int start, Regions regions, boolean nested) {
        this.text = text;
        this.at = start;
        this.regions = regions;
        this.nested = nested;
    }

    List<ShellToken> tokens() {
        return tokens;
    }

    /** The here-document whose delimiter is the token at an index, or null. */
    HereDocument hereDocument(int tokenIndex) {
        return hereDocuments.get(tokenIndex);
    }

    int position() {
        return at;
    }

    /** Whether a nested text ended with its parenthesis. */
    boolean closed() {
        return closed;
    }

    void run() {
        while (at < text.length() && !closed) {
            char c = text.charAt(at);
            if (c == '\n') {
                newline();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (c == '#') {
                int end = lineEnd(at);
                regions.add(at + 1, end, ShellContext.COMMENT);
                at = end;
            } else {
                token();
            }
        }
        for (Pending open : pending) {
            regions.problem("the here-document " + open.delimiter() + " has no lines");
        }
    }

    private void token() {
        boolean process = text.startsWith("<(", at) || text.startsWith(">(", at);
        String redirect = process || test ? null : first(REDIRECTS);
        String operator = test ? null : first(OPERATORS);
        if (redirect != null) {
            add(Type.REDIRECT, redirect);
        } else if (operator != null && text.startsWith("((", at) && commandPosition()) {
            arithmeticCommand();
        } else if (operator != null) {
            operator(operator);
        } else if (test && "|&;<>()".indexOf(text.charAt(at)) >= 0) {
            add(Type.WORD, String.valueOf(text.charAt(at)));
        } else {
            word();
        }
    }

    private String first(List<String> candidates) {
        if ("&|;()<>".indexOf(text.charAt(at)) < 0) {
            return null;
        }
        for (String candidate : candidates) {
            if (text.startsWith(candidate, at)) {
                return candidate;
            }
        }
        return null;
    }

    private void add(Type type, String value) {
        tokens.add(ShellToken.of(type, at, at + value.length(), value));
        at += value.length();
    }

    private boolean commandPosition() {
        return tokens.isEmpty() || last().type() == Type.NEWLINE || last().type() == Type.OPERATOR
                || last().isPlainWord("for") || last().isPlainWord("if") || last().isPlainWord("while");
    }

    private ShellToken last() {
        return tokens.get(tokens.size() - 1);
    }

    private void arithmeticCommand() {
        int end = text.indexOf("))", at);
        if (end < 0) {
            regions.problem("an arithmetic command is not closed");
        }
        int next = end < 0 ? text.length() : end + 2;
        String inside = text.substring(at, next);
        regions.add(at, next, ShellContext.ARITHMETIC);
        boolean runs = inside.contains("$(") || inside.contains("`");
        tokens.add(new ShellToken(Type.WORD, at, next, "((", runs, false, false, runs ? List.of(inside) : List.of()));
        at = next;
    }

    private void operator(String operator) {
        if (operator.equals("(")) {
            parentheses++;
        } else if (operator.equals(")") && cases == 0) {
            if (parentheses == 0 && nested) {
                closed = true;
                at++;
                return;
            }
            parentheses--;
        }
        add(Type.OPERATOR, operator);
    }

    private static boolean isNumber(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private void word() {
        ShellToken word = new WordScanner(text, at, regions).scan();
        at = word.end();
        boolean number = !word.quoted() && isNumber(word.value());
        if (number && at < text.length() && (text.charAt(at) == '<' || text.charAt(at) == '>')) {
            tokens.add(ShellToken.of(Type.IO_NUMBER, word.start(), word.end(), word.value()));
            return;
        }
        if (!tokens.isEmpty() && (last().is(Type.REDIRECT, "<<") || last().is(Type.REDIRECT, "<<-"))) {
            pending.add(new Pending(tokens.size(), word.value(), last().value().equals("<<-"), word.quoted()));
        }
        boolean command = commandPosition() || last().isPlainWord("then") || last().isPlainWord("do")
                || last().isPlainWord("else");
        cases += command && word.isPlainWord("case") ? 1 : 0;
        cases -= command && cases > 0 && word.isPlainWord("esac") ? 1 : 0;
        test = word.isPlainWord("[[") && commandPositionOrNegated() || test && !word.isPlainWord("]]");
        tokens.add(word);
    }

    private boolean commandPositionOrNegated() {
        return commandPosition() || last().isPlainWord("!") || last().isPlainWord("elif");
    }

    private void newline() {
        add(Type.NEWLINE, "\n");
        for (Pending document : pending) {
            body(document);
        }
        pending.clear();
    }

    private void body(Pending document) {
        int start = at;
        while (at < text.length()) {
            int end = lineEnd(at);
            String line = text.substring(at, end);
            String compared = document.tabs() ? line.replaceFirst("^\t+", "") : line;
            int next = Math.min(text.length(), end + 1);
            if (compared.equals(document.delimiter())) {
                keep(document, start, at);
                // the line feed after the delimiter ends no command
                at = next;
                return;
            }
            at = next;
        }
        keep(document, start, at);
        regions.problem("the here-document " + document.delimiter() + " is not closed");
    }

    private void keep(Pending document, int start, int end) {
        hereDocuments.put(document.index(), new HereDocument(text.substring(start, end), document.quoted()));
        regions.add(start, end, document.quoted() ? ShellContext.HEREDOC_QUOTED : ShellContext.HEREDOC);
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
