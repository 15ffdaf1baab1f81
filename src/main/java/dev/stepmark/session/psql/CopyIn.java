package dev.stepmark.session.psql;

import dev.stepmark.session.psql.PsqlProcess.End;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Sends COPY data only when the server waits for it. psql would take the data for commands when the statement before it
 * fails, and nothing in its output says that it reads data; the server does.
 */
final class CopyIn {

    /** How long the server may not have heard of the statement before it is taken for one that psql did not send. */
    private static final int UNHEARD = 100;
    private static final long PAUSE_MILLIS = 30;

    private final Psql psql;
    private final Running running;

    CopyIn(Psql psql, Running running) {
        this.psql = psql;
        this.running = running;
    }

    /** Whether the server can be asked at all; else psql would take what follows the data for data, without an end. */
    boolean possible() {
        return activity().isPresent();
    }

    End run(String text, String data, Exchange exchange) {
        PsqlProcess process = psql.process();
        process.begin(exchange);
        String before = activity().orElse("");
        process.send(text, psql.charset());
        if (copies(before)) {
            process.send(data, psql.charset());
        }
        process.send("", StandardCharsets.US_ASCII);
        process.sendMarkers();
        return process.await();
    }

    /** Waits until the server reads data, or is done with the statement. */
    private boolean copies(String before) {
        int unheard = 0;
        while (psql.process().goesOn(PAUSE_MILLIS) && !running.abandoned()) {
            String now = activity().orElse("");
            if (now.startsWith("active ClientRead ")) {
                return true;
            }
            boolean heard = !now.equals(before);
            if (heard && now.startsWith("idle") || !heard && ++unheard > UNHEARD) {
                return false;
            }
        }
        return false;
    }

    private Optional<String> activity() {
        return psql.second().ask("SELECT state || ' ' || coalesce(wait_event, '') || ' ' || state_change"
                + " FROM pg_catalog.pg_stat_activity WHERE pid = " + psql.backendPid());
    }
}
