package dev.stepmark.session.jdbc.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pattern of names as psql reads it: {@code *} and {@code ?} are wildcards, other characters of regular expressions
 * keep their meaning, dots separate database, schema and name, and double quotes take all of that away.
 *
 * @param parts    a regular expression for each part between dots
 * @param literals the same as plain texts
 * @param text     as given
 */
record NamePattern(List<String> parts, List<String> literals, String text) {

    private static final String SPECIAL = "|*+?()[]{}.^$\\";
    private static final String ANY = "^(.*)$";

    static NamePattern of(String text) {
        return of(text, false);
    }

    /**
     * Reads a pattern.
     *
     * @param escaped whether characters of regular expressions stand for themselves (operators are made of them)
     */
    static NamePattern of(String text, boolean escaped) {
        List<String> parts = new ArrayList<>();
        List<String> literals = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        StringBuilder literal = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (quoted && text.startsWith("\"", i + 1)) {
                    part.append('"');
                    literal.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && c == '.') {
                parts.add("^(" + part + ")$");
                literals.add(literal.toString());
                part.setLength(0);
                literal.setLength(0);
            } else {
                char folded = !quoted && c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
                part.append(expression(text, i, folded, quoted, escaped));
                literal.append(folded);
            }
        }
        parts.add("^(" + part + ")$");
        literals.add(literal.toString());
        return new NamePattern(parts, literals, text);
    }

    private static String expression(String text, int at, char c, boolean quoted, boolean escaped) {
        if (!quoted && c == '*') {
            return ".*";
        }
        if (!quoted && c == '?') {
            return ".";
        }
        // [] is rather the name of an array type than an empty bracket expression
        boolean special = c == '$' || (quoted || escaped) && SPECIAL.indexOf(c) >= 0
                || c == '[' && text.startsWith("]", at + 1);
        return special ? "\\" + c : Character.toString(c);
    }

    /**
     * The conditions that it stands for.
     *
     * @param match    the columns it is compared with
     * @param database the current database, the only one that the pattern may name
     */
    List<String> conditions(Match match, String database) {
        int most = match.parts();
        int dots = parts.size() - 1;
        if (dots >= most) {
            throw new Call.Rejected("improper qualified name (too many dotted names): " + text);
        }
        // psql 15 accepts the database's name only where a schema can follow
        boolean elsewhere = match.schema().isEmpty() || !literals.get(0).equals(database);
        if (most > 1 && dots == most - 1 && elsewhere) {
            throw new Call.Rejected("cross-database references are not implemented: " + text);
        }
        List<String> conditions = new ArrayList<>();
        String name = parts.get(parts.size() - 1);
        if (!name.equals(ANY)) {
            conditions.add(match.alternative().isEmpty() ? matches(match.name(), name)
                    : "(" + matches(match.name(), name) + " OR " + matches(match.alternative(), name) + ")");
        }
        if (dots == 0 || match.schema().isEmpty()) {
            visible(match).ifPresent(conditions::add);
        } else if (!parts.get(dots - 1).equals(ANY)) {
            conditions.add(matches(match.schema(), parts.get(dots - 1)));
        }
        return conditions;
    }

    static Optional<String> visible(Match match) {
        return match.visible().isEmpty() ? Optional.empty() : Optional.of(match.visible());
    }

    private static String matches(String column, String expression) {
        return column + " OPERATOR(pg_catalog.~) " + Sql.literal(expression) + " COLLATE pg_catalog.default";
    }

    /**
     * What a pattern is compared with.
     *
     * @param schema      the schema's name; empty when such objects have no schema
     * @param name        the object's name
     * @param alternative another form of it; may be empty
     * @param visible     holds for what the search path finds without a schema; may be empty
     * @param parts       how many parts the pattern may have
     */
    record Match(String schema, String name, String alternative, String visible, int parts) {

        /** Objects of the whole cluster, or whose names psql takes for such. */
        static Match name(String column) {
            return new Match("", column, "", "", 1);
        }

        /** Objects of a database, without a schema. */
        static Match ofDatabase(String column) {
            return new Match("", column, "", "", 2);
        }

        static Match qualified(String schema, String name, String visible) {
            return new Match(schema, name, "", visible, 3);
        }

        Match or(String other) {
            return new Match(schema, name, other, visible, parts);
        }
    }
}
