package dev.stepmark.sql;

import dev.stepmark.sql.ValuePlace.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The holes in the arguments of a meta-command, each a place of its own (psqlscanslash.l, state xslasharg). */
final class MetaPlaces {

    private MetaPlaces() { }

    /**
     * The places, counted from the beginning of the arguments.
     *
     * @param name with the backslash, in lower case
     * @param rest what stands behind it
     */
    static List<ValuePlace> of(String name, String rest, IntPredicate hole) {
        boolean program = name.equals("\\!") || MetaScanner.wholeLine(name, rest) && rest.strip().startsWith("|");
        boolean describes = name.matches("\\\\(d\\w*\\+?|d\\w*S?\\+?|l\\+?|z|sf\\+?|sv\\+?|ef|ev)") && !name.equals("\\deu");
        List<ValuePlace> out = new ArrayList<>();
        char quote = 0;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (hole.test(c)) {
                out.add(new ValuePlace(program || quote == '`' ? Kind.PROGRAM : kind(quote, describes), i, i + 1, 0));
            } else if (quote == '\'' && c == '\\') {
                i++;
            } else if (quote == 0 && (c == '\'' || c == '"' || c == '`')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return out;
    }

    private static Kind kind(char quote, boolean describes) {
        return switch (quote) {
            case '\'' -> Kind.ARGUMENT_SINGLE;
            case '"' -> describes ? Kind.IDENTIFIER : Kind.ARGUMENT_DOUBLE;
            default -> describes ? Kind.PATTERN : Kind.ARGUMENT;
        };
    }
}
