package dev.stepmark.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Fills psql's variables into SQL as psql's own scanner does (psqlscan.l): {@code :name}, {@code :'name'},
 * {@code :"name"} and {@code :{?name}}, outside literals, quoted names, dollar quotes and comments. A variable that is
 * not set stays as text. The value of {@code :name} is scanned in turn, so that it can hold anything that SQL can.
 */
public final class Interpolation {

    private static final int MAX_LENGTH = 16 << 20;
    private static final int MAX_EXPANSIONS = 10_000;

    private final Function<String, Optional<String>> variables;
    private final StringBuilder text;
    private final SqlLexer lexer;
    private final Deque<Source> sources = new ArrayDeque<>();
    private final Map<String, String> used = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean several;
    private int expansions;

    /** A value that is being scanned: no variable is filled in within itself. */
    private record Source(String name, int end) { }

    /**
     * A text with the values in it.
     *
     * @param text     as it goes to the server: {@code \;} has become a semicolon
     * @param used     names that were filled in, with their values
     * @param warnings as psql prints them, without a line feed
     * @param several  whether {@code \;} joins several statements in it
     */
    public record Filled(String text, Map<String, String> used, List<String> warnings, boolean several) { }

    private Interpolation(String text, Function<String, Optional<String>> variables, boolean standardStrings) {
        this.text = new StringBuilder(text);
        this.variables = variables;
        this.lexer = new SqlLexer(text, 0, standardStrings);
    }

    /**
     * Fills in.
     *
     * @param text            SQL
     * @param variables       tells values
     * @param standardStrings the server's standard_conforming_strings
     */
    public static Filled fill(String text, Function<String, Optional<String>> variables, boolean standardStrings) {
        if (text.indexOf(':') < 0 && text.indexOf('\\') < 0) {
            return new Filled(text, Map.of(), List.of(), false);
        }
        return new Interpolation(text, variables, standardStrings).run();
    }

    /** Whether a variable stands in it whose value becomes part of the SQL itself, so that it could be anything. */
    static boolean takesText(String sql) {
        if (sql.indexOf(':') < 0) {
            return false;
        }
        SqlLexer lexer = new SqlLexer(sql, 0);
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            if (token.type() == SqlToken.Type.BACKSLASH) {
                lexer.moveTo(Math.min(sql.length(), token.start() + 2));
            } else if (token.type() == SqlToken.Type.SYMBOL && sql.charAt(token.start()) == ':') {
                boolean operator = sql.startsWith("::", token.start()) || sql.startsWith(":=", token.start());
                boolean text = VariableReference.at(sql, token.start())
                        .filter(r -> r.form() == VariableReference.Form.PLAIN && !r.name().matches("\\d+")).isPresent();
                if (text && !operator) {
                    return true;
                }
                lexer.moveTo(token.start() + (operator ? 2 : 1));
            }
        }
        return false;
    }

    private Filled run() {
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            leaveSources(token.start());
            char c = text.charAt(token.start());
            if (token.type() == SqlToken.Type.BACKSLASH) {
                backslash(token.start());
            } else if (token.type() == SqlToken.Type.SYMBOL && c == ':') {
                colon(token.start());
            }
        }
        return new Filled(text.toString(), used, List.copyOf(warnings), several);
    }

    private void leaveSources(int at) {
        while (!sources.isEmpty() && sources.peek().end() <= at) {
            sources.pop();
        }
    }

    private void backslash(int at) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (next == ';' || next == ':') {
            several |= next == ';';
            replace(at, at + 2, Character.toString(next));
            lexer.moveTo(at + 1);
        }
    }

    private void colon(int at) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (next == ':' || next == '=') {
            lexer.moveTo(at + 2);
            return;
        }
        VariableReference.at(text, at).ifPresent(reference -> fill(at, reference));
    }

    private void fill(int at, VariableReference reference) {
        Optional<String> value = variables.apply(reference.name());
        if (reference.form() == VariableReference.Form.TEST) {
            replace(at, reference.end(), value.isPresent() ? "TRUE" : "FALSE");
            lexer.moveTo(at + (value.isPresent() ? 4 : 5));
        } else if (value.isEmpty()) {
            lexer.moveTo(reference.end());
        } else if (reference.form() != VariableReference.Form.PLAIN) {
            used.put(reference.name(), value.get());
            String quoted = reference.quoted(value.get());
            replace(at, reference.end(), quoted);
            lexer.moveTo(at + quoted.length());
        } else if (sources.stream().anyMatch(s -> s.name().equals(reference.name()))) {
            warnings.add("skipping recursive expansion of variable \"" + reference.name() + "\"");
            lexer.moveTo(reference.end());
        } else if (text.length() + value.get().length() > MAX_LENGTH || ++expansions > MAX_EXPANSIONS) {
            throw new IllegalArgumentException("its variables do not come to an end: more than " + MAX_EXPANSIONS
                    + " values or 16 MB");
        } else {
            used.put(reference.name(), value.get());
            replace(at, reference.end(), value.get());
            sources.push(new Source(reference.name(), at + value.get().length()));
            lexer.moveTo(at);
        }
    }

    /** What lies behind the replaced part moves, the ends of the values around it with it. */
    private void replace(int from, int to, String with) {
        text.replace(from, to, with);
        int moved = with.length() - (to - from);
        if (moved != 0) {
            Deque<Source> shifted = new ArrayDeque<>();
            sources.forEach(s -> shifted.addLast(new Source(s.name(), s.end() + moved)));
            sources.clear();
            sources.addAll(shifted);
        }
        lexer.replaceText(text.toString(), from);
    }
}
