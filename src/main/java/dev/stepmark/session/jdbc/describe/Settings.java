package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;

/** The server's parameters: {@code \dconfig}. */
final class Settings {

    private Settings() { }

    static boolean settings(Call call) {
        boolean acl = call.since(15);
        return new Listing(call)
                .column("Parameter", "s.name")
                .column("Value", "pg_catalog.current_setting(s.name)")
                .verbose("Type", "s.vartype")
                .verbose("Context", "s.context")
                .verbose("Access privileges", acl ? Sql.acl("p.paracl") : "''")
                .from("pg_catalog.pg_settings s" + (acl && call.verbose()
                        ? " LEFT JOIN pg_catalog.pg_parameter_acl p ON pg_catalog.lower(s.name) = p.parname" : ""))
                .where(call.pattern().isEmpty(), "s.source <> 'default' AND s.setting IS DISTINCT FROM s.boot_val")
                .matching(new Match("", "pg_catalog.lower(s.name)", "", "", Integer.MAX_VALUE))
                .print(call.pattern().isPresent() ? "List of configuration parameters"
                        : "List of non-default configuration parameters");
    }
}
