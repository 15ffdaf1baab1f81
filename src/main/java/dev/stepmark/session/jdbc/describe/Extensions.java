package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.List;

/** Extensions: {@code \dx}. */
final class Extensions {

    private Extensions() { }

    static boolean extensions(Call call) {
        if (call.verbose()) {
            return contents(call);
        }
        return new Listing(call)
                .column("Name", "e.extname")
                .column("Version", "e.extversion")
                .column("Schema", "n.nspname")
                .column("Description", Sql.comment("e.oid", "pg_extension"))
                .from("pg_catalog.pg_extension e LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace")
                .matching(Match.name("e.extname"))
                .print("List of installed extensions");
    }

    private static boolean contents(Call call) {
        List<List<String>> rows = new Listing(call).column("name", "e.extname").column("oid", "e.oid")
                .from("pg_catalog.pg_extension e").matching(Match.name("e.extname")).ask().rows();
        if (rows.isEmpty()) {
            call.error(call.pattern().map(p -> "Did not find any extension named \"" + p + "\".")
                    .orElse("Did not find any extensions."));
            return false;
        }
        for (List<String> row : rows) {
            Catalog.Answer answer = call.catalog().query("SELECT pg_catalog.pg_describe_object(d.classid, d.objid, 0)"
                    + " AS \"Object description\" FROM pg_catalog.pg_depend d"
                    + " WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.refobjid = "
                    + row.get(1) + " AND d.deptype = 'e' ORDER BY 1");
            call.print("Objects in extension \"" + row.get(0) + "\"", answer, List.of());
        }
        return true;
    }
}
