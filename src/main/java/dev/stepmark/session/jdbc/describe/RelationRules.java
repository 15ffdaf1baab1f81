package dev.stepmark.session.jdbc.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Indexes, constraints, policies, statistics, rules and publications of a table. */
final class RelationRules {

    /** A rule without the words that create it and the semicolon. */
    static final String DEFINITION = "pg_catalog.substr(pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid, true), ';'),"
            + " pg_catalog.length('CREATE RULE ') + 1)";

    private final Call call;
    private final Relation relation;
    private final String oid;
    private final Table table;

    RelationRules(Call call, Relation relation, Table table) {
        this.call = call;
        this.relation = relation;
        this.oid = relation.oid();
        this.table = table;
    }

    void add() {
        if (relation.indexes()) {
            indexes();
        }
        if (relation.checks()) {
            block("Check constraints:", "SELECT r.conname, pg_catalog.pg_get_constraintdef(r.oid, true)"
                    + " FROM pg_catalog.pg_constraint r WHERE r.conrelid = " + oid + " AND r.contype = 'c' ORDER BY 1",
                    r -> "    \"" + r.get(0) + "\" " + r.get(1));
        }
        if (relation.is("p") || relation.triggers() && relation.is("r")) {
            foreignKeys();
        }
        policies();
        statistics();
        if (relation.rules() && !relation.is("m")) {
            rules();
        }
        publications();
    }

