package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.ArrayList;
import java.util.List;

/** Roles and their settings: {@code \du}, {@code \dg}, {@code \drds}. */
final class Roles {

    private Roles() { }

    static boolean roles(Call call) {
        List<List<String>> rows = new Listing(call)
                .column("name", "r.rolname")
                .column("super", "r.rolsuper")
                .column("inherit", "r.rolinherit")
                .column("createrole", "r.rolcreaterole")
                .column("createdb", "r.rolcreatedb")
                .column("login", "r.rolcanlogin")
                .column("replication", "r.rolreplication")
                .column("bypass", "r.rolbypassrls")
                .column("limit", "r.rolconnlimit")
                .column("until", "r.rolvaliduntil")
                .column("member", "ARRAY(SELECT b.rolname FROM pg_catalog.pg_auth_members m"
                        + " JOIN pg_catalog.pg_roles b ON m.roleid = b.oid WHERE m.member = r.oid)")
                .verbose("comment", Sql.sharedComment("r.oid", "pg_authid"))
                .from("pg_catalog.pg_roles r")
                .where(!call.system() && call.pattern().isEmpty(), "r.rolname !~ '^pg_'")
                .matching(Match.name("r.rolname"))
                .ask().rows();
        List<String> columns = new ArrayList<>(List.of("Role name", "Attributes", "Member of"));
        if (call.verbose()) {
            columns.add("Description");
        }
        List<List<String>> table = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> line = new ArrayList<>(List.of(row.get(0), attributes(row), row.get(10)));
            if (call.verbose()) {
                line.add(row.get(11));
            }
            table.add(line);
        }
        new Table("List of roles", columns, table).print(call);
        return true;
    }

    private static String attributes(List<String> row) {
        List<String> words = new ArrayList<>();
        add(words, row.get(1).equals("t"), "Superuser");
        add(words, row.get(2).equals("f"), "No inheritance");
        add(words, row.get(3).equals("t"), "Create role");
        add(words, row.get(4).equals("t"), "Create DB");
        add(words, row.get(5).equals("f"), "Cannot login");
        add(words, row.get(6).equals("t"), "Replication");
        add(words, row.get(7).equals("t"), "Bypass RLS");
        StringBuilder text = new StringBuilder(String.join(", ", words));
        long limit = Long.parseLong(row.get(8));
        if (limit >= 0) {
            line(text, limit == 0 ? "No connections" : limit == 1 ? "1 connection" : limit + " connections");
        }
        if (row.get(9) != null) {
            line(text, "Password valid until " + row.get(9));
        }
        return text.toString();
    }

    private static void add(List<String> words, boolean holds, String word) {
        if (holds) {
            words.add(word);
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(text.isEmpty() ? "" : "\n").append(line);
    }

    static boolean settings(Call call) {
        Listing listing = new Listing(call)
                .column("Role", "r.rolname")
                .column("Database", "d.datname")
                .column("Settings", "pg_catalog.array_to_string(s.setconfig, E'\\n')")
                .from("pg_catalog.pg_db_role_setting s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase"
                        + " LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole")
                .matching(Match.name("r.rolname"), call.argument(0))
                .matching(Match.name("d.datname"), call.argument(1))
                .orderBy("1, 2");
        Catalog.Answer answer = listing.ask();
        if (!answer.rows().isEmpty()) {
            call.print("List of settings", answer, List.of());
        } else if (call.arguments().isEmpty()) {
            call.error("Did not find any settings.");
        } else {
            call.error("Did not find any settings for role \"" + call.arguments().get(0) + "\""
                    + call.argument(1).map(d -> " and database \"" + d + "\"").orElse("") + ".");
        }
        return true;
    }
}
