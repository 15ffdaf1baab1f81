package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.List;
import java.util.Optional;

/** Patterns of argument types after a function's or an operator's name. */
final class ArgumentTypes {

    private ArgumentTypes() { }

    static String join(int index, String oid) {
        return " LEFT JOIN pg_catalog.pg_type t" + index + " ON t" + index + ".oid = " + oid
                + " LEFT JOIN pg_catalog.pg_namespace nt" + index + " ON nt" + index + ".oid = t" + index
                + ".typnamespace";
    }

    static List<String> condition(Call call, int index, Optional<String> pattern) {
        String given = pattern.orElse("");
        if (given.equals("-")) {
            return List.of("t" + index + ".typname IS NULL");
        }
        Match match = Match.qualified("nt" + index + ".nspname", "t" + index + ".typname",
                "pg_catalog.pg_type_is_visible(t" + index + ".oid)")
                .or("pg_catalog.format_type(t" + index + ".oid, NULL)");
        return NamePattern.of(Types.pattern(pattern).orElse("")).conditions(match, call.catalog().database());
    }
}
