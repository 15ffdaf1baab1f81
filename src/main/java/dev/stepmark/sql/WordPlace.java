package dev.stepmark.sql;

import static dev.stepmark.sql.ValuePlace.Kind.NAME;
import static dev.stepmark.sql.ValuePlace.Kind.RAW;
import static dev.stepmark.sql.ValuePlace.Kind.VALUE;

import dev.stepmark.sql.ValuePlace.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the grammar wants where a word with a hole stands: a name, a value, or neither. It looks at the words before it,
 * in lower case; a literal is {@code '}. What is not known is raw, which a person must confirm.
 */
final class WordPlace {

    private static final String OPERATORS = "=<>!~*+-/%|&#@^[?";
    /** After these a name follows. */
    private static final Set<String> NAMES = words("from join into update table view index schema database role user group"
            + " sequence extension function procedure routine aggregate trigger domain column constraint publication"
            + " subscription server tablespace policy rule language owned only exists concurrently select distinct by using"
            + " references rename as with to of inherits vacuum analyze analyse reindex cluster truncate lock copy listen notify"
            + " unlisten savepoint release execute prepare deallocate cursor close returning reset show call wrapper freeze full"
            + " verbose collate template type materialized replica identity authorization on system all set option");
    /** After these a number or a string follows. */
    private static final Set<String> VALUES = words("limit offset like ilike between then else return escape interval date time"
            + " timestamp timestamptz password until encoding location zone connection version default statistics cache"
            + " minvalue maxvalue restart first next values in any some array symmetric");
    /** After these a condition or a query follows, unless it goes on like a comparison. */
    private static final Set<String> CONDITIONS = words("where having and or not when on check if elsif while");
    private static final Set<String> COMPARISONS = words("in like ilike is between not similar isnull notnull collate at");
    /** In front of a parenthesis these have a list of columns behind them. */
    private static final Set<String> COLUMN_LISTS = words("key unique include columns using by");
    /** In front of a relation with columns in parentheses. */
    private static final Set<String> RELATIONS = words("into on references table copy vacuum analyze analyse exists only index"
            + " view btree hash gin gist brin");
    private static final Set<String> AGGREGATES = words("count sum avg min max array_agg string_agg");
    private static final Set<String> CLAUSES = words("select distinct from by set returning values table on to grant revoke in"
            + " view index role user database schema column using where order only sequence extension");

    private final List<String> before;

    WordPlace(List<String> before) {
        this.before = before;
    }

    private static Set<String> words(String list) {
        return new HashSet<>(Arrays.asList(list.split(" ")));
    }

    /** The kind of a word behind these; {@code next} is the token after it, or empty. */
    Kind kind(String next) {
        String last = at(0);
        if (last.isEmpty()) {
            return RAW;
        }
        if (last.equals(".") || next.equals(".")) {
            return NAME;
        }
        if (last.equals(":")) {
            return at(1).equals(":") ? RAW : VALUE;
        }
        if (last.equals("(")) {
            return inParentheses(before.size() - 1, next);
        }
        if (last.equals(",")) {
            return inList(next);
        }
        if (last.length() == 1 && OPERATORS.contains(last)) {
            return VALUE;
        }
        return afterWord(last, next);
    }

    /** The token so many before the end; empty where there is none. */
    private String at(int back) {
        int i = before.size() - 1 - back;
        return i < 0 ? "" : before.get(i);
    }

    private boolean begins(String word) {
        return !before.isEmpty() && before.get(0).equals(word);
    }

    private Kind afterWord(String last, String next) {
        switch (last) {
            case "as":
                return begins("create") && (before.contains("view") || before.contains("table")) || begins("prepare")
                        || before.contains("function") ? RAW : before.contains("cast") ? RAW : NAME;
            case "is":
                return begins("comment") ? VALUE : RAW;
            case "to":
                return to();
            case "from":
                return begins("copy") ? VALUE : NAME;
            case "with":
                return at(1).equals("restart") || at(1).equals("start") ? VALUE : NAME;
            case "by":
                return at(1).equals("increment") ? VALUE : NAME;
            case "type":
                return begins("alter") && before.contains("table") ? RAW : NAME;
            case "set":
                return NAME;
            case "on":
                return before.contains("join") ? condition(next) : NAME;
            case "and":
                return before.lastIndexOf("between") > Math.max(before.lastIndexOf("where"), before.subList(0,
                        before.size() - 1).lastIndexOf("and")) ? VALUE : condition(next);
            case "analyze", "analyse", "verbose":
                return begins("explain") ? RAW : NAME;
            default:
                break;
        }
        if (CONDITIONS.contains(last)) {
            return condition(next);
        }
        return VALUES.contains(last) ? VALUE : NAMES.contains(last) ? NAME : RAW;
    }

    private static Kind condition(String next) {
        boolean compared = COMPARISONS.contains(next) || next.length() > 0 && OPERATORS.indexOf(next.charAt(0)) >= 0;
        return compared ? NAME : RAW;
    }

    /** {@code SET x TO}, {@code SIMILAR TO}: a value; {@code OWNER TO}, {@code GRANT ... TO}: a name. */
    private Kind to() {
        boolean setting = at(2).equals("set") || at(2).equals("local") || at(2).equals("session")
                || at(2).equals(".") && before.contains("set");
        return setting || at(1).equals("similar") || begins("copy") ? VALUE : NAME;
    }

    /** Behind an opening parenthesis: what stands in front of that tells. */
    private Kind inParentheses(int open, String next) {
        WordPlace outside = new WordPlace(before.subList(0, open));
        String owner = outside.at(0);
        if (owner.isEmpty() || owner.equals("(") || owner.equals(",")) {
            return owner.isEmpty() ? RAW : outside.kind(next);
        }
        if (owner.equals("values") || owner.equals("in") || owner.equals("any") || owner.equals("some")) {
            return VALUE;
        }
        if (COLUMN_LISTS.contains(owner) || owner.equals("with") || owner.equals("set")) {
            return NAME;
        }
        if (CONDITIONS.contains(owner) || owner.equals("as") || owner.equals("exists") || owner.equals("explain")) {
            return condition(next);
        }
        if (owner.length() == 1 && OPERATORS.contains(owner) || owner.equals("select")) {
            return outside.kind(next);
        }
        if (owner.equals(")") || owner.equals("'") || owner.equals("cast")) {
            return RAW;
        }
        return relation(outside) ? NAME : AGGREGATES.contains(owner) ? NAME : VALUE;
    }

    /** Whether the word at the end is a relation (with its schema) whose columns follow. */
    private static boolean relation(WordPlace list) {
        int back = 1;
        while (list.at(back).equals(".")) {
            back += 2;
        }
        boolean joined = list.at(back).equals("on") && list.before.contains("join");
        return !joined && RELATIONS.contains(list.at(back)) || RELATIONS.contains(list.at(0));
    }

    /** Behind a comma: the same as behind what opened the list. */
    private Kind inList(String next) {
        int depth = 0;
        for (int i = before.size() - 2; i >= 0; i--) {
            String word = before.get(i);
            if (word.equals(")")) {
                depth++;
            } else if (word.equals("(") && depth > 0) {
                depth--;
            } else if (depth == 0 && word.equals("(")) {
                return inParentheses(i, next);
            } else if (depth == 0 && CLAUSES.contains(word)) {
                return word.equals("set") && i == 0 ? VALUE : new WordPlace(before.subList(0, i + 1)).kind(next);
            }
        }
        return RAW;
    }
}
