package dev.stepmark.sql;

import dev.stepmark.sql.SqlToken.Type;
import dev.stepmark.sql.ValuePlace.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Finds the tokens of a text of SQL and meta-commands that have holes, and what each of them is. The holes are single
 * characters that a word may have.
 */
public final class ValuePlaces {

    /** A body inside a body: nobody writes more. */
    private static final int DEEPEST = 5;

    private final String text;
    private final IntPredicate hole;
    private final SqlLexer lexer;
    private final int level;
    private final List<ValuePlace> places = new ArrayList<>();
    private final List<String> statement = new ArrayList<>();
    /** Words with a hole wait for the token that follows them. */
    private SqlToken waiting;
    private int depth;

    private ValuePlaces(String text, IntPredicate hole, int level) {
        this.text = text;
        this.hole = hole;
        this.lexer = new SqlLexer(text, 0);
        this.level = level;
    }

    /**
     * The places, in order.
     *
     * @param text with each hole as one character beyond ASCII
     * @param hole whether a character is a hole
     */
    public static List<ValuePlace> of(String text, IntPredicate hole) {
        return new ValuePlaces(text, hole, 0).run();
    }

    private List<ValuePlace> run() {
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            if (token.type() == Type.BACKSLASH) {
                place("");
                backslash(token.start());
            } else if (token.significant()) {
                significant(token);
            } else if (has(token.start(), token.end())) {
                add(Kind.COMMENT, token, 0);
            }
        }
        place("");
        return places;
    }

    private void backslash(int start) {
        if (text.startsWith("\\;", start) || text.startsWith("\\:", start)) {
            lexer.moveTo(start + 2);
            statement.clear();
            return;
        }
        MetaScanner.Found found = MetaScanner.scan(text, start);
        if (has(found.nameEnd(), found.end())) {
            String name = found.name().toLowerCase(Locale.ROOT);
            String rest = text.substring(found.nameEnd(), found.end());
            List<ValuePlace> inside = name.equals("\\copy") ? copy(rest) : MetaPlaces.of(name, rest, hole);
            inside.forEach(p -> places.add(p.shifted(found.nameEnd())));
        }
        lexer.moveTo(Math.max(found.next(), start + 1));
        statement.clear();
    }

    /** psql reads the arguments of \copy much like the statement, and what it sends is one. */
    private List<ValuePlace> copy(String rest) {
        ValuePlaces inside = new ValuePlaces(rest, hole, level);
        inside.statement.add("copy");
        return inside.run();
    }

    private void significant(SqlToken token) {
        String word = text.substring(token.start(), token.end());
        place(word);
        boolean open = has(token.start(), token.end());
        if (open && (token.type() == Type.WORD || token.type() == Type.NUMBER)) {
            waiting = token;
        } else if (open) {
            quoted(token, word);
        }
        depth += word.equals("(") ? 1 : word.equals(")") && depth > 0 ? -1 : 0;
        if (word.equals(";") && depth == 0) {
            statement.clear();
        } else {
            statement.add(token.type() == Type.WORD ? word.toLowerCase(Locale.ROOT)
                    : token.type() == Type.SYMBOL ? word : "'");
        }
    }

    /** The word that waits, now that the next token is known. */
    private void place(String next) {
        if (waiting == null) {
            return;
        }
        List<String> before = statement.subList(0, Math.max(0, statement.size() - 1));
        boolean alone = waiting.end() - waiting.start() == 1;
        Kind kind = new WordPlace(before).kind(next.toLowerCase(Locale.ROOT));
        add(kind == Kind.RAW && !alone ? Kind.NAME : kind, waiting, 0);
        waiting = null;
    }

    private void quoted(SqlToken token, String word) {
        String lower = word.substring(0, Math.min(3, word.length())).toLowerCase(Locale.ROOT);
        switch (token.type()) {
            case DOLLAR -> dollar(token, word);
            case IDENTIFIER -> add(lower.startsWith("u&") ? Kind.UNICODE_IDENTIFIER : Kind.IDENTIFIER, token,
                    word.indexOf('"') + 1);
            case STRING -> add(lower.startsWith("e") ? Kind.ESCAPED : lower.startsWith("u&") ? Kind.UNICODE
                    : lower.startsWith("b") || lower.startsWith("x") ? Kind.BITS : Kind.LITERAL, token,
                    word.indexOf('\'') + 1);
            default -> add(Kind.RAW, token, 0);
        }
    }

    /** The body of a function and of DO is code again; anything else in dollar quotes is a text. */
    private void dollar(SqlToken token, String word) {
        int tag = word.indexOf('$', 1) + 1;
        boolean code = statement.contains("do") || statement.contains("function") || statement.contains("procedure");
        if (!code || !token.closed() || level == DEEPEST || has(token.start(), token.start() + tag)) {
            add(Kind.DOLLAR, token, tag);
            return;
        }
        String body = text.substring(token.start() + tag, token.end() - tag);
        new ValuePlaces(body, hole, level + 1).run().forEach(p -> places.add(p.shifted(token.start() + tag)));
    }

    private void add(Kind kind, SqlToken token, int prefix) {
        places.add(new ValuePlace(kind, token.start(), token.end(), prefix));
    }

    private boolean has(int from, int to) {
        return text.substring(from, to).chars().anyMatch(hole);
    }
}