    static void block(Table table, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            table.footer(heading);
            lines.forEach(table::footer);
        }
    }

    private void block(String heading, String sql, Function<List<String>, String> line) {
        block(table, heading, call.rows(sql).stream().map(line).toList());
    }

    private void indexes() {
        block("Indexes:", "SELECT c2.relname, i.indisprimary, i.indisunique, i.indisclustered, i.indisvalid,"
                + " pg_catalog.pg_get_indexdef(i.indexrelid, 0, true), pg_catalog.pg_get_constraintdef(con.oid, true),"
                + " con.contype, con.condeferrable, con.condeferred, i.indisreplident,"
                + " (SELECT ts.spcname FROM pg_catalog.pg_tablespace ts WHERE ts.oid = c2.reltablespace)"
                + " FROM pg_catalog.pg_class c, pg_catalog.pg_class c2, pg_catalog.pg_index i"
                + " LEFT JOIN pg_catalog.pg_constraint con ON con.conrelid = i.indrelid"
                + " AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')"
                + " WHERE c.oid = " + oid + " AND c.oid = i.indrelid AND i.indexrelid = c2.oid"
                + " ORDER BY i.indisprimary DESC, c2.relname", RelationRules::index);
    }

    private static String index(List<String> r) {
        StringBuilder line = new StringBuilder("    \"" + r.get(0) + "\"");
        if ("x".equals(r.get(7))) {
            line.append(' ').append(r.get(6));
        } else {
            if (yes(r, 1)) {
                line.append(" PRIMARY KEY,");
            } else if (yes(r, 2)) {
                line.append("u".equals(r.get(7)) ? " UNIQUE CONSTRAINT," : " UNIQUE,");
            }
            String definition = r.get(5);
            int using = definition.indexOf(" USING ");
            line.append(' ').append(using < 0 ? definition : definition.substring(using + " USING ".length()));
            line.append(yes(r, 8) ? " DEFERRABLE" : "").append(yes(r, 9) ? " INITIALLY DEFERRED" : "");
        }
        line.append(yes(r, 3) ? " CLUSTER" : "").append(yes(r, 4) ? "" : " INVALID");
        line.append(yes(r, 10) ? " REPLICA IDENTITY" : "");
        return line + (r.get(11) == null ? "" : ", tablespace \"" + r.get(11) + "\"");
    }

    private static boolean yes(List<String> row, int column) {
        return "t".equals(row.get(column));
    }

    private void foreignKeys() {
        String ours = relation.partition() || relation.is("p")
                ? "c.conrelid IN (SELECT relid FROM pg_catalog.pg_partition_ancestors(" + oid + ") relid"
                        + " UNION ALL VALUES (" + oid + "::pg_catalog.regclass)) AND c.conparentid = 0"
                : "c.conrelid = " + oid + " AND c.conparentid = 0";
        block("Foreign-key constraints:", "SELECT c.conrelid = " + oid + "::pg_catalog.oid AS same, c.conname,"
                + " pg_catalog.pg_get_constraintdef(c.oid, true), c.conrelid::pg_catalog.regclass"
                + " FROM pg_catalog.pg_constraint c WHERE " + ours + " AND c.contype = 'f' ORDER BY 1 DESC, 2",
                r -> yes(r, 0) ? "    \"" + r.get(1) + "\" " + r.get(2)
                        : "    TABLE \"" + r.get(3) + "\" CONSTRAINT \"" + r.get(1) + "\" " + r.get(2));
        block("Referenced by:", "SELECT c.conname, c.conrelid::pg_catalog.regclass,"
                + " pg_catalog.pg_get_constraintdef(c.oid, true) FROM pg_catalog.pg_constraint c"
                + " WHERE c.confrelid IN (SELECT relid FROM pg_catalog.pg_partition_ancestors(" + oid + ") relid"
                + " UNION ALL VALUES (" + oid + "::pg_catalog.regclass)) AND c.contype = 'f' AND c.conparentid = 0"
                + " ORDER BY c.conname",
                r -> "    TABLE \"" + r.get(1) + "\" CONSTRAINT \"" + r.get(0) + "\" " + r.get(2));
    }

    private void policies() {
        List<String> lines = new ArrayList<>();
        for (List<String> r : call.rows("SELECT p.polname, p.polpermissive, CASE WHEN p.polroles = '{0}' THEN NULL"
                + " ELSE pg_catalog.array_to_string(ARRAY(SELECT r.rolname FROM pg_catalog.pg_roles r"
                + " WHERE r.oid = ANY (p.polroles) ORDER BY 1), ',') END,"
                + " pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid),"
                + " CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'"
                + " WHEN 'd' THEN 'DELETE' END FROM pg_catalog.pg_policy p WHERE p.polrelid = " + oid
                + " ORDER BY 1")) {
            lines.add("    POLICY \"" + r.get(0) + "\"" + (yes(r, 1) ? "" : " AS RESTRICTIVE")
                    + given(" FOR ", r.get(5), "") + given("\n      TO ", r.get(2), "")
                    + given("\n      USING (", r.get(3), ")") + given("\n      WITH CHECK (", r.get(4), ")"));
        }
        String forced = relation.forced() ? "forced " : "";
        if (relation.security() && lines.isEmpty()) {
            table.footer("Policies (" + forced + "row security enabled): (none)");
        } else if (relation.security()) {
            block(table, relation.forced() ? "Policies (forced row security enabled):" : "Policies:", lines);
        } else {
            block(table, "Policies (row security disabled):", lines);
        }
    }

    private static String given(String before, String text, String after) {
        return text == null ? "" : before + text + after;
    }

    private void statistics() {
        String columns = call.since(14) ? "pg_catalog.pg_get_statisticsobjdef_columns(s.oid)"
                : "(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ')"
                        + " FROM pg_catalog.unnest(s.stxkeys) k (attnum) JOIN pg_catalog.pg_attribute a"
                        + " ON s.stxrelid = a.attrelid AND k.attnum = a.attnum AND NOT a.attisdropped)";
        block("Statistics objects:", "SELECT s.stxrelid::pg_catalog.regclass,"
                + " s.stxnamespace::pg_catalog.regnamespace::pg_catalog.text AS nsp, s.stxname, " + columns
                + ", 'd' = ANY (s.stxkind), 'f' = ANY (s.stxkind), 'm' = ANY (s.stxkind), "
                + (call.since(13) ? "s.stxstattarget" : "-1")
                + " FROM pg_catalog.pg_statistic_ext s WHERE s.stxrelid = " + oid + " ORDER BY "
                + (call.since(14) ? "nsp, s.stxname" : "s.oid"), this::statistics);
    }

    private String statistics(List<String> r) {
        List<String> kinds = new ArrayList<>();
        String[] names = {"ndistinct", "dependencies", "mcv"};
        for (int i = 0; i < names.length; i++) {
            if (yes(r, 4 + i)) {
                kinds.add(names[i]);
            }
        }
        // since 14 all kinds together are not named
        boolean some = !kinds.isEmpty() && (kinds.size() < names.length || !call.since(14));
        String target = r.get(7) == null || r.get(7).equals("-1") ? "" : "; STATISTICS " + r.get(7);
        return "    \"" + r.get(1) + "." + r.get(2) + "\"" + (some ? " (" + String.join(", ", kinds) + ")" : "")
                + " ON " + r.get(3) + " FROM " + r.get(0) + target;
    }

    private void rules() {
        List<List<String>> rows = call.rows("SELECT " + DEFINITION + ","
                + " r.ev_enabled FROM pg_catalog.pg_rewrite r WHERE r.ev_class = " + oid + " ORDER BY r.rulename");
        rules("Rules:", rows, "O");
        rules("Disabled rules:", rows, "D");
        rules("Rules firing always:", rows, "A");
        rules("Rules firing on replica only:", rows, "R");
    }

    private void rules(String heading, List<List<String>> rows, String enabled) {
        block(table, heading, rows.stream().filter(r -> r.get(1).equals(enabled)).map(r -> "    " + r.get(0)).toList());
    }

    private void publications() {
        String own = call.since(15) ? "pg_catalog.pg_get_expr(pr.prqual, pr.prrelid), CASE WHEN pr.prattrs IS NOT NULL"
                + " THEN (SELECT pg_catalog.string_agg(a.attname, ', ') FROM pg_catalog.generate_series(0,"
                + " pg_catalog.array_upper(pr.prattrs::pg_catalog.int2[], 1)) s, pg_catalog.pg_attribute a"
                + " WHERE a.attrelid = pr.prrelid AND a.attnum = pr.prattrs[s]) END" : "NULL, NULL";
        String schemas = call.since(15) ? "SELECT p.pubname, NULL, NULL FROM pg_catalog.pg_publication p"
                + " JOIN pg_catalog.pg_publication_namespace pn ON p.oid = pn.pnpubid"
                + " JOIN pg_catalog.pg_class c ON c.relnamespace = pn.pnnspid WHERE c.oid = " + oid
                + " AND pg_catalog.pg_relation_is_publishable(" + oid + ") UNION " : "";
        block("Publications:", schemas + "SELECT p.pubname, " + own + " FROM pg_catalog.pg_publication p"
                + " JOIN pg_catalog.pg_publication_rel pr ON p.oid = pr.prpubid WHERE pr.prrelid = " + oid
                + " UNION SELECT p.pubname, NULL, NULL FROM pg_catalog.pg_publication p WHERE p.puballtables"
                + " AND pg_catalog.pg_relation_is_publishable(" + oid + ") ORDER BY 1",
                r -> "    \"" + r.get(0) + "\"" + given(" (", r.get(2), ")") + given(" WHERE ", r.get(1), ""));
    }
}
