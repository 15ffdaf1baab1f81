package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.ArrayList;
import java.util.List;

/** Text search: {@code \dF \dFp \dFd \dFt}. */
final class TextSearch {

    private TextSearch() { }

    private static Listing listing(Call call, String catalog, String prefix, String visible) {
        return new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "x." + prefix + "name")
                .from("pg_catalog." + catalog + " x LEFT JOIN pg_catalog.pg_namespace n ON n.oid = x." + prefix
                        + "namespace")
                .matching(Match.qualified("n.nspname", "x." + prefix + "name",
                        "pg_catalog." + visible + "(x.oid)"))
                .orderBy("1, 2");
    }

    static boolean configurations(Call call) {
        Listing list = listing(call, "pg_ts_config", "cfg", "pg_ts_config_is_visible");
        if (!call.verbose()) {
            return list.column("Description", Sql.comment("x.oid", "pg_ts_config"))
                    .print("List of text search configurations");
        }
        List<List<String>> rows = list.column("oid", "x.oid").column("parser", "p.prsname").column("ns", "np.nspname")
                .from("pg_catalog.pg_ts_config x LEFT JOIN pg_catalog.pg_namespace n ON n.oid = x.cfgnamespace,"
                        + " pg_catalog.pg_ts_parser p LEFT JOIN pg_catalog.pg_namespace np ON np.oid = p.prsnamespace")
                .where("p.oid = x.cfgparser").orderBy("n.nspname, x.cfgname").ask().rows();
        if (rows.isEmpty()) {
            return none(call, "text search configuration");
        }
        rows.forEach(row -> configuration(call, row));
        return true;
    }

    private static boolean none(Call call, String what) {
        call.error(call.pattern().map(p -> "Did not find any " + what + " named \"" + p + "\".")
                .orElse("Did not find any " + what + "s."));
        return false;
    }

    private static void configuration(Call call, List<String> row) {
        String oid = row.get(2);
        Catalog.Answer tokens = call.catalog().query("SELECT (SELECT t.alias FROM pg_catalog.ts_token_type(c.cfgparser)"
                + " t WHERE t.tokid = m.maptokentype) AS \"Token\","
                + " pg_catalog.btrim(ARRAY(SELECT mm.mapdict::pg_catalog.regdictionary"
                + " FROM pg_catalog.pg_ts_config_map mm WHERE mm.mapcfg = m.mapcfg"
                + " AND mm.maptokentype = m.maptokentype ORDER BY mm.mapcfg, mm.maptokentype, mm.mapseqno)"
                + "::pg_catalog.text, '{}') AS \"Dictionaries\""
                + " FROM pg_catalog.pg_ts_config c, pg_catalog.pg_ts_config_map m"
                + " WHERE c.oid = " + oid + " AND m.mapcfg = c.oid"
                + " GROUP BY m.mapcfg, m.maptokentype, c.cfgparser ORDER BY 1");
        String title = "Text search configuration \"" + qualified(row.get(0), row.get(1)) + "\"\nParser: \""
                + qualified(row.get(4), row.get(3)) + "\"";
        new Table(title, tokens.columns(), tokens.rows()).print(call);
    }

    private static String qualified(String schema, String name) {
        return schema == null ? name : schema + "." + name;
    }

    static boolean parsers(Call call) {
        Listing list = listing(call, "pg_ts_parser", "prs", "pg_ts_parser_is_visible");
        if (!call.verbose()) {
            return list.column("Description", Sql.comment("x.oid", "pg_ts_parser"))
                    .print("List of text search parsers");
        }
        List<List<String>> rows = list.column("oid", "x.oid").ask().rows();
        if (rows.isEmpty()) {
            return none(call, "text search parser");
        }
        rows.forEach(row -> parser(call, row));
        return true;
    }

    private static void parser(Call call, List<String> row) {
        String name = qualified(row.get(0), row.get(1));
        List<String> methods = new ArrayList<>();
        methods.add(method("Start parse", "prsstart", row.get(2)));
        methods.add(method("Get next token", "prstoken", row.get(2)));
        methods.add(method("End parse", "prsend", row.get(2)));
        methods.add(method("Get headline", "prsheadline", row.get(2)));
        methods.add(method("Get token types", "prslextype", row.get(2)));
        Catalog.Answer answer = call.catalog().query(String.join(" UNION ALL ", methods));
        new Table("Text search parser \"" + name + "\"", answer.columns(), answer.rows()).print(call);
        Catalog.Answer types = call.catalog().query("SELECT t.alias AS \"Token name\","
                + " t.description AS \"Description\" FROM pg_catalog.ts_token_type(" + row.get(2)
                + "::pg_catalog.oid) AS t ORDER BY 1");
        call.withFooter().print("Token types for parser \"" + name + "\"", types, List.of());
    }

    private static String method(String what, String column, String oid) {
        return "SELECT '" + what + "' AS \"Method\", p." + column + "::pg_catalog.regproc AS \"Function\","
                + " pg_catalog.obj_description(p." + column + ", 'pg_proc') AS \"Description\""
                + " FROM pg_catalog.pg_ts_parser p WHERE p.oid = " + oid;
    }

    static boolean dictionaries(Call call) {
        return listing(call, "pg_ts_dict", "dict", "pg_ts_dict_is_visible")
                .verbose("Template", "(SELECT COALESCE(nt.nspname, '(null)')::pg_catalog.text || '.' || t.tmplname"
                        + " FROM pg_catalog.pg_ts_template t"
                        + " LEFT JOIN pg_catalog.pg_namespace nt ON nt.oid = t.tmplnamespace"
                        + " WHERE x.dicttemplate = t.oid)")
                .verbose("Init options", "x.dictinitoption")
                .column("Description", Sql.comment("x.oid", "pg_ts_dict"))
                .print("List of text search dictionaries");
    }

    static boolean templates(Call call) {
        return listing(call, "pg_ts_template", "tmpl", "pg_ts_template_is_visible")
                .verbose("Init", "x.tmplinit::pg_catalog.regproc")
                .verbose("Lexize", "x.tmpllexize::pg_catalog.regproc")
                .column("Description", Sql.comment("x.oid", "pg_ts_template"))
                .print("List of text search templates");
    }
}
