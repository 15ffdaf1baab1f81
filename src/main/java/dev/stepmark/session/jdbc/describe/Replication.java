package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.ArrayList;
import java.util.List;

/** Publications and subscriptions: {@code \dRp} and {@code \dRs}. */
final class Replication {

    private Replication() { }

    static boolean publications(Call call) {
        if (call.verbose()) {
            return eachPublication(call);
        }
        return columns(new Listing(call).column("Name", "p.pubname"), call)
                .print("List of publications");
    }

    private static Listing columns(Listing listing, Call call) {
        return listing
                .column("Owner", Sql.owner("p.pubowner"))
                .column("All tables", "p.puballtables")
                .column("Inserts", "p.pubinsert")
                .column("Updates", "p.pubupdate")
                .column("Deletes", "p.pubdelete")
                .column("Truncates", "p.pubtruncate")
                .column(call.since(13), "Via root", "p.pubviaroot")
                .from("pg_catalog.pg_publication p")
                .matching(Match.name("p.pubname"));
    }

    private static boolean eachPublication(Call call) {
        Catalog.Answer answer = columns(new Listing(call).column("oid", "p.oid").column("name", "p.pubname"), call)
                .orderBy("2").ask();
        if (answer.rows().isEmpty()) {
            call.error(call.pattern().map(p -> "Did not find any publication named \"" + p + "\".")
                    .orElse("Did not find any publications."));
            return false;
        }
        List<String> columns = answer.columns().subList(2, answer.columns().size());
        for (List<String> row : answer.rows()) {
            List<String> footers = new ArrayList<>();
            boolean allTables = row.get(3).equals("t");
            if (!allTables) {
                block(footers, "Tables:", members(call, row.get(0)));
                if (call.since(15)) {
                    block(footers, "Tables from schemas:", call.rows("SELECT n.nspname FROM pg_catalog.pg_namespace n"
                            + " JOIN pg_catalog.pg_publication_namespace pn ON n.oid = pn.pnnspid"
                            + " WHERE pn.pnpubid = " + row.get(0) + " ORDER BY 1").stream()
                            .map(r -> "    \"" + r.get(0) + "\"").toList());
                }
            }
            List<Boolean> right = columns.stream().map(c -> false).toList();
            call.print("Publication " + row.get(1),
                    new Catalog.Answer(columns, right, List.of(row.subList(2, row.size()))), footers);
        }
        return true;
    }

    private static void block(List<String> footers, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            footers.add(heading);
            footers.addAll(lines);
        }
    }

    private static List<String> members(Call call, String publication) {
        String details = call.since(15) ? "pg_catalog.pg_get_expr(pr.prqual, c.oid),"
                + " CASE WHEN pr.prattrs IS NOT NULL THEN pg_catalog.array_to_string(ARRAY(SELECT a.attname"
                + " FROM pg_catalog.generate_series(0, pg_catalog.array_upper(pr.prattrs::pg_catalog.int2[], 1)) s,"
                + " pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = pr.prattrs[s]), ', ') END"
                : "NULL, NULL";
        List<String> lines = new ArrayList<>();
        for (List<String> row : call.rows("SELECT n.nspname, c.relname, " + details
                + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " JOIN pg_catalog.pg_publication_rel pr ON pr.prrelid = c.oid"
                + " WHERE pr.prpubid = " + publication + " ORDER BY 1, 2")) {
            lines.add("    \"" + row.get(0) + "." + row.get(1) + "\""
                    + (row.get(3) == null ? "" : " (" + row.get(3) + ")")
                    + (row.get(2) == null ? "" : " WHERE " + row.get(2)));
        }
        return lines;
    }

    static boolean subscriptions(Call call) {
        boolean more = call.verbose();
        return new Listing(call)
                .column("Name", "s.subname")
                .column("Owner", Sql.owner("s.subowner"))
                .column("Enabled", "s.subenabled")
                .column("Publication", "s.subpublications")
                .column(more && call.since(14), "Binary", "s.subbinary")
                .column(more && call.since(14), "Streaming", "s.substream")
                .column(more && call.since(15), "Two-phase commit", "s.subtwophasestate")
                .column(more && call.since(15), "Disable on error", "s.subdisableonerr")
                .verbose("Synchronous commit", "s.subsynccommit")
                .verbose("Conninfo", "s.subconninfo")
                .column(more && call.since(15), "Skip LSN", "s.subskiplsn")
                .from("pg_catalog.pg_subscription s")
                .where("s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d"
                        + " WHERE d.datname = pg_catalog.current_database())")
                .matching(Match.name("s.subname"))
                .print("List of subscriptions");
    }
}
