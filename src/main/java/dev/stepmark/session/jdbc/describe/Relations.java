package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.ArrayList;
import java.util.List;

/** Lists of relations, and the way to one of them: {@code \d \dt \di \dv \dm \ds \dE}. */
final class Relations {

    private static final String ALL = "tvmsE";
    static final Match MATCH = Match.qualified("n.nspname", "c.relname", "pg_catalog.pg_table_is_visible(c.oid)");

    private Relations() { }

    /** {@code \d}: everything in a list, or each relation of a pattern in full. */
    static boolean describe(Call call) {
        if (call.pattern().isEmpty()) {
            return list(call, ALL);
        }
        List<List<String>> found = new Listing(call)
                .column("oid", "c.oid").column("schema", "n.nspname").column("name", "c.relname")
                .from("pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace")
                .matching(MATCH)
                .orderBy("2, 3").ask().rows();
        if (found.isEmpty()) {
            call.error("Did not find any relation named \"" + call.pattern().get() + "\".");
            return false;
        }
        for (List<String> row : found) {
            new RelationDetails(call, row.get(0), row.get(1), row.get(2)).print();
        }
        return true;
    }

    /**
     * A list.
     *
     * @param letters which kinds: t tables, i indexes, v views, m materialized views, s sequences, E foreign tables
     */
    static boolean list(Call call, String letters) {
        boolean tables = letters.indexOf('t') >= 0;
        boolean indexes = letters.indexOf('i') >= 0;
        boolean materialized = letters.indexOf('m') >= 0;
        Catalog.Answer answer = new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "c.relname")
                .column("Type", "CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view'"
                        + " WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence'"
                        + " WHEN 't' THEN 'TOAST table' WHEN 'f' THEN 'foreign table'"
                        + " WHEN 'p' THEN 'partitioned table' WHEN 'I' THEN 'partitioned index' END")
                .column("Owner", Sql.owner("c.relowner"))
                .column(indexes, "Table", "c2.relname")
                .verbose("Persistence", "CASE c.relpersistence WHEN 'p' THEN 'permanent' WHEN 't' THEN 'temporary'"
                        + " WHEN 'u' THEN 'unlogged' END")
                .column(call.verbose() && (tables || indexes || materialized), "Access method", "am.amname")
                .verbose("Size", "pg_catalog.pg_size_pretty(pg_catalog.pg_table_size(c.oid))")
                .verbose("Description", Sql.comment("c.oid", "pg_class"))
                .from("pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam"
                        + (indexes ? " LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid"
                        + " LEFT JOIN pg_catalog.pg_class c2 ON i.indrelid = c2.oid" : ""))
                .where("c.relkind IN (" + kinds(call, letters) + ")")
                .withoutSystem("n.nspname")
                .where(!call.system() && call.pattern().isEmpty(), "n.nspname !~ '^pg_toast'")
                .matching(MATCH)
                .orderBy("1, 2").ask();
        if (!answer.rows().isEmpty()) {
            call.print("List of relations", answer, List.of());
        } else {
            call.error(call.pattern().map(p -> "Did not find any relation named \"" + p + "\".")
                    .orElse("Did not find any relations."));
        }
        return true;
    }

    private static String kinds(Call call, String letters) {
        List<String> kinds = new ArrayList<>();
        for (char letter : letters.toCharArray()) {
            switch (letter) {
                case 't' -> {
                    kinds.add("'r', 'p'");
                    if (call.system() || call.pattern().isPresent()) {
                        kinds.add("'t'");
                    }
                }
                case 'i' -> kinds.add("'i', 'I'");
                case 'v' -> kinds.add("'v'");
                case 'm' -> kinds.add("'m'");
                case 's' -> kinds.add("'S'");
                case 'E' -> kinds.add("'f'");
                default -> { }
            }
        }
        return String.join(", ", kinds);
    }
}
