package dev.stepmark.session.jdbc.describe;

/** Partitioned tables and indexes: {@code \dP}. */
final class Partitioned {

    private Partitioned() { }

    static boolean list(Call call, String letters) {
        boolean nested = letters.indexOf('n') >= 0;
        boolean tables = letters.indexOf('t') >= 0;
        boolean indexes = letters.indexOf('i') >= 0;
        boolean mixed = tables == indexes;
        boolean parents = nested || call.pattern().isPresent();
        Listing listing = new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "c.relname")
                .column("Owner", Sql.owner("c.relowner"))
                .column(mixed, "Type", "CASE c.relkind WHEN 'p' THEN 'partitioned table'"
                        + " WHEN 'I' THEN 'partitioned index' END")
                .column(parents, "Parent name", "inh.inhparent::pg_catalog.regclass")
                .column(mixed || indexes, "Table", "c2.oid::pg_catalog.regclass")
                .column(call.verbose() && nested, "Leaf partition size", "s.dps")
                .column(call.verbose(), "Total size", "s.tps")
                .verbose("Description", Sql.comment("c.oid", "pg_class"))
                .from(from(call, parents, mixed || indexes))
                .where("c.relkind IN (" + (mixed ? "'p', 'I'" : tables ? "'p'" : "'I'") + ")")
                .where(!parents, "NOT c.relispartition")
                .where(call.pattern().isEmpty(), "n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast'"
                        + " AND n.nspname <> 'information_schema'")
                .matching(Relations.MATCH)
                .orderBy("\"Schema\"" + (mixed ? ", \"Type\" DESC" : "")
                        + (parents ? ", \"Parent name\" NULLS FIRST" : "") + ", \"Name\"");
        return listing.print(mixed ? "List of partitioned relations"
                : tables ? "List of partitioned tables" : "List of partitioned indexes");
    }

    private static String from(Call call, boolean parents, boolean indexes) {
        String from = "pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace";
        if (indexes) {
            from += " LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid"
                    + " LEFT JOIN pg_catalog.pg_class c2 ON i.indrelid = c2.oid";
        }
        if (parents) {
            from += " LEFT JOIN pg_catalog.pg_inherits inh ON c.oid = inh.inhrelid";
        }
        if (call.verbose()) {
            from += ", LATERAL (SELECT pg_catalog.pg_size_pretty(pg_catalog.sum(CASE WHEN t.isleaf AND t.level = 1"
                    + " THEN pg_catalog.pg_table_size(t.relid) ELSE 0 END)) AS dps,"
                    + " pg_catalog.pg_size_pretty(pg_catalog.sum(pg_catalog.pg_table_size(t.relid))) AS tps"
                    + " FROM pg_catalog.pg_partition_tree(c.oid) t) s";
        }
        return from;
    }
}
