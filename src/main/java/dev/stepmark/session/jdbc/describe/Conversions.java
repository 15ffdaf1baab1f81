package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.List;

/** Encodings' conversions, casts and collations: {@code \dc \dC \dO}. */
final class Conversions {

    private Conversions() { }

    static boolean conversions(Call call) {
        return new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "c.conname")
                .column("Source", "pg_catalog.pg_encoding_to_char(c.conforencoding)")
                .column("Destination", "pg_catalog.pg_encoding_to_char(c.contoencoding)")
                .column("Default?", Sql.yesNo("c.condefault"))
                .verbose("Description", Sql.comment("c.oid", "pg_conversion"))
                .from("pg_catalog.pg_conversion c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace")
                .withoutSystem("n.nspname")
                .matching(Match.qualified("n.nspname", "c.conname", "pg_catalog.pg_conversion_is_visible(c.oid)"))
                .orderBy("1, 2")
                .print("List of conversions");
    }

    static boolean casts(Call call) {
        return new Listing(call)
                .column("Source type", "pg_catalog.format_type(c.castsource, NULL)")
                .column("Target type", "pg_catalog.format_type(c.casttarget, NULL)")
                .column("Function", "CASE c.castmethod WHEN 'b' THEN '(binary coercible)'"
                        + " WHEN 'i' THEN '(with inout)' ELSE p.proname END")
                .column("Implicit?", "CASE c.castcontext WHEN 'e' THEN 'no' WHEN 'a' THEN 'in assignment'"
                        + " ELSE 'yes' END")
                .verbose("Description", Sql.comment("c.oid", "pg_cast"))
                .from("pg_catalog.pg_cast c LEFT JOIN pg_catalog.pg_proc p ON c.castfunc = p.oid"
                        + " LEFT JOIN pg_catalog.pg_type ts ON c.castsource = ts.oid"
                        + " LEFT JOIN pg_catalog.pg_namespace ns ON ns.oid = ts.typnamespace"
                        + " LEFT JOIN pg_catalog.pg_type tt ON c.casttarget = tt.oid"
                        + " LEFT JOIN pg_catalog.pg_namespace nt ON nt.oid = tt.typnamespace")
                .where(side(call, "ts", "ns") + " OR " + side(call, "tt", "nt"))
                .orderBy("1, 2")
                .print("List of casts");
    }

    private static String side(Call call, String type, String schema) {
        Match match = Match.qualified(schema + ".nspname", type + ".typname",
                "pg_catalog.pg_type_is_visible(" + type + ".oid)").or("pg_catalog.format_type(" + type + ".oid, NULL)");
        List<String> conditions = call.pattern()
                .map(p -> NamePattern.of(p).conditions(match, call.catalog().database()))
                .orElse(List.of(match.visible()));
        return "(" + (conditions.isEmpty() ? "true" : String.join(" AND ", conditions)) + ")";
    }

    static boolean collations(Call call) {
        String provider = "CASE c.collprovider WHEN 'd' THEN 'default' WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu'"
                + " WHEN 'b' THEN 'builtin' END";
        String icu = call.since(17) ? "c.colllocale" : call.since(15) ? "c.colliculocale" : "c.collcollate";
        return new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "c.collname")
                .column("Collate", "c.collcollate")
                .column("Ctype", "c.collctype")
                .column("ICU Locale", icu)
                .column("Provider", provider)
                .column("Deterministic?", Sql.yesNo("c.collisdeterministic"))
                .verbose("Description", Sql.comment("c.oid", "pg_collation"))
                .from("pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace")
                .withoutSystem("n.nspname")
                // collations of another encoding cannot be used here
                .where("c.collencoding IN (-1, pg_catalog.pg_char_to_encoding(pg_catalog.getdatabaseencoding()))")
                .matching(Match.qualified("n.nspname", "c.collname", "pg_catalog.pg_collation_is_visible(c.oid)"))
                .orderBy("1, 2")
                .print("List of collations");
    }
}
