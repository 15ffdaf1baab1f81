package dev.stepmark.session.jdbc.describe;

import java.util.List;

/**
 * What pg_class says about a relation.
 *
 * @param oid         its oid
 * @param kind        relkind
 * @param checks      whether it has check constraints
 * @param indexes     whether it has, or had, indexes
 * @param rules       likewise rules
 * @param triggers    likewise triggers
 * @param security    whether row security is on
 * @param forced      whether it is forced
 * @param partition   whether it is a partition
 * @param tablespace  oid, 0 for the database's own
 * @param options     storage parameters, also those of its TOAST table
 * @param type        what it is a table of; empty for none
 * @param persistence relpersistence
 * @param identity    relreplident
 * @param method      the access method's name, or null
 */
record Relation(String oid, String kind, boolean checks, boolean indexes, boolean rules, boolean triggers,
        boolean security, boolean forced, boolean partition, String tablespace, String options, String type,
        String persistence, String identity, String method) {

    static Relation read(Call call, String oid) {
        List<List<String>> rows = call.rows("SELECT c.relkind, c.relchecks > 0, c.relhasindex, c.relhasrules,"
                + " c.relhastriggers, c.relrowsecurity, c.relforcerowsecurity, c.relispartition, c.reltablespace,"
                + " pg_catalog.array_to_string(c.reloptions || ARRAY(SELECT 'toast.' || x"
                + " FROM pg_catalog.unnest(tc.reloptions) x), ', '),"
                + " CASE WHEN c.reloftype = 0 THEN '' ELSE c.reloftype::pg_catalog.regtype::pg_catalog.text END,"
                + " c.relpersistence, c.relreplident, am.amname"
                + " FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_class tc ON c.reltoastrelid = tc.oid"
                + " LEFT JOIN pg_catalog.pg_am am ON c.relam = am.oid WHERE c.oid = " + oid);
        if (rows.isEmpty()) {
            throw new Call.Rejected("Did not find any relation with OID " + oid + ".");
        }
        List<String> r = rows.get(0);
        return new Relation(oid, r.get(0), yes(r.get(1)), yes(r.get(2)), yes(r.get(3)), yes(r.get(4)), yes(r.get(5)),
                yes(r.get(6)), yes(r.get(7)), r.get(8), r.get(9) == null ? "" : r.get(9), r.get(10), r.get(11),
                r.get(12), r.get(13));
    }

    private static boolean yes(String value) {
        return "t".equals(value);
    }

    boolean is(String... kinds) {
        return List.of(kinds).contains(kind);
    }

    boolean unlogged() {
        return persistence.equals("u");
    }
}
