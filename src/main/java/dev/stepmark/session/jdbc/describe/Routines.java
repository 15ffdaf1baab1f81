package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions of all kinds: {@code \df \da}. */
final class Routines {

    private static final String KINDS = "anptw";

    private Routines() { }

    static boolean aggregates(Call call) {
        return new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "p.proname")
                .column("Result data type", "pg_catalog.format_type(p.prorettype, NULL)")
                .column("Argument data types", "CASE WHEN p.pronargs = 0 THEN '*'::pg_catalog.text"
                        + " ELSE pg_catalog.pg_get_function_arguments(p.oid) END")
                .column("Description", Sql.comment("p.oid", "pg_proc"))
                .from("pg_catalog.pg_proc p LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace")
                .where("p.prokind = 'a'")
                .withoutSystem("n.nspname")
                .matching(Match.qualified("n.nspname", "p.proname", "pg_catalog.pg_function_is_visible(p.oid)"))
                .orderBy("1, 2, 4")
                .print("List of aggregate functions");
    }

    static boolean functions(Call call, String letters) {
        String wrong = letters.substring(1).replaceAll("[anptwS+]", "");
        if (!wrong.isEmpty()) {
            throw new Call.Rejected("\\df only takes [anptwS+] as options");
        }
        List<String> patterns = call.arguments().isEmpty() ? List.of() : call.arguments().subList(1,
                call.arguments().size());
        StringBuilder from = new StringBuilder("pg_catalog.pg_proc p"
                + " LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace");
        for (int i = 0; i < patterns.size(); i++) {
            from.append(ArgumentTypes.join(i, "p.proargtypes[" + i + "]"));
        }
        if (call.verbose()) {
            from.append(" LEFT JOIN pg_catalog.pg_language l ON l.oid = p.prolang");
        }
        Listing listing = columns(call).from(from.toString()).where(kinds(letters))
                .withoutSystem("n.nspname")
                .matching(Match.qualified("n.nspname", "p.proname", "pg_catalog.pg_function_is_visible(p.oid)"))
                .orderBy("1, 2, 4");
        for (int i = 0; i < patterns.size(); i++) {
            ArgumentTypes.condition(call, i, Optional.of(patterns.get(i))).forEach(listing::where);
        }
        return listing.print("List of functions");
    }

    private static Listing columns(Call call) {
        return new Listing(call)
                .column("Schema", "n.nspname")
                .column("Name", "p.proname")
                .column("Result data type", "pg_catalog.pg_get_function_result(p.oid)")
                .column("Argument data types", "pg_catalog.pg_get_function_arguments(p.oid)")
                .column("Type", "CASE p.prokind WHEN 'a' THEN 'agg' WHEN 'w' THEN 'window' WHEN 'p' THEN 'proc'"
                        + " ELSE 'func' END")
                .verbose("Volatility", "CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable'"
                        + " WHEN 'v' THEN 'volatile' END")
                .verbose("Parallel", "CASE p.proparallel WHEN 'r' THEN 'restricted' WHEN 's' THEN 'safe'"
                        + " WHEN 'u' THEN 'unsafe' END")
                .verbose("Owner", Sql.owner("p.proowner"))
                .verbose("Security", "CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END")
                .verbose("Access privileges", Sql.acl("p.proacl"))
                .verbose("Language", "l.lanname")
                .verbose("Source code", call.since(14)
                        ? "COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc)" : "p.prosrc")
                .verbose("Description", Sql.comment("p.oid", "pg_proc"));
    }

    /** No letter, or all, means all kinds; all but plain functions is said by leaving out, else by naming. */
    private static String kinds(String letters) {
        boolean[] wanted = new boolean[KINDS.length()];
        boolean any = false;
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = letters.indexOf(KINDS.charAt(i), 1) >= 0;
            any |= wanted[i];
        }
        if (!any) {
            return "true";
        }
        String trigger = "'pg_catalog.trigger'::pg_catalog.regtype";
        List<String> tests = new ArrayList<>();
        if (wanted[1]) {
            add(tests, !wanted[0], "p.prokind <> 'a'");
            add(tests, !wanted[2], "p.prokind <> 'p'");
            add(tests, !wanted[3], "p.prorettype <> " + trigger);
            add(tests, !wanted[4], "p.prokind <> 'w'");
            return tests.isEmpty() ? "true" : String.join(" AND ", tests);
        }
        add(tests, wanted[0], "p.prokind = 'a'");
        add(tests, wanted[2], "p.prokind = 'p'");
        add(tests, wanted[3], "p.prorettype = " + trigger);
        add(tests, wanted[4], "p.prokind = 'w'");
        return String.join(" OR ", tests);
    }

    private static void add(List<String> tests, boolean wanted, String test) {
        if (wanted) {
            tests.add(test);
        }
    }
}
