package dev.stepmark.session.jdbc.describe;

import java.util.List;

/** The source of functions and views: {@code \sf} and {@code \sv}. */
final class Definitions {

    private Definitions() { }

    static boolean function(Call call) {
        String name = call.pattern().map(String::strip).filter(n -> !n.isEmpty())
                .orElseThrow(() -> new Call.Rejected("function name is required"));
        String type = name.indexOf('(') >= 0 ? "regprocedure" : "regproc";
        String oid = call.rows("SELECT " + Sql.literal(name) + "::pg_catalog." + type + "::pg_catalog.oid").get(0)
                .get(0);
        String text = call.rows("SELECT pg_catalog.pg_get_functiondef(" + oid + ")").get(0).get(0);
        print(call, text, true);
        return true;
    }

    static boolean view(Call call) {
        String name = call.pattern().map(String::strip).filter(n -> !n.isEmpty())
                .orElseThrow(() -> new Call.Rejected("view name is required"));
        String oid = call.rows("SELECT " + Sql.literal(name) + "::pg_catalog.regclass::pg_catalog.oid").get(0).get(0);
        List<String> row = call.rows("SELECT pg_catalog.quote_ident(n.nspname), pg_catalog.quote_ident(c.relname),"
                + " c.relkind, pg_catalog.pg_get_viewdef(c.oid, true),"
                + " (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(o.option_name) || '='"
                + " || CASE WHEN pg_catalog.quote_ident(o.option_value) = o.option_value THEN o.option_value"
                + " ELSE pg_catalog.quote_literal(o.option_value) END, ', ')"
                + " FROM pg_catalog.pg_options_to_table(c.reloptions) o WHERE o.option_name <> 'check_option'),"
                + " CASE WHEN 'check_option=local' = ANY (c.reloptions) THEN 'LOCAL'"
                + " WHEN 'check_option=cascaded' = ANY (c.reloptions) THEN 'CASCADED' END,"
                + " n.nspname || '.' || c.relname"
                + " FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON c.relnamespace = n.oid"
                + " WHERE c.oid = " + oid).get(0);
        if (!row.get(2).equals("v")) {
            throw new Call.Rejected("\"" + row.get(6) + "\" is not a view");
        }
        String options = row.get(4) == null || row.get(4).isEmpty() ? "" : "\n WITH (" + row.get(4) + ")";
        String check = row.get(5) == null ? "" : "\n WITH " + row.get(5) + " CHECK OPTION";
        String body = row.get(3).endsWith(";") ? row.get(3).substring(0, row.get(3).length() - 1) : row.get(3);
        print(call, "CREATE OR REPLACE VIEW " + row.get(0) + "." + row.get(1) + options + " AS\n" + body + check + "\n",
                false);
        return true;
    }

    private static void print(Call call, String text, boolean function) {
        String whole = text.endsWith("\n") ? text : text + "\n";
        if (!call.verbose()) {
            call.output().out(whole);
            return;
        }
        StringBuilder out = new StringBuilder();
        boolean header = function;
        int number = 0;
        for (String line : whole.substring(0, whole.length() - 1).split("\n", -1)) {
            // the server counts the lines of a function from its body on
            header = header && !(line.startsWith("AS ") || line.startsWith("BEGIN ") || line.startsWith("RETURN "));
            out.append(header ? "        " : String.format("%-7d ", ++number)).append(line).append('\n');
        }
        call.output().out(out.toString());
    }
}
