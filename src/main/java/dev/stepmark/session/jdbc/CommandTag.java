package dev.stepmark.session.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Command tags: what a server says when a statement is done. */
public final class CommandTag {

    /** Only these have a number that counts rows (PostgreSQL documentation, 55.7 CommandComplete). */
    private static final Pattern COUNTED =
            Pattern.compile("(?:INSERT \\d+|DELETE|UPDATE|MERGE|SELECT|MOVE|FETCH|COPY) (\\d+)");

    private CommandTag() { }

    /** The rows that the tag counts, or -1. */
    public static long count(String tag) {
        Matcher matcher = COUNTED.matcher(tag);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** Whether psql prints it although a table stands above: after RETURNING. */
    public static boolean printedBelowRows(String tag) {
        return tag.startsWith("INSERT ") || tag.startsWith("UPDATE ") || tag.startsWith("DELETE ")
                || tag.startsWith("MERGE ");
    }
}
