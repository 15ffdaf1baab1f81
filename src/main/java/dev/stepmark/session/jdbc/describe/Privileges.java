package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;

/** Who may do what: {@code \dp}, {@code \z} and {@code \ddp}. */
final class Privileges {

    private static final String COLUMNS = "pg_catalog.array_to_string(ARRAY(SELECT a.attname || E':\\n  '"
            + " || pg_catalog.array_to_string(a.attacl, E'\\n  ') FROM pg_catalog.pg_attribute a"
            + " WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attacl IS NOT NULL), E'\\n')";
    private static final String POLICIES = "pg_catalog.array_to_string(ARRAY(SELECT p.polname"
            + " || CASE WHEN NOT p.polpermissive THEN ' (RESTRICTIVE)' ELSE '' END"
            + " || CASE WHEN p.polcmd <> '*' THEN ' (' || p.polcmd::pg_catalog.text || '):' ELSE ':' END"
            + " || CASE WHEN p.polqual IS NOT NULL"
            + " THEN E'\\n  (u): ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) ELSE '' END"
            + " || CASE WHEN p.polwithcheck IS NOT NULL"
            + " THEN E'\\n  (c): ' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) ELSE '' END"
            + " || CASE WHEN p.polroles <> '{0}' THEN E'\\n  to: ' || pg_catalog.array_to_string(ARRAY("
            + "SELECT r.rolname FROM pg_catalog.pg_roles r WHERE r.oid = ANY (p.polroles) ORDER BY 1), ', ')"
            + " ELSE '' END"
            + " FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid), E'\\n')";

    private Privileges() { }

    static boolean privileges(Call call) {
        return new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "c.relname")
                .column("Type", "CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view'"
                        + " WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table'"
                        + " WHEN 'p' THEN 'partitioned table' END")
                .column("Access privileges", Sql.acl("c.relacl"))
                .column("Column privileges", COLUMNS)
                .column("Policies", POLICIES)
                .from("pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace")
                .where("c.relkind IN ('r', 'v', 'm', 'S', 'f', 'p')")
                .where(call.pattern().isEmpty(), "n.nspname !~ '^pg_' AND pg_catalog.pg_table_is_visible(c.oid)")
                .matching(Match.qualified("n.nspname", "c.relname",
                        call.pattern().isEmpty() ? "" : "pg_catalog.pg_table_is_visible(c.oid)"))
                .orderBy("1, 2")
                .print("Access privileges");
    }

    static boolean defaults(Call call) {
        return new Listing(call)
                .column("Owner", Sql.owner("d.defaclrole"))
                .column("Schema", "n.nspname")
                .column("Type", "CASE d.defaclobjtype WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence'"
                        + " WHEN 'f' THEN 'function' WHEN 'T' THEN 'type' WHEN 'n' THEN 'schema'"
                        + " WHEN 'L' THEN 'large object' END")
                .column("Access privileges", Sql.acl("d.defaclacl"))
                .from("pg_catalog.pg_default_acl d"
                        + " LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace")
                .matching(new Match("n.nspname", Sql.owner("d.defaclrole"), "", "", 3))
                .orderBy("1, 2, 3")
                .print("Default access privileges");
    }
}
