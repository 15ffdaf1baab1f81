package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.List;

/** Access methods with what they are made of: {@code \dA \dAc \dAf \dAo \dAp}. */
final class AccessMethods {

    private AccessMethods() { }

    static boolean accessMethods(Call call) {
        return new Listing(call)
                .column("Name", "am.amname")
                .column("Type", "CASE am.amtype WHEN 'i' THEN 'Index' WHEN 't' THEN 'Table' END")
                .verbose("Handler", "am.amhandler")
                .verbose("Description", Sql.comment("am.oid", "pg_am"))
                .from("pg_catalog.pg_am am")
                .matching(Match.name("am.amname"))
                .print("List of access methods");
    }

    private static String qualified(String visible, String schema, String name) {
        return "CASE WHEN " + visible + " THEN pg_catalog.format('%I', " + name + ")"
                + " ELSE pg_catalog.format('%I.%I', " + schema + ", " + name + ") END";
    }

    private static String family() {
        return qualified("pg_catalog.pg_opfamily_is_visible(f.oid)", "fn.nspname", "f.opfname");
    }

    private static String type(String oid) {
        return "pg_catalog.format_type(" + oid + ", NULL)";
    }

    static boolean operatorClasses(Call call) {
        String from = "pg_catalog.pg_opclass c JOIN pg_catalog.pg_am am ON am.oid = c.opcmethod"
                + " LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace"
                + " LEFT JOIN pg_catalog.pg_type t ON t.oid = c.opcintype"
                + " LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace"
                + " LEFT JOIN pg_catalog.pg_opfamily f ON f.oid = c.opcfamily"
                + " LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace";
        return new Listing(call)
                .column("AM", "am.amname")
                .column("Input type", type("c.opcintype"))
                .column("Storage type", "CASE WHEN c.opckeytype <> 0 AND c.opckeytype <> c.opcintype THEN "
                        + type("c.opckeytype") + " END")
                .column("Operator class", qualified("pg_catalog.pg_opclass_is_visible(c.oid)", "n.nspname",
                        "c.opcname"))
                .column("Default?", Sql.yesNo("c.opcdefault"))
                .verbose("Operator family", family())
                .verbose("Owner", Sql.owner("c.opcowner"))
                .from(from)
                .matching(Match.name("am.amname"), call.argument(0))
                .matching(Match.qualified("tn.nspname", "t.typname", visibleWhenNamed(call)).or(type("t.oid")),
                        Types.pattern(call.argument(1)))
                .orderBy("1, 2, 4")
                .print("List of operator classes");
    }

    private static String visibleWhenNamed(Call call) {
        return call.argument(1).isPresent() ? "pg_catalog.pg_type_is_visible(t.oid)" : "";
    }

    static boolean operatorFamilies(Call call) {
        Match types = Match.qualified("tn.nspname", "t.typname", "pg_catalog.pg_type_is_visible(t.oid)")
                .or(type("t.oid"));
        List<String> named = Types.pattern(call.argument(1))
                .map(p -> NamePattern.of(p).conditions(types, call.catalog().database())).orElse(List.of());
        return new Listing(call)
                .column("AM", "am.amname")
                .column("Operator family", family())
                .column("Applicable types", "(SELECT pg_catalog.string_agg(" + type("oc.opcintype") + ", ', ')"
                        + " FROM pg_catalog.pg_opclass oc WHERE oc.opcfamily = f.oid)")
                .verbose("Owner", Sql.owner("f.opfowner"))
                .from("pg_catalog.pg_opfamily f JOIN pg_catalog.pg_am am ON am.oid = f.opfmethod"
                        + " LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace")
                .matching(Match.name("am.amname"), call.argument(0))
                .where(!named.isEmpty(), "EXISTS (SELECT 1 FROM pg_catalog.pg_type t"
                        + " JOIN pg_catalog.pg_opclass oc ON oc.opcintype = t.oid"
                        + " LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace"
                        + " WHERE oc.opcfamily = f.oid AND " + String.join(" AND ", named) + ")")
                .orderBy("1, 2")
                .print("List of operator families");
    }

    static boolean operators(Call call) {
        return new Listing(call)
                .column("AM", "am.amname")
                .column("Operator family", family())
                .column("Operator", "o.amopopr::pg_catalog.regoperator")
                .column("Strategy", "o.amopstrategy")
                .column("Purpose", "CASE o.amoppurpose WHEN 'o' THEN 'ordering' WHEN 's' THEN 'search' END")
                .verbose("Sort opfamily", "so.opfname")
                .from("pg_catalog.pg_amop o JOIN pg_catalog.pg_opfamily f ON f.oid = o.amopfamily"
                        + " JOIN pg_catalog.pg_am am ON am.oid = f.opfmethod AND am.oid = o.amopmethod"
                        + " LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace"
                        + " LEFT JOIN pg_catalog.pg_opfamily so ON o.amopsortfamily = so.oid")
                .matching(Match.name("am.amname"), call.argument(0))
                .matching(Match.qualified("fn.nspname", "f.opfname", ""), call.argument(1))
                .orderBy("1, 2, o.amoplefttype = o.amoprighttype DESC, " + type("o.amoplefttype") + ", "
                        + type("o.amoprighttype") + ", o.amopstrategy")
                .print("List of operators of operator families");
    }

    static boolean functions(Call call) {
        return new Listing(call)
                .column("AM", "am.amname")
                .column("Operator family", family())
                .column("Registered left type", type("ap.amproclefttype"))
                .column("Registered right type", type("ap.amprocrighttype"))
                .column("Number", "ap.amprocnum")
                .column("Function", call.verbose() ? "ap.amproc::pg_catalog.regprocedure" : "p.proname")
                .from("pg_catalog.pg_amproc ap JOIN pg_catalog.pg_opfamily f ON f.oid = ap.amprocfamily"
                        + " JOIN pg_catalog.pg_am am ON am.oid = f.opfmethod"
                        + " LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace"
                        + " LEFT JOIN pg_catalog.pg_proc p ON p.oid = ap.amproc")
                .matching(Match.name("am.amname"), call.argument(0))
                .matching(Match.qualified("fn.nspname", "f.opfname", ""), call.argument(1))
                .orderBy("1, 2, ap.amproclefttype = ap.amprocrighttype DESC, 3, 4, 5")
                .print("List of support functions of operator families");
    }
}
