package dev.stepmark.run;

import java.util.Map;
import java.util.Optional;

/**
 * Whether a server is the one that a session was on before, by what both have said about themselves. A name can lead to
 * another one by now; effects would be made twice there, or be missing.
 */
final class SameServer {

    private SameServer() { }

    /** In what it is surely another one, for people. */
    static Optional<String> differs(Map<String, String> before, Map<String, String> now) {
        for (String fact : new String[] {"system_identifier", "host", "port", "user"}) {
            if (unlike(fact, before, now)) {
                return Optional.of("its " + fact.replace('_', ' ') + " is " + now.get(fact) + ", and it was "
                        + before.get(fact));
            }
        }
        boolean sameName = text("database", before).equals(text("database", now));
        if (sameName && unlike("database_oid", before, now)) {
            return Optional.of("its database " + now.get("database") + " is another one (oid " + now.get("database_oid")
                    + ", and it was " + before.get("database_oid") + "): it was created anew, or the server is another one");
        }
        if (!identified(before, now) && unlike("server_started", before, now)
                && unlike("server_address", before, now)) {
            return Optional.of("its server has the address " + now.get("server_address") + " and was started at "
                    + now.get("server_started") + " UTC; it was " + before.get("server_address") + ", started at "
                    + before.get("server_started") + " UTC");
        }
        return Optional.empty();
    }

    /** What only a person can judge, or empty. */
    static Optional<String> doubt(Map<String, String> before, Map<String, String> now) {
        if (unlike("in_recovery", before, now)) {
            return Optional.of(now.get("in_recovery").equals("true") ? "its server is a standby now, and was a primary"
                    : "its server is a primary now, and was a standby");
        }
        if (!identified(before, now) && unlike("server_started", before, now)) {
            return Optional.of("its server was started at " + now.get("server_started") + " UTC, and before at "
                    + before.get("server_started") + " UTC: it was restarted, or is another one; " + text("user", now)
                    + " may not ask for the system identifier, which would tell");
        }
        return Optional.empty();
    }

    private static boolean identified(Map<String, String> before, Map<String, String> now) {
        return !text("system_identifier", before).isEmpty() && !text("system_identifier", now).isEmpty();
    }

    /** Whether both tell, and not the same. */
    private static boolean unlike(String fact, Map<String, String> before, Map<String, String> now) {
        String was = text(fact, before);
        String is = text(fact, now);
        return !was.isEmpty() && !is.isEmpty() && !was.equals(is);
    }

    private static String text(String fact, Map<String, String> facts) {
        return facts.getOrDefault(fact, "");
    }
}
