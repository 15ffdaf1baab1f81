package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;

/** Extended statistics: {@code \dX}. */
final class Statistics {

    private Statistics() { }

    static boolean statistics(Call call) {
        String columns = call.since(14) ? "pg_catalog.pg_get_statisticsobjdef_columns(s.oid)"
                : "(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ')"
                        + " FROM pg_catalog.unnest(s.stxkeys) k (attnum) JOIN pg_catalog.pg_attribute a"
                        + " ON s.stxrelid = a.attrelid AND k.attnum = a.attnum AND NOT a.attisdropped)";
        return new Listing(call)
                .column("Schema", "s.stxnamespace::pg_catalog.regnamespace::pg_catalog.text")
                .column("Name", "s.stxname")
                .column("Definition", "pg_catalog.format('%s FROM %s', " + columns
                        + ", s.stxrelid::pg_catalog.regclass)")
                .column("Ndistinct", kind("d"))
                .column("Dependencies", kind("f"))
                .column("MCV", kind("m"))
                .from("pg_catalog.pg_statistic_ext s")
                .matching(Match.qualified("s.stxnamespace::pg_catalog.regnamespace::pg_catalog.text", "s.stxname",
                        "pg_catalog.pg_statistics_obj_is_visible(s.oid)"))
                .orderBy("1, 2")
                .print("List of extended statistics");
    }

    private static String kind(String letter) {
        return "CASE WHEN '" + letter + "' = ANY (s.stxkind) THEN 'defined' END";
    }
}
