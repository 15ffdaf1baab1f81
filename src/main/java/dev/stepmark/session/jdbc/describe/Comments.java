package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.ArrayList;
import java.util.List;

/** Comments on objects that no other command shows: {@code \dd}. */
final class Comments {

    private Comments() { }

    static boolean comments(Call call) {
        List<String> parts = new ArrayList<>();
        parts.add(part(call, "table constraint", "c.conname", "pg_catalog.pg_constraint c"
                + " JOIN pg_catalog.pg_class r ON r.oid = c.conrelid"
                + " LEFT JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace", "c",
                "pg_catalog.pg_table_is_visible(r.oid)", ""));
        parts.add(part(call, "domain constraint", "c.conname", "pg_catalog.pg_constraint c"
                + " JOIN pg_catalog.pg_type t ON t.oid = c.contypid"
                + " LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace", "c",
                "pg_catalog.pg_type_is_visible(t.oid)", ""));
        parts.add(part(call, "operator class", "o.opcname", "pg_catalog.pg_opclass o"
                + " JOIN pg_catalog.pg_am am ON o.opcmethod = am.oid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace", "o",
                "pg_catalog.pg_opclass_is_visible(o.oid)", ""));
        parts.add(part(call, "operator family", "f.opfname", "pg_catalog.pg_opfamily f"
                + " JOIN pg_catalog.pg_am am ON f.opfmethod = am.oid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace", "f",
                "pg_catalog.pg_opfamily_is_visible(f.oid)", ""));
        parts.add(part(call, "rule", "w.rulename", "pg_catalog.pg_rewrite w"
                + " JOIN pg_catalog.pg_class r ON r.oid = w.ev_class"
                + " LEFT JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace", "w",
                "pg_catalog.pg_table_is_visible(r.oid)", "w.rulename <> '_RETURN'"));
        parts.add(part(call, "trigger", "g.tgname", "pg_catalog.pg_trigger g"
                + " JOIN pg_catalog.pg_class r ON r.oid = g.tgrelid"
                + " LEFT JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace", "g",
                "pg_catalog.pg_table_is_visible(r.oid)", ""));
        String objects = String.join("\nUNION ALL\n", parts);
        return new Listing(call)
                .column("Schema", "o.nspname")
                .column("Name", "o.name")
                .column("Object", "o.object")
                .column("Description", "d.description")
                .from("(" + objects + ") o JOIN pg_catalog.pg_description d"
                        + " ON o.oid = d.objoid AND o.tableoid = d.classoid AND d.objsubid = 0")
                .orderBy("1, 2, 3")
                .print("Object descriptions");
    }

    private static String part(Call call, String object, String name, String from, String alias, String visible,
            String also) {
        Listing listing = new Listing(call)
                .column("oid", alias + ".oid")
                .column("tableoid", alias + ".tableoid")
                .column("nspname", "n.nspname")
                .column("name", name + "::pg_catalog.text")
                .column("object", "'" + object + "'::pg_catalog.text")
                .from(from)
                .where(!also.isEmpty(), also)
                .withoutSystem("n.nspname")
                .matching(Match.qualified("n.nspname", name, visible));
        return "(" + listing.sql() + ")";
    }
}
