package dev.stepmark.run;

import dev.stepmark.session.ServerSide;
import dev.stepmark.session.Session;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a transaction holds and who waits for it, as a second connection sees it. */
final class HeldFacts {

    private static final int NAMED = 3;
    /** ROW EXCLUSIVE is what row locks come with; what is above it stands in the way of more. */
    private static final int ROW_EXCLUSIVE = 3;
    private static final int WAITSTART_SINCE = 14;

    private final ServerSide server;
    private final boolean waitstart;

    /**
     * Locks.
     *
     * @param known  whether it could be asked
     * @param names  relations, as others see them
     * @param strong whether one is stronger than what row locks come with; also when nobody knows
     * @param mode   the strongest, in words; empty when there is none
     */
    record Locks(boolean known, List<String> names, boolean strong, String mode) {

        /** {@code locks on events, events_next}. */
        String text() {
            if (!known) {
                return "locks unknown";
            }
            List<String> shown = names.subList(0, Math.min(NAMED, names.size()));
            String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
            return names.isEmpty() ? "no locks that others wait for" : "locks on " + String.join(", ", shown) + more;
        }
    }

    /**
     * Sessions that wait.
     *
     * @param known   whether it could be asked
     * @param count   how many
     * @param longest how long the first of them has waited, when that is told
     */
    record Waiters(boolean known, int count, Optional<Duration> longest) {

        /** {@code nobody waits}. */
        String text() {
            if (!known) {
                return "unknown who waits";
            }
            String time = longest.map(d -> ", the longest " + Texts.clock(d)).orElse("");
            return count == 0 ? "nobody waits" : count == 1 ? "1 session waits for these locks" + time
                    : count + " sessions wait for these locks" + time;
        }
    }

    private HeldFacts(ServerSide server, boolean waitstart) {
        this.server = server;
        this.waitstart = waitstart;
    }

    /** For a session; empty when its server cannot be asked. */
    static Optional<HeldFacts> of(Session session) {
        String version = session.opened().identity().getOrDefault("server_version", "").split("\\D", 2)[0];
        boolean since = !version.isEmpty() && Integer.parseInt(version) >= WAITSTART_SINCE;
        return session.server().map(s -> new HeldFacts(s, since));
    }

    /** What is held now. */
    Locks locks() {
        Optional<String> answer = server.beside("SELECT coalesce(max(m.rank), 0)::text || '|' || coalesce((array_agg(m.word"
                + " ORDER BY m.rank DESC))[1], '') || '|' || coalesce(string_agg(DISTINCT"
                + " c.oid::pg_catalog.regclass::text, ',') FILTER (WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f', 'S')), '')"
                + " FROM pg_catalog.pg_locks l"
                + " JOIN pg_catalog.pg_class c ON c.oid = l.relation"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()"
                + " JOIN (VALUES ('RowShareLock', 2, ''), ('RowExclusiveLock', 3, ''),"
                + " ('ShareUpdateExclusiveLock', 4, 'SHARE UPDATE EXCLUSIVE'), ('ShareLock', 5, 'SHARE'),"
                + " ('ShareRowExclusiveLock', 6, 'SHARE ROW EXCLUSIVE'), ('ExclusiveLock', 7, 'EXCLUSIVE'),"
                + " ('AccessExclusiveLock', 8, 'ACCESS EXCLUSIVE')) m(name, rank, word) ON m.name = l.mode"
                + " WHERE l.pid = " + server.backend() + " AND l.granted AND n.nspname NOT IN"
                + " ('pg_catalog', 'information_schema', 'pg_toast')");
        if (answer.isEmpty()) {
            return new Locks(false, List.of(), true, "");
        }
        String[] parts = answer.get().split("\\|", 3);
        List<String> names = parts[2].isEmpty() ? List.of() : Arrays.asList(parts[2].split(","));
        return new Locks(true, names, Integer.parseInt(parts[0]) > ROW_EXCLUSIVE, parts[1]);
    }

    /** Who waits now, also behind others that wait. */
    Waiters waiters() {
        String since = waitstart ? "min(l.waitstart)" : "min(a.query_start)";
        Optional<String> answer = server.beside("WITH RECURSIVE blocked AS (SELECT l.pid, " + since + " AS since,"
                + " pg_catalog.pg_blocking_pids(l.pid) AS blockers FROM pg_catalog.pg_locks l"
                + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE NOT l.granted GROUP BY l.pid),"
                + " behind(pid) AS (SELECT pid FROM blocked WHERE " + server.backend() + " = ANY (blockers)"
                + " UNION SELECT b.pid FROM blocked b JOIN behind h ON h.pid = ANY (b.blockers))"
                + " SELECT count(*)::text || '|' || coalesce(round(extract(epoch FROM pg_catalog.clock_timestamp()"
                + " - min(b.since)))::text, '') FROM blocked b JOIN behind USING (pid)");
        if (answer.isEmpty()) {
            return new Waiters(false, 0, Optional.empty());
        }
        String[] parts = answer.get().split("\\|", 2);
        return new Waiters(true, Integer.parseInt(parts[0]), parts[1].isEmpty() ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(parts[1])))));
    }
}
