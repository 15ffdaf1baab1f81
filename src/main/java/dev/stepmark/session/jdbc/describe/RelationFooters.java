package dev.stepmark.session.jdbc.describe;

import java.util.ArrayList;
import java.util.List;

/** What stands below a relation's columns, in psql's order. */
final class RelationFooters {

    private final Call call;
    private final Relation relation;
    private final String oid;
    private final String schema;
    private final Table table;

    RelationFooters(Call call, Relation relation, String schema, Table table) {
        this.call = call;
        this.relation = relation;
        this.oid = relation.oid();
        this.schema = schema;
        this.table = table;
    }

    void add() {
        if (relation.partition()) {
            partition();
        }
        if (relation.is("p")) {
            table.footer("Partition key: " + one("SELECT pg_catalog.pg_get_partkeydef(" + oid + ")"));
        }
        if (relation.is("t")) {
            call.rows("SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.reltoastrelid = " + oid)
                    .forEach(r -> table.footer("Owning table: \"" + r.get(0) + "." + r.get(1) + "\""));
        }
        if (relation.is("i", "I")) {
            index();
        } else if (relation.is("r", "m", "f", "p", "t")) {
            new RelationRules(call, relation, table).add();
        }
        if (call.verbose() && relation.is("v", "m")) {
            view();
        }
        if (relation.triggers()) {
            triggers();
        }
        if (relation.is("r", "m", "f", "p", "I", "t")) {
            family();
        }
        if (call.verbose() && !relation.options().isEmpty()) {
            table.footer("Options: " + relation.options());
        }
    }

