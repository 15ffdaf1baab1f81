package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.Optional;

/** Operators: {@code \do}. */
final class Operators {

    private Operators() { }

    static boolean operators(Call call) {
        StringBuilder from = new StringBuilder("pg_catalog.pg_operator o"
                + " LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace");
        int types = Math.min(2, call.arguments().size() - 1);
        boolean prefix = types == 1;
        for (int i = 0; i < types; i++) {
            String column = i == 0 && !prefix ? "o.oprleft" : "o.oprright";
            from.append(ArgumentTypes.join(i, column));
        }
        Listing listing = new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "o.oprname")
                .column("Left arg type", "CASE WHEN o.oprkind = 'l' THEN NULL"
                        + " ELSE pg_catalog.format_type(o.oprleft, NULL) END")
                .column("Right arg type", "CASE WHEN o.oprkind = 'r' THEN NULL"
                        + " ELSE pg_catalog.format_type(o.oprright, NULL) END")
                .column("Result type", "pg_catalog.format_type(o.oprresult, NULL)")
                .verbose("Function", "o.oprcode")
                .column("Description", "coalesce(" + Sql.comment("o.oid", "pg_operator") + ", "
                        + Sql.comment("o.oprcode", "pg_proc") + ")")
                .from(from.toString())
                .withoutSystem("n.nspname")
                .matching(Match.qualified("n.nspname", "o.oprname", "pg_catalog.pg_operator_is_visible(o.oid)"),
                        call.pattern(), true)
                .where(prefix, "o.oprleft = 0")
                .orderBy("1, 2, 3, 4");
        for (int i = 0; i < types; i++) {
            ArgumentTypes.condition(call, i, Optional.of(call.arguments().get(i + 1))).forEach(listing::where);
        }
        return listing.print("List of operators");
    }
}
