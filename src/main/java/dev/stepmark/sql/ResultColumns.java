package dev.stepmark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names of the columns that a query returns, as far as its text tells: what it is called with AS, else as the
 * server calls it (a column by its name, a function by its own). Columns that the text leaves to the server ({@code *}, an
 * expression) are left out.
 */
public final class ResultColumns {

    private static final Set<String> KEYWORDS_BEHIND = Set.of("end", "null", "true", "false", "asc", "desc", "last", "first");

    private final Tokens tokens;

    private ResultColumns(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The known names of a statement's columns in order; empty when it returns none, or none is known. */
    public static List<String> of(String sql) {
        List<SqlSplitter.Piece> pieces = SqlSplitter.split(sql);
        if (pieces.size() != 1 || pieces.get(0).kind() == SqlSplitter.Kind.META) {
            return List.of();
        }
        return new ResultColumns(Tokens.of(pieces.get(0).text())).read();
    }

    private List<String> read() {
        int list = list();
        List<String> names = new ArrayList<>();
        if (list < 0) {
            return names;
        }
        int end = end(list);
        int from = list;
        for (int i = list; i <= end; i++) {
            if (i == end || tokens.is(i, ",") && tokens.depth(i) == 0) {
                name(from, i).ifPresent(names::add);
                from = i + 1;
            }
        }
        return names;
    }

    /** Where the select list or the RETURNING list begins; -1 when there is none. */
    private int list() {
        if (tokens.isAny(0, "select", "with")) {
            int select = tokens.is(0, "select") ? 0 : tokens.find(1, 0, "select", "insert", "update", "delete", "merge", "values");
            if (select >= 0 && tokens.is(select, "select")) {
                return afterDistinct(select + 1);
            }
        } else if (!tokens.isAny(0, "insert", "update", "delete", "merge")) {
            return -1;
        }
        int returning = tokens.find(1, 0, "returning");
        return returning < 0 ? -1 : returning + 1;
    }

    private int afterDistinct(int i) {
        if (tokens.is(i, "all")) {
            return i + 1;
        }
        if (!tokens.is(i, "distinct")) {
            return i;
        }
        return tokens.is(i + 1, "on") && tokens.is(i + 2, "(") ? tokens.afterClose(i + 2) : i + 1;
    }

    private int end(int list) {
        int clause = tokens.find(list, 0, "from", "where", "group", "having", "window", "union", "intersect", "except", "order",
                "limit", "offset", "fetch", "for", "into");
        int end = clause < 0 ? tokens.size() : clause;
        return end > list && tokens.is(end - 1, ";") ? end - 1 : end;
    }

    private Optional<String> name(int from, int to) {
        int last = to - 1;
        if (last < from || tokens.is(last, "*")) {
            return Optional.empty();
        }
        if (tokens.isName(last) && tokens.is(last - 1, "as") && tokens.depth(last) == 0) {
            return Optional.of(plain(last));
        }
        int cast = cast(from, to);
        if (cast >= 0) {
            return name(from, cast);
        }
        if (tokens.is(last, ")")) {
            return called(from, last);
        }
        boolean alone = last == from || tokens.is(last - 1, ".");
        boolean alias = !alone && !tokens.isWord(last - 1) && !tokens.is(last - 1, ":") && before(last - 1);
        boolean aliasOfName = !alone && tokens.isName(last - 1) && (last - 1 == from || tokens.is(last - 2, "."));
        boolean named = tokens.isName(last) && !KEYWORDS_BEHIND.contains(tokens.at(last));
        return named && (alone || alias || aliasOfName) ? Optional.of(plain(last)) : Optional.empty();
    }

    /** Whether what stands there can end an expression, so that a name behind it is an alias. */
    private boolean before(int i) {
        return tokens.is(i, ")") || tokens.is(i, "]") || tokens.at(i).matches("'.*|[0-9].*|\".*");
    }

    /** Where {@code ::type} begins that nothing but a type follows; -1 when there is none. */
    private int cast(int from, int to) {
        for (int i = to - 2; i > from; i--) {
            if (tokens.is(i, ":") && tokens.is(i + 1, ":") && tokens.depth(i) == 0) {
                return tokens.isName(i + 2) && tokens.afterName(i + 2) == to ? i : -1;
            }
        }
        return -1;
    }

    /** A call is called as its function. */
    private Optional<String> called(int from, int close) {
        for (int open = close - 1; open > from; open--) {
            if (tokens.is(open, "(") && tokens.depth(open) == tokens.depth(close)) {
                boolean call = tokens.isName(open - 1) && (open - 1 == from || tokens.is(open - 2, "."));
                return call ? Optional.of(plain(open - 1)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private String plain(int i) {
        String name = tokens.name(i);
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }
}
