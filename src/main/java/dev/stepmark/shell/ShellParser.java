package dev.stepmark.shell;

import dev.stepmark.shell.ShellToken.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the simple commands of a text; of compound commands only as much as that needs. */
final class ShellParser {

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\[[^\\]]*\\])?\\+?=.*",
            Pattern.DOTALL);
    /** Words that begin a compound command, with the word that ends it. */
    private static final Map<String, String> OPENERS = Map.of("if", "fi", "while", "done", "until", "done", "for",
            "done", "select", "done", "case", "esac", "{", "}");
    private static final Set<String> CLOSERS = Set.of("fi", "done", "esac", "}");
    /** Words after which a command follows. */
    private static final Set<String> BETWEEN = Set.of("then", "else", "elif", "do", "!", "time");

    private final String text;
    private final Regions regions;
    private final ShellLexer lexer;
    private final List<ShellToken> tokens;
    private final List<ParsedCommand> commands = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private ParsedCommand current;
    private boolean afterPipe;
    private boolean expectsCommand;
    private int i;
    private int countedTo;
    private int countedLines;

    ShellParser(String text) {
        this.text = text;
        this.regions = new Regions(text.length());
        this.lexer = new ShellLexer(text, 0, regions, false);
        lexer.run();
        this.tokens = lexer.tokens();
    }

    /** Why the text is no complete command; empty when it is. */
    String problem() {
        return regions.problem();
    }

    List<ParsedCommand> parse() {
        for (; i < tokens.size(); i++) {
            ShellToken token = tokens.get(i);
            switch (token.type()) {
                case WORD -> word(token);
                case REDIRECT -> redirect(token);
                case OPERATOR -> operator(token);
                case NEWLINE -> end();
                default -> { }
            }
        }
        end();
        if (!open.isEmpty()) {
            regions.problem("there is no " + open.peek());
        }
        if (expectsCommand) {
            regions.problem("the last command is not complete");
        }
        return commands;
    }

    private void word(ShellToken token) {
        expectsCommand = false;
        boolean first = current == null || current.words.isEmpty();
        if (first && (current == null || current.assignments.isEmpty()) && reserved(token)) {
            return;
        }
        if (first && ASSIGNMENT.matcher(rawStart(token)).matches()) {
            command(token).assignments.add(token);
        } else {
            command(token).words.add(token);
        }
    }

    /** Assignments are recognised by what is written: {@code "A"=b} is a program. */
    private String rawStart(ShellToken token) {
        return text.substring(token.start(), token.end());
    }

    private ParsedCommand command(ShellToken token) {
        if (current == null) {
            for (; countedTo < token.start(); countedTo++) {
                countedLines += text.charAt(countedTo) == '\n' ? 1 : 0;
            }
            current = new ParsedCommand(countedLines, !open.isEmpty());
            current.pipedIn = afterPipe;
        }
        return current;
    }

    private boolean reserved(ShellToken token) {
        String word = token.quoted() || token.expands() ? "" : token.value();
        if (OPENERS.containsKey(word)) {
            open.push(OPENERS.get(word));
            if (word.equals("for") || word.equals("select") || word.equals("case")) {
                skipHeader(word);
            }
            return true;
        }
        if (CLOSERS.contains(word)) {
            if (!word.equals(open.peek())) {
                regions.problem("there is a " + word + " too many");
            } else {
                open.pop();
            }
            return true;
        }
        if (word.equals("function")) {
            i++;
            return true;
        }
        return BETWEEN.contains(word);
    }

    /** {@code for x in a b}, {@code case w in}: words that are no commands; what they substitute still runs. */
    private void skipHeader(String word) {
        boolean isCase = word.equals("case");
        ParsedCommand header = new ParsedCommand(0, true);
        while (i + 1 < tokens.size()) {
            ShellToken next = tokens.get(i + 1);
            if (!isCase && (next.type() == Type.NEWLINE || next.is(Type.OPERATOR, ";") || next.isPlainWord("do"))) {
                break;
            }
            i++;
            if (next.type() == Type.WORD) {
                header.assignments.add(next);
            }
            if (isCase && next.isPlainWord("in")) {
                skipPattern();
                break;
            }
        }
        commands.add(header);
    }

    private void skipPattern() {
        int start = i;
        while (i + 1 < tokens.size() && tokens.get(i + 1).type() == Type.NEWLINE) {
            i++;
        }
        if (i + 1 < tokens.size() && tokens.get(i + 1).isPlainWord("esac")) {
            return;
        }
        for (int j = i + 1; j < tokens.size(); j++) {
            if (tokens.get(j).is(Type.OPERATOR, ")")) {
                i = j;
                return;
            }
        }
        i = start;
    }

    private void redirect(ShellToken token) {
        boolean target = i + 1 < tokens.size() && tokens.get(i + 1).type() == Type.WORD;
        if (!target) {
            regions.problem("the redirection " + token.value() + " has no target");
            return;
        }
        i++;
        command(token).redirects.add(new ParsedCommand.Redirect(token.value(), tokens.get(i), lexer.hereDocument(i)));
        expectsCommand = false;
    }

    private void operator(ShellToken token) {
        ShellToken before = i == 0 ? null : tokens.get(i - 1);
        boolean nothing = before == null || before.type() == Type.NEWLINE
                || before.type() == Type.OPERATOR && !before.value().equals(")");
        if (nothing && Set.of(";", "&", "&&", "||", "|", "|&").contains(token.value())) {
            regions.problem("there is no command before " + token.value());
        }
        switch (token.value()) {
            case "|", "|&" -> pipe();
            case "&" -> {
                if (current != null) {
                    current.background = true;
                }
                end();
            }
            case "(" -> parenthesis();
            case ")" -> close();
            case "&&", "||" -> {
                end();
                expectsCommand = true;
            }
            case ";;", ";&", ";;&" -> {
                end();
                if (!"esac".equals(open.peek())) {
                    regions.problem("there is a " + token.value() + " outside case");
                }
                skipPattern();
            }
            default -> end();
        }
    }

    private void pipe() {
        if (current != null) {
            current.pipedOut = true;
        }
        end();
        afterPipe = true;
        expectsCommand = true;
    }

    private void parenthesis() {
        boolean definition = current != null && current.words.size() == 1 && i + 1 < tokens.size()
                && tokens.get(i + 1).is(Type.OPERATOR, ")");
        if (definition) {
            i++;
            current = null;
        } else if (current != null && !current.isEmpty()) {
            array();
        } else {
            open.push(")");
            expectsCommand = true;
        }
    }

    /** NAME=(a b) is an array, anything else no shell. */
    private void array() {
        boolean array = current.words.isEmpty() && !current.assignments.isEmpty();
        if (!array) {
            regions.problem("a parenthesis stands where no command can begin");
            open.push(")");
            return;
        }
        while (i + 1 < tokens.size() && !tokens.get(i + 1).is(Type.OPERATOR, ")")) {
            i++;
            if (tokens.get(i).type() == Type.WORD) {
                current.assignments.add(tokens.get(i));
            }
        }
        i++;
        if (i >= tokens.size()) {
            regions.problem("a parenthesis is not closed");
        }
    }

    private void close() {
        end();
        if (")".equals(open.peek())) {
            open.pop();
        } else {
            regions.problem("there is a ) too many");
        }
    }

    private void end() {
        if (current != null && !current.isEmpty()) {
            commands.add(current);
            afterPipe = false;
        }
        current = null;
    }
}
