package dev.stepmark.session.jdbc.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A query for a list, put together piece by piece. */
final class Listing {

    private static final String NOT_SYSTEM = "%1$s <> 'pg_catalog' AND %1$s <> 'information_schema'";

    private final Call call;
    private final List<String> columns = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private String from = "";
    private String order = "1";

    Listing(Call call) {
        this.call = call;
    }

    Listing column(String name, String expression) {
        columns.add(expression + " AS \"" + name + "\"");
        return this;
    }

    /** A column that only stands there when it is wanted. */
    Listing column(boolean wanted, String name, String expression) {
        return wanted ? column(name, expression) : this;
    }

    Listing verbose(String name, String expression) {
        return column(call.verbose(), name, expression);
    }

    Listing from(String tables) {
        from = tables;
        return this;
    }

    Listing where(String condition) {
        conditions.add(condition);
        return this;
    }

    Listing where(boolean wanted, String condition) {
        return wanted ? where(condition) : this;
    }

    /** Leaves the system's own objects out, unless they or a pattern were asked for. */
    Listing withoutSystem(String schema) {
        return where(!call.system() && call.pattern().isEmpty(), String.format(NOT_SYSTEM, schema));
    }

    Listing matching(NamePattern.Match match) {
        return matching(match, call.pattern());
    }

    Listing matching(NamePattern.Match match, Optional<String> pattern) {
        return matching(match, pattern, false);
    }

    Listing matching(NamePattern.Match match, Optional<String> pattern, boolean escaped) {
        if (pattern.isPresent()) {
            conditions.addAll(NamePattern.of(pattern.get(), escaped).conditions(match, call.catalog().database()));
        } else {
            NamePattern.visible(match).ifPresent(conditions::add);
        }
        return this;
    }

    Listing orderBy(String columnsOrNumbers) {
        order = columnsOrNumbers;
        return this;
    }

    String sql() {
        String where = conditions.isEmpty() ? ""
                : "\nWHERE " + conditions.stream().map(c -> "(" + c + ")").collect(Collectors.joining("\n  AND "));
        return "SELECT " + String.join(",\n  ", columns) + "\nFROM " + from + where + "\nORDER BY " + order;
    }

    Catalog.Answer ask() {
        return call.catalog().query(sql());
    }

    /** Asks and prints; also an empty table. */
    boolean print(String title) {
        call.print(title, ask(), List.of());
        return true;
    }
}
