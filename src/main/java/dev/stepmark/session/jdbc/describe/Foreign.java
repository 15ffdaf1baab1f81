package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;

/** Foreign data: {@code \des \deu \dew \det}. */
final class Foreign {

    private Foreign() { }

    static boolean wrappers(Call call) {
        return new Listing(call)
                .column("Name", "w.fdwname")
                .column("Owner", Sql.owner("w.fdwowner"))
                .column("Handler", "w.fdwhandler::pg_catalog.regproc")
                .column("Validator", "w.fdwvalidator::pg_catalog.regproc")
                .verbose("Access privileges", Sql.acl("w.fdwacl"))
                .verbose("FDW options", Sql.foreignOptions("w.fdwoptions"))
                .verbose("Description", Sql.comment("w.oid", "pg_foreign_data_wrapper"))
                .from("pg_catalog.pg_foreign_data_wrapper w")
                .matching(Match.name("w.fdwname"))
                .print("List of foreign-data wrappers");
    }

    static boolean servers(Call call) {
        return new Listing(call)
                .column("Name", "s.srvname")
                .column("Owner", Sql.owner("s.srvowner"))
                .column("Foreign-data wrapper", "w.fdwname")
                .verbose("Access privileges", Sql.acl("s.srvacl"))
                .verbose("Type", "s.srvtype")
                .verbose("Version", "s.srvversion")
                .verbose("FDW options", Sql.foreignOptions("s.srvoptions"))
                .verbose("Description", Sql.comment("s.oid", "pg_foreign_server"))
                .from("pg_catalog.pg_foreign_server s"
                        + " JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw")
                .matching(Match.name("s.srvname"))
                .print("List of foreign servers");
    }

    static boolean userMappings(Call call) {
        return new Listing(call)
                .column("Server", "m.srvname")
                .column("User name", "m.usename")
                .verbose("FDW options", Sql.foreignOptions("m.umoptions"))
                .from("pg_catalog.pg_user_mappings m")
                .matching(new Match("", "m.srvname", "m.usename", "", 1))
                .orderBy("1, 2")
                .print("List of user mappings");
    }

    static boolean tables(Call call) {
        return new Listing(call)
                .column("Schema", "n.nspname")
                .column("Table", "c.relname")
                .column("Server", "s.srvname")
                .verbose("FDW options", Sql.foreignOptions("t.ftoptions"))
                .verbose("Description", Sql.comment("c.oid", "pg_class"))
                .from("pg_catalog.pg_foreign_table t JOIN pg_catalog.pg_class c ON c.oid = t.ftrelid"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " JOIN pg_catalog.pg_foreign_server s ON s.oid = t.ftserver")
                .matching(Match.qualified("n.nspname", "c.relname", "pg_catalog.pg_table_is_visible(c.oid)"))
                .orderBy("1, 2")
                .print("List of foreign tables");
    }
}
