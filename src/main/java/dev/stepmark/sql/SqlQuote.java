package dev.stepmark.sql;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Quoting for SQL, by the rules of PostgreSQL's libpq. Values without a NUL character only: the server has no text with
 * one.
 */
public final class SqlQuote {

    /** What an identifier is without quotes: the server would otherwise fold it, or read it as something else. */
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
    /** Keywords of the servers 12 to 18 that are not "unreserved" ({@code pg_get_keywords()}). */
    private static final Set<String> KEYWORDS = new HashSet<>(Arrays.asList(("all analyse analyze and any array as asc"
            + " asymmetric authorization between bigint binary bit boolean both case cast char character check coalesce"
            + " collate collation column concurrently constraint create cross current_catalog current_date current_role"
            + " current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct"
            + " do else end except exists extract false fetch float for foreign freeze from full grant greatest group"
            + " grouping having ilike in initially inner inout int integer intersect interval into is isnull join json"
            + " json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize"
            + " json_table json_value lateral leading least left like limit localtime localtimestamp merge_action"
            + " national natural nchar none normalize not notnull null nullif numeric offset on only or order out outer"
            + " overlaps overlay placing position precision primary real references returning right row select"
            + " session_user setof similar smallint some substring symmetric system_user table tablesample then time"
            + " timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where"
            + " window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot"
            + " xmlserialize xmltable").split(" ")));

    private SqlQuote() { }

    /** The inside of a quoted identifier. */
    public static String escapeIdentifier(String value) {
        return value.replace("\"", "\"\"");
    }

    /**
     * The inside of a plain literal.
     *
     * @param standardStrings whether a backslash stands for itself there (standard_conforming_strings)
     */
    public static String escapeLiteral(String value, boolean standardStrings) {
        String quoted = value.replace("'", "''");
        return standardStrings ? quoted : quoted.replace("\\", "\\\\");
    }

    /** The inside of an {@code E''} literal. */
    public static String escapeEscaped(String value) {
        return value.replace("\\", "\\\\").replace("'", "''");
    }

    /** An identifier, in quotes only where it would mean something else without them. */
    public static String identifier(String value) {
        return isPlainIdentifier(value) ? value : "\"" + escapeIdentifier(value) + "\"";
    }

    /** Whether an identifier means the same with quotes and without. */
    public static boolean isPlainIdentifier(String value) {
        return PLAIN.matcher(value).matches() && !KEYWORDS.contains(value);
    }

    /** A literal that reads the same whatever standard_conforming_strings is: with a backslash in it an {@code E''}. */
    public static String literal(String value) {
        return value.indexOf('\\') < 0 ? "'" + value.replace("'", "''") + "'" : "E'" + escapeEscaped(value) + "'";
    }
}
