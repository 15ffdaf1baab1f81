package dev.stepmark.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The locale of the JVM and that of the operator. In the locale C, and in one that is not installed, the JVM cannot
 * name a file with an umlaut; so the launcher starts it with LC_ALL=C.UTF-8 and keeps the operator's LC_ALL aside.
 * Blocks and editors get the operator's.
 */
final class Locales {

    /** What the launcher keeps it in; empty for none. */
    static final String KEPT = "STEPMARK_LC_ALL";

    private Locales() { }

    /** The environment as the operator has it. */
    static Map<String, String> environment(Map<String, String> process) {
        String kept = process.get(KEPT);
        if (kept == null) {
            return process;
        }
        Map<String, String> out = new LinkedHashMap<>(process);
        out.remove(KEPT);
        if (kept.isEmpty()) {
            out.remove("LC_ALL");
        } else {
            out.put("LC_ALL", kept);
        }
        return out;
    }
}
