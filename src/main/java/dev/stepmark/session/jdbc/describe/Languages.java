package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.NamePattern.Match;

/** Procedural languages and event triggers: {@code \dL} and {@code \dy}. */
final class Languages {

    private Languages() { }

    static boolean languages(Call call) {
        return new Listing(call)
                .column("Name", "l.lanname")
                .column("Owner", Sql.owner("l.lanowner"))
                .column("Trusted", "l.lanpltrusted")
                .verbose("Internal language", "NOT l.lanispl")
                .verbose("Call handler", "l.lanplcallfoid::pg_catalog.regprocedure")
                .verbose("Validator", "l.lanvalidator::pg_catalog.regprocedure")
                .verbose("Inline handler", "l.laninline::pg_catalog.regprocedure")
                .verbose("Access privileges", Sql.acl("l.lanacl"))
                .column("Description", Sql.comment("l.oid", "pg_language"))
                .from("pg_catalog.pg_language l")
                .where(!call.system() && call.pattern().isEmpty(), "l.lanplcallfoid <> 0")
                .matching(Match.ofDatabase("l.lanname"))
                .print("List of languages");
    }

    static boolean eventTriggers(Call call) {
        return new Listing(call)
                .column("Name", "e.evtname")
                .column("Event", "e.evtevent")
                .column("Owner", Sql.owner("e.evtowner"))
                .column("Enabled", "CASE e.evtenabled WHEN 'O' THEN 'enabled' WHEN 'R' THEN 'replica'"
                        + " WHEN 'A' THEN 'always' WHEN 'D' THEN 'disabled' END")
                .column("Function", "e.evtfoid::pg_catalog.regproc")
                .column("Tags", "pg_catalog.array_to_string(ARRAY(SELECT x FROM pg_catalog.unnest(e.evttags)"
                        + " AS t (x)), ', ')")
                .verbose("Description", Sql.comment("e.oid", "pg_event_trigger"))
                .from("pg_catalog.pg_event_trigger e")
                .matching(Match.name("e.evtname"))
                .print("List of event triggers");
    }
}