    private String one(String sql) {
        List<List<String>> rows = call.rows(sql);
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    private void partition() {
        String detached = call.since(14) ? "i.inhdetachpending" : "false";
        List<String> row = call.rows("SELECT i.inhparent::pg_catalog.regclass,"
                + " pg_catalog.pg_get_expr(c.relpartbound, c.oid), " + detached
                + ", pg_catalog.pg_get_partition_constraintdef(c.oid)"
                + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_inherits i ON c.oid = i.inhrelid WHERE c.oid = "
                + oid).get(0);
        table.footer("Partition of: " + row.get(0) + " " + (row.get(1) == null ? "" : row.get(1))
                + (row.get(2).equals("t") ? " DETACH PENDING" : ""));
        if (call.verbose()) {
            table.footer(row.get(3) == null || row.get(3).isEmpty() ? "No partition constraint"
                    : "Partition constraint: " + row.get(3));
        }
    }

    private void index() {
        List<List<String>> rows = call.rows("SELECT i.indisunique, i.indisprimary, am.amname, i.indisclustered,"
                + " i.indisvalid, " + constraint("condeferrable") + ", " + constraint("condeferred")
                + ", i.indisreplident, c2.relname, pg_catalog.pg_get_expr(i.indpred, i.indrelid, true), "
                + (call.since(15) ? "i.indnullsnotdistinct" : "false")
                + " FROM pg_catalog.pg_index i, pg_catalog.pg_class c, pg_catalog.pg_class c2, pg_catalog.pg_am am"
                + " WHERE i.indexrelid = c.oid AND c.oid = " + oid + " AND c.relam = am.oid AND i.indrelid = c2.oid");
        if (rows.isEmpty()) {
            return;
        }
        List<String> r = rows.get(0);
        StringBuilder text = new StringBuilder();
        if (r.get(1).equals("t")) {
            text.append("primary key, ");
        } else if (r.get(0).equals("t")) {
            text.append("unique").append(r.get(10).equals("t") ? " nulls not distinct" : "").append(", ");
        }
        text.append(r.get(2)).append(", for table \"").append(schema).append('.').append(r.get(8)).append('"');
        text.append(r.get(9) == null ? "" : ", predicate (" + r.get(9) + ")");
        text.append(r.get(3).equals("t") ? ", clustered" : "");
        text.append(r.get(4).equals("t") ? "" : ", invalid");
        text.append(r.get(5).equals("t") ? ", deferrable" : "");
        text.append(r.get(6).equals("t") ? ", initially deferred" : "");
        text.append(r.get(7).equals("t") ? ", replica identity" : "");
        table.footer(text.toString());
        if (relation.is("i")) {
            tablespace();
        }
    }

    private static String constraint(String column) {
        return "EXISTS (SELECT 1 FROM pg_catalog.pg_constraint con WHERE con.conrelid = i.indrelid"
                + " AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x') AND con." + column + ")";
    }

    private void tablespace() {
        if (!relation.tablespace().equals("0")) {
            call.rows("SELECT spcname FROM pg_catalog.pg_tablespace WHERE oid = " + relation.tablespace())
                    .forEach(r -> table.footer("Tablespace: \"" + r.get(0) + "\""));
        }
    }

    private void view() {
        table.footer("View definition:");
        table.footer(one("SELECT pg_catalog.pg_get_viewdef(" + oid + ", true)"));
        if (relation.rules()) {
            List<List<String>> rules = call.rows("SELECT " + RelationRules.DEFINITION
                    + " FROM pg_catalog.pg_rewrite r WHERE r.ev_class = " + oid
                    + " AND r.rulename <> '_RETURN' ORDER BY r.rulename");
            if (!rules.isEmpty()) {
                table.footer("Rules:");
                rules.forEach(r -> table.footer(" " + r.get(0)));
            }
        }
    }

    private void triggers() {
        String parent = call.since(13) ? "CASE WHEN t.tgparentid <> 0 THEN (SELECT u.tgrelid::pg_catalog.regclass"
                + " FROM pg_catalog.pg_trigger u, pg_catalog.pg_partition_ancestors(t.tgrelid)"
                + " WITH ORDINALITY AS a (relid, depth) WHERE u.tgname = t.tgname AND u.tgrelid = a.relid"
                + " AND u.tgparentid = 0 ORDER BY a.depth LIMIT 1) END" : "NULL";
        // before 15 the triggers that partitions took over count as internal
        String cloned = call.since(15) ? "" : " OR EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = t.oid"
                + " AND d.refclassid = 'pg_catalog.pg_trigger'::pg_catalog.regclass)";
        List<List<String>> rows = call.rows("SELECT pg_catalog.pg_get_triggerdef(t.oid, true), t.tgenabled,"
                + " t.tgisinternal, " + parent + " FROM pg_catalog.pg_trigger t WHERE t.tgrelid = " + oid
                + " AND (NOT t.tgisinternal OR t.tgenabled = 'D'" + cloned + ") ORDER BY t.tgname");
        triggers("Triggers:", rows, "O", null);
        triggers("Disabled user triggers:", rows, "D", "f");
        triggers("Disabled internal triggers:", rows, "D", "t");
        triggers("Triggers firing always:", rows, "A", null);
        triggers("Triggers firing on replica only:", rows, "R", null);
    }

    private void triggers(String heading, List<List<String>> rows, String enabled, String internal) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            if (row.get(1).equals(enabled) && (internal == null || row.get(2).equals(internal))) {
                String text = row.get(0);
                int at = text.indexOf(" TRIGGER ");
                lines.add("    " + (at < 0 ? text : text.substring(at + " TRIGGER ".length()))
                        + (row.get(3) == null ? "" : ", ON TABLE " + row.get(3)));
            }
        }
        RelationRules.block(table, heading, lines);
    }

    /** Server, parents, children and what else belongs to the storage. */
    private void family() {
        if (relation.is("f")) {
            foreign();
        }
        parents();
        children();
        if (!relation.type().isEmpty()) {
            table.footer("Typed table of type: " + relation.type());
        }
        String identity = relation.identity();
        String usual = schema.equals("pg_catalog") ? "n" : "d";
        if (call.verbose() && relation.is("r", "m") && !identity.equals("i") && !identity.equals(usual)) {
            table.footer("Replica Identity: " + (identity.equals("f") ? "FULL" : identity.equals("n") ? "NOTHING"
                    : "???"));
        }
        if (!relation.is("f")) {
            tablespace();
        }
        if (call.verbose() && relation.method() != null) {
            table.footer("Access method: " + relation.method());
        }
    }

    private void foreign() {
        List<String> row = call.rows("SELECT s.srvname, pg_catalog.array_to_string(ARRAY(SELECT"
                + " pg_catalog.quote_ident(option_name) || ' ' || pg_catalog.quote_literal(option_value)"
                + " FROM pg_catalog.pg_options_to_table(f.ftoptions)), ', ')"
                + " FROM pg_catalog.pg_foreign_table f, pg_catalog.pg_foreign_server s WHERE f.ftrelid = " + oid
                + " AND s.oid = f.ftserver").get(0);
        table.footer("Server: " + row.get(0));
        if (row.get(1) != null && !row.get(1).isEmpty()) {
            table.footer("FDW options: (" + row.get(1) + ")");
        }
    }

    private void parents() {
        List<List<String>> rows = call.rows("SELECT c.oid::pg_catalog.regclass FROM pg_catalog.pg_class c,"
                + " pg_catalog.pg_inherits i WHERE c.oid = i.inhparent AND i.inhrelid = " + oid
                + " AND c.relkind NOT IN ('p', 'I') ORDER BY i.inhseqno");
        list("Inherits", rows.stream().map(r -> r.get(0)).toList());
    }

    private void children() {
        String detached = call.since(14) ? "i.inhdetachpending" : "false";
        List<List<String>> rows = call.rows("SELECT c.oid::pg_catalog.regclass, c.relkind, " + detached
                + ", pg_catalog.pg_get_expr(c.relpartbound, c.oid) FROM pg_catalog.pg_class c,"
                + " pg_catalog.pg_inherits i WHERE c.oid = i.inhrelid AND i.inhparent = " + oid
                + " ORDER BY pg_catalog.pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT',"
                + " c.oid::pg_catalog.regclass::pg_catalog.text");
        boolean partitioned = relation.is("p", "I");
        if (partitioned && rows.isEmpty()) {
            table.footer("Number of partitions: 0");
        } else if (!call.verbose() && !rows.isEmpty()) {
            table.footer("Number of " + (partitioned ? "partitions" : "child tables") + ": " + rows.size()
                    + " (Use \\d+ to list them.)");
        } else {
            list(partitioned ? "Partitions" : "Child tables", rows.stream().map(RelationFooters::child).toList());
        }
    }

    private static String child(List<String> row) {
        String kind = row.get(1);
        return row.get(0) + (row.get(3) == null ? "" : " " + row.get(3))
                + (kind.equals("p") || kind.equals("I") ? ", PARTITIONED" : "") + (kind.equals("f") ? ", FOREIGN" : "")
                + (row.get(2).equals("t") ? " (DETACH PENDING)" : "");
    }

    /** One name a line, those after the first below it. */
    private void list(String heading, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            table.footer((i == 0 ? heading + ": " : " ".repeat(heading.length() + 2)) + lines.get(i)
                    + (i < lines.size() - 1 ? "," : ""));
        }
    }
}
