package dev.stepmark.session.jdbc.describe;

import java.util.ArrayList;
import java.util.List;

/** One relation in full: its columns as a table, everything else below it. */
final class RelationDetails {

    private final Call call;
    private final String oid;
    private final String schema;
    private final String name;
    private final Relation relation;

    RelationDetails(Call call, String oid, String schema, String name) {
        this.call = call;
        this.oid = oid;
        this.schema = schema;
        this.name = name;
        this.relation = Relation.read(call, oid);
    }

    void print() {
        if (relation.is("S")) {
            sequence();
            return;
        }
        Table table = columns();
        new RelationFooters(call, relation, schema, table).add();
        table.neverExpanded().print(call);
    }

    private void sequence() {
        Catalog.Answer answer = call.catalog().query("SELECT pg_catalog.format_type(s.seqtypid, NULL) AS \"Type\","
                + " s.seqstart AS \"Start\", s.seqmin AS \"Minimum\", s.seqmax AS \"Maximum\","
                + " s.seqincrement AS \"Increment\", " + Sql.yesNo("s.seqcycle") + " AS \"Cycles?\","
                + " s.seqcache AS \"Cache\" FROM pg_catalog.pg_sequence s WHERE s.seqrelid = " + oid);
        Table table = new Table(title(relation.unlogged() ? "Unlogged sequence" : "Sequence"), answer.columns(),
                answer.rows());
        for (int i = 0; i < answer.columns().size(); i++) {
            if (answer.right().get(i)) {
                table.alignRight(i);
            }
        }
        call.rows("SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) || '.'"
                + " || pg_catalog.quote_ident(a.attname), d.deptype FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_depend d ON c.oid = d.refobjid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid"
                + " WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass"
                + " AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass"
                + " AND d.objid = " + oid + " AND d.deptype IN ('a', 'i')")
                .forEach(row -> table.footer((row.get(1).equals("a") ? "Owned by: "
                        : "Sequence for identity column: ") + row.get(0)));
        table.print(call);
    }

    private String title(String kind) {
        return kind + " \"" + schema + "." + name + "\"";
    }

    private String title() {
        String unlogged = relation.unlogged() ? "Unlogged " : "";
        String kind = switch (relation.kind()) {
            case "r" -> "table";
            case "v" -> "view";
            case "m" -> "materialized view";
            case "i" -> "index";
            case "I" -> "partitioned index";
            case "t" -> "TOAST table";
            case "c" -> "composite type";
            case "f" -> "foreign table";
            case "p" -> "partitioned table";
            default -> "?" + relation.kind() + "?";
        };
        boolean persistent = relation.is("r", "m", "i", "I", "p");
        return title(persistent && !unlogged.isEmpty() ? unlogged + kind
                : Character.toUpperCase(kind.charAt(0)) + kind.substring(1));
    }

    private Table columns() {
        boolean details = relation.is("r", "v", "m", "f", "c", "p");
        boolean index = relation.is("i", "I");
        boolean verbose = call.verbose();
        boolean compression = verbose && call.since(14) && relation.is("r", "p", "m");
        boolean target = verbose && relation.is("r", "i", "I", "m", "f", "p");
        List<String> headers = new ArrayList<>(List.of("Column", "Type"));
        List<String> select = new ArrayList<>(List.of("a.attname",
                "pg_catalog.format_type(a.atttypid, a.atttypmod)"));
        add(details, headers, select, "Collation", "(SELECT co.collname FROM pg_catalog.pg_collation co,"
                + " pg_catalog.pg_type t WHERE co.oid = a.attcollation AND t.oid = a.atttypid"
                + " AND a.attcollation <> t.typcollation)");
        add(details, headers, select, "Nullable", "CASE WHEN a.attnotnull THEN 'not null' ELSE '' END");
        add(details, headers, select, "Default", DEFAULT);
        add(index, headers, select, "Key?", "CASE WHEN a.attnum <= (SELECT i.indnkeyatts FROM pg_catalog.pg_index i"
                + " WHERE i.indexrelid = " + oid + ") THEN 'yes' ELSE 'no' END");
        add(index, headers, select, "Definition", "pg_catalog.pg_get_indexdef(a.attrelid, a.attnum, true)");
        add(relation.is("f"), headers, select, "FDW options", Sql.foreignOptions("a.attfdwoptions"));
        add(verbose, headers, select, "Storage", "CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'm' THEN 'main'"
                + " WHEN 'x' THEN 'extended' WHEN 'e' THEN 'external' ELSE '???' END");
        add(compression, headers, select, "Compression", "CASE a.attcompression WHEN 'p' THEN 'pglz'"
                + " WHEN 'l' THEN 'lz4' WHEN '' THEN '' ELSE '???' END");
        add(target, headers, select, "Stats target", "CASE WHEN a.attstattarget = -1 THEN NULL"
                + " ELSE a.attstattarget END");
        add(verbose && details, headers, select, "Description", "pg_catalog.col_description(a.attrelid, a.attnum)");
        List<List<String>> rows = call.rows("SELECT " + String.join(",\n  ", select)
                + "\nFROM pg_catalog.pg_attribute a WHERE a.attrelid = " + oid
                + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum");
        return new Table(title(), headers, rows);
    }

    private static final String DEFAULT = "CASE WHEN a.attidentity = 'a' THEN 'generated always as identity'"
            + " WHEN a.attidentity = 'd' THEN 'generated by default as identity'"
            + " ELSE (SELECT CASE WHEN a.attgenerated = 's' THEN 'generated always as ('"
            + " || pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) || ') stored'"
            + " ELSE pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) END FROM pg_catalog.pg_attrdef d"
            + " WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef) END";

    private static void add(boolean wanted, List<String> headers, List<String> select, String header,
            String expression) {
        if (wanted) {
            headers.add(header);
            select.add(expression);
        }
    }
}
