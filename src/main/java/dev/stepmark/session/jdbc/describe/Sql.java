package dev.stepmark.session.jdbc.describe;

/** Pieces of SQL. */
final class Sql {

    private Sql() { }

    /** A string constant that means the same whatever standard_conforming_strings says. */
    static String literal(String text) {
        String quoted = text.replace("'", "''");
        return quoted.indexOf('\\') < 0 ? "'" + quoted + "'" : "E'" + quoted.replace("\\", "\\\\") + "'";
    }

    /** An access control list, one entry a line. */
    static String acl(String column) {
        return "pg_catalog.array_to_string(" + column + ", E'\\n')";
    }

    static String owner(String column) {
        return "pg_catalog.pg_get_userbyid(" + column + ")";
    }

    /** The comment on an object of a catalog. */
    static String comment(String oid, String catalog) {
        return "pg_catalog.obj_description(" + oid + ", '" + catalog + "')";
    }

    /** The comment on an object that all databases share. */
    static String sharedComment(String oid, String catalog) {
        return "pg_catalog.shobj_description(" + oid + ", '" + catalog + "')";
    }

    /** Options of foreign objects as they are written in DDL; empty when there are none. */
    static String foreignOptions(String column) {
        return "CASE WHEN " + column + " IS NULL THEN '' ELSE '(' || pg_catalog.array_to_string(ARRAY(SELECT"
                + " pg_catalog.quote_ident(option_name) || ' ' || pg_catalog.quote_literal(option_value)"
                + " FROM pg_catalog.pg_options_to_table(" + column + ")), ', ') || ')' END";
    }

    static String yesNo(String condition) {
        return "CASE WHEN " + condition + " THEN 'yes' ELSE 'no' END";
    }
}
