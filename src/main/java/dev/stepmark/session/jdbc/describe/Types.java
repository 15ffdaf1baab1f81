package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.Map;
import java.util.Optional;

/** Data types and domains: {@code \dT} and {@code \dD}. */
final class Types {

    /** Words of SQL and what the catalog calls those types. */
    private static final Map<String, String> CATALOG_NAMES = Map.ofEntries(
            Map.entry("decimal", "numeric"), Map.entry("float", "float8"), Map.entry("int", "int4"),
            Map.entry("bool[]", "boolean[]"), Map.entry("decimal[]", "numeric[]"),
            Map.entry("float[]", "double precision[]"), Map.entry("float4[]", "real[]"),
            Map.entry("float8[]", "double precision[]"), Map.entry("int[]", "integer[]"),
            Map.entry("int2[]", "smallint[]"), Map.entry("int4[]", "integer[]"), Map.entry("int8[]", "bigint[]"),
            Map.entry("time[]", "time without time zone[]"), Map.entry("timetz[]", "time with time zone[]"),
            Map.entry("timestamp[]", "timestamp without time zone[]"),
            Map.entry("timestamptz[]", "timestamp with time zone[]"), Map.entry("varbit[]", "bit varying[]"),
            Map.entry("varchar[]", "character varying[]"));

    private Types() { }

    /** A pattern of types, with a word of SQL replaced by the name that the catalog has for it. */
    static Optional<String> pattern(Optional<String> given) {
        return given.map(p -> CATALOG_NAMES.getOrDefault(p.toLowerCase(java.util.Locale.ROOT), p));
    }

    static boolean types(Call call) {
        boolean arrays = call.pattern().orElse("").contains("[]");
        return new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "pg_catalog.format_type(t.oid, NULL)")
                .verbose("Internal name", "t.typname")
                .verbose("Size", "CASE WHEN t.typrelid <> 0 THEN 'tuple' WHEN t.typlen < 0 THEN 'var'"
                        + " ELSE t.typlen::pg_catalog.text END")
                .verbose("Elements", "pg_catalog.array_to_string(ARRAY(SELECT e.enumlabel FROM pg_catalog.pg_enum e"
                        + " WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder), E'\\n')")
                .verbose("Owner", Sql.owner("t.typowner"))
                .verbose("Access privileges", Sql.acl("t.typacl"))
                .column("Description", Sql.comment("t.oid", "pg_type"))
                .from("pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace")
                .where("t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid)")
                .where(!arrays, "NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type el"
                        + " WHERE el.oid = t.typelem AND el.typarray = t.oid)")
                .withoutSystem("n.nspname")
                .matching(Match.qualified("n.nspname", "t.typname", "pg_catalog.pg_type_is_visible(t.oid)")
                        .or("pg_catalog.format_type(t.oid, NULL)"), pattern(call.pattern()))
                .orderBy("1, 2")
                .print("List of data types");
    }

    static boolean domains(Call call) {
        String check = "pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.pg_get_constraintdef(r.oid, true)"
                + " FROM pg_catalog.pg_constraint r WHERE t.oid = r.contypid"
                + (call.since(17) ? " AND r.contype = 'c'" : "") + " ORDER BY r.conname), ' ')";
        return new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "t.typname")
                .column("Type", "pg_catalog.format_type(t.typbasetype, t.typtypmod)")
                .column("Collation", "(SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type bt"
                        + " WHERE c.oid = t.typcollation AND bt.oid = t.typbasetype"
                        + " AND t.typcollation <> bt.typcollation)")
                .column("Nullable", "CASE WHEN t.typnotnull THEN 'not null' END")
                .column("Default", "t.typdefault")
                .column("Check", check)
                .verbose("Access privileges", Sql.acl("t.typacl"))
                .verbose("Description", Sql.comment("t.oid", "pg_type"))
                .from("pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace")
                .where("t.typtype = 'd'")
                .withoutSystem("n.nspname")
                .matching(Match.qualified("n.nspname", "t.typname", "pg_catalog.pg_type_is_visible(t.oid)"))
                .orderBy("1, 2")
                .print("List of domains");
    }
}
