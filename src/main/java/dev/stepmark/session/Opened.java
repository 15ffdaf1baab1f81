package dev.stepmark.session;

import java.util.Map;

/**
 * What a session is, as the far side reports it.
 *
 * @param kind     {@code bash}, {@code jdbc}, {@code fake}
 * @param label    one line for people: {@code factory as postgres on localhost:5432, PostgreSQL 15.18}
 * @param identity facts in a fixed order. For SQL: host, port, database, user, server_version,
 *                 system_identifier, in_recovery, backend_pid, ssl. For a shell: host, user, pid, cwd, version
 */
public record Opened(String kind, String label, Map<String, String> identity) {

    public Opened {
        identity = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(identity));
    }
}
