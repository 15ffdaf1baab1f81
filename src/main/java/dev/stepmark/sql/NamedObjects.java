package dev.stepmark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Objects that a text names where only an object of one kind can stand, with the place of the name. */
public final class NamedObjects {

    /** Kinds of objects, with the columns of queries that return their names. */
    public enum Kind {
        CONSTRAINT("conname", "constraint_name"), INDEX("indexname", "index_name", "indexrelname"),
        TABLE("tablename", "table_name"), VIEW("viewname", "view_name", "matviewname");

        private final Set<String> columns;

        Kind(String... columns) {
            this.columns = Set.of(columns);
        }

        /** Which of a query's columns returns such names. */
        public Optional<String> column(List<String> names) {
            return names.stream().filter(n -> columns.contains(n.toLowerCase(Locale.ROOT))).findFirst();
        }
    }

    /**
     * A name.
     *
     * @param kind  what it is the name of
     * @param name  as the server knows it, without its schema
     * @param table for a constraint, the table that the text changes; else empty
     * @param start offset of the name in the text
     * @param end   offset behind it
     */
    public record Named(Kind kind, String name, String table, int start, int end) { }

    private record Token(String word, String raw, boolean name, int start, int end) { }

    private static final Set<String> FILLING = Set.of("if", "exists", "concurrently", "only");

    private final List<Token> tokens = new ArrayList<>();

    private NamedObjects(String text) {
        SqlLexer lexer = new SqlLexer(text, 0);
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            if (token.significant()) {
                String raw = text.substring(token.start(), token.end());
                boolean name = token.type() == SqlToken.Type.WORD || token.type() == SqlToken.Type.IDENTIFIER;
                tokens.add(new Token(token.type() == SqlToken.Type.WORD ? raw.toLowerCase(Locale.ROOT) : raw, raw, name,
                        token.start(), token.end()));
            }
        }
    }

    /** All names of a text of SQL, in order. */
    public static List<Named> of(String text) {
        return new NamedObjects(text).read();
    }

    private List<Named> read() {
        List<Named> out = new ArrayList<>();
        String table = "";
        for (int i = 0; i < tokens.size(); i++) {
            if (is(i, "alter", "table")) {
                table = name(skip(i + 2)).map(Named::name).orElse("");
            } else if (is(i, "drop", "constraint") || is(i, "rename", "constraint") || is(i, "validate", "constraint")
                    || is(i, "alter", "constraint")) {
                add(out, Kind.CONSTRAINT, table, i + 2);
            } else if (is(i, "drop", "index") || is(i, "alter", "index") || is(i, "reindex", "index")) {
                add(out, Kind.INDEX, "", i + 2);
            } else if (is(i, "drop", "table") || is(i, "truncate", "table")) {
                add(out, Kind.TABLE, "", i + 2);
            } else if (is(i, "drop", "view") || is(i, "materialized", "view") && !is(i - 1, "create", "materialized")) {
                add(out, Kind.VIEW, "", i + 2);
            }
        }
        return out;
    }

    private void add(List<Named> out, Kind kind, String table, int at) {
        name(skip(at)).ifPresent(n -> out.add(new Named(kind, n.name(), table, n.start(), n.end())));
    }

    private int skip(int i) {
        int at = i;
        while (at < tokens.size() && FILLING.contains(tokens.get(at).word())) {
            at++;
        }
        return at;
    }

    /** The last part of the qualified name at a position. */
    private Optional<Named> name(int i) {
        if (i >= tokens.size() || !tokens.get(i).name()) {
            return Optional.empty();
        }
        int last = i;
        while (last + 2 < tokens.size() && tokens.get(last + 1).raw().equals(".") && tokens.get(last + 2).name()) {
            last += 2;
        }
        Token token = tokens.get(last);
        String raw = token.raw();
        String name = raw.startsWith("\"") ? raw.substring(1, Math.max(1, raw.length() - 1)).replace("\"\"", "\"") : token.word();
        return Optional.of(new Named(Kind.TABLE, name, "", token.start(), token.end()));
    }

    private boolean is(int i, String first, String second) {
        return i >= 0 && i + 1 < tokens.size() && tokens.get(i).word().equals(first) && tokens.get(i + 1).word().equals(second);
    }
}
