package dev.stepmark.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Which database a part of a document is about (patterns 12 and 22), by the headings above it, the innermost first. */
final class Dialect {

    private static final Pattern MYSQL = Pattern.compile("mysql|mariadb", Pattern.CASE_INSENSITIVE);
    private static final Pattern POSTGRES = Pattern.compile("postgres|psql|pg_|timescale|cockroach|yugabyte", Pattern.CASE_INSENSITIVE);

    private Dialect() {
    }

    /** Whether the innermost heading that names a database names MySQL or MariaDB, and no other. */
    static boolean mysql(List<String> path, String title) {
        List<String> outward = new ArrayList<>(path);
        outward.add(0, title);
        for (int i = outward.size() - 1; i >= 0; i--) {
            boolean mysql = MYSQL.matcher(outward.get(i)).find();
            boolean postgres = POSTGRES.matcher(outward.get(i)).find();
            if (mysql || postgres) {
                return mysql && !postgres;
            }
        }
        return false;
    }
}
