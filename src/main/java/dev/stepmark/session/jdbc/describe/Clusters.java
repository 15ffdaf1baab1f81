package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;
import java.util.ArrayList;
import java.util.List;

/** Databases, tablespaces, schemas and large objects: {@code \l \db \dn \dl}. */
final class Clusters {

    private Clusters() { }

    static boolean databases(Call call) {
        String icu = call.since(17) ? "d.datlocale" : call.since(15) ? "d.daticulocale" : "NULL";
        String provider = call.since(15) ? "CASE d.datlocprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu'"
                + " WHEN 'b' THEN 'builtin' END" : "'libc'";
        return new Listing(call)
                .column("Name", "d.datname")
                .column("Owner", Sql.owner("d.datdba"))
                .column("Encoding", "pg_catalog.pg_encoding_to_char(d.encoding)")
                .column("Collate", "d.datcollate")
                .column("Ctype", "d.datctype")
                .column("ICU Locale", icu)
                .column("Locale Provider", provider)
                .column("Access privileges", Sql.acl("d.datacl"))
                .verbose("Size", "CASE WHEN pg_catalog.has_database_privilege(d.datname, 'CONNECT')"
                        + " THEN pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(d.datname))"
                        + " ELSE 'No Access' END")
                .verbose("Tablespace", "t.spcname")
                .verbose("Description", Sql.sharedComment("d.oid", "pg_database"))
                .from("pg_catalog.pg_database d JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace")
                .matching(Match.name("d.datname"))
                .print("List of databases");
    }

    static boolean tablespaces(Call call) {
        return new Listing(call)
                .column("Name", "spcname")
                .column("Owner", Sql.owner("spcowner"))
                .column("Location", "pg_catalog.pg_tablespace_location(oid)")
                .verbose("Access privileges", Sql.acl("spcacl"))
                .verbose("Options", "spcoptions")
                .verbose("Size", "pg_catalog.pg_size_pretty(pg_catalog.pg_tablespace_size(oid))")
                .verbose("Description", Sql.sharedComment("oid", "pg_tablespace"))
                .from("pg_catalog.pg_tablespace")
                .matching(Match.name("spcname"))
                .print("List of tablespaces");
    }

    static boolean schemas(Call call) {
        Catalog.Answer answer = new Listing(call)
                .column("Name", "n.nspname")
                .column("Owner", Sql.owner("n.nspowner"))
                .verbose("Access privileges", Sql.acl("n.nspacl"))
                .verbose("Description", Sql.comment("n.oid", "pg_namespace"))
                .from("pg_catalog.pg_namespace n")
                .where(!call.system() && call.pattern().isEmpty(),
                        "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'")
                .matching(Match.ofDatabase("n.nspname"))
                .ask();
        call.print("List of schemas", answer, publications(call));
        return true;
    }

    /** Which publications have all tables of the schema that was asked for. */
    private static List<String> publications(Call call) {
        List<String> lines = new ArrayList<>();
        if (call.pattern().isPresent() && call.since(15)) {
            call.rows("SELECT p.pubname FROM pg_catalog.pg_publication p"
                    + " JOIN pg_catalog.pg_publication_namespace pn ON p.oid = pn.pnpubid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = pn.pnnspid"
                    + " WHERE n.nspname = " + Sql.literal(call.pattern().get()) + " ORDER BY 1")
                    .forEach(row -> lines.add("    \"" + row.get(0) + "\""));
        }
        if (!lines.isEmpty()) {
            lines.add(0, "Publications:");
        }
        return lines;
    }

    static boolean largeObjects(Call call) {
        return new Listing(call)
                .column("ID", "m.oid")
                .column("Owner", Sql.owner("m.lomowner"))
                .verbose("Access privileges", Sql.acl("m.lomacl"))
                .column("Description", Sql.comment("m.oid", "pg_largeobject"))
                .from("pg_catalog.pg_largeobject_metadata m")
                .print("Large objects");
    }
}
