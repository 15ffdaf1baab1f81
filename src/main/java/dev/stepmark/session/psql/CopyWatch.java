package dev.stepmark.session.psql;

import dev.stepmark.session.OutputSink;
import dev.stepmark.session.jdbc.SqlText;
import dev.stepmark.sql.MetaCommand;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How far a COPY that psql carries out is: the server tells, on a second connection, from PostgreSQL 14 on. */
final class CopyWatch implements AutoCloseable {

    /** A short COPY costs no second connection. */
    private static final long FIRST_MILLIS = 2000;
    private static final long PAUSE_MILLIS = 2000;

    private final Psql psql;
    private final OutputSink sink;
    private final ScheduledExecutorService clock;
    private boolean closed;

    private CopyWatch(Psql psql, OutputSink sink, ScheduledExecutorService clock) {
        this.psql = psql;
        this.sink = sink;
        this.clock = clock;
    }

    /** Watches a text until it is closed; nothing when the text copies nothing. */
    static CopyWatch begin(PsqlChecks.Checked text, Psql psql, OutputSink sink, ScheduledExecutorService clock) {
        boolean copies = text.statement().map(SqlText::verb).filter("COPY"::equals).isPresent()
                || text.command().map(MetaCommand::name).filter("\\copy"::equals).isPresent();
        CopyWatch watch = new CopyWatch(psql, sink, clock);
        if (copies) {
            clock.schedule(watch::look, FIRST_MILLIS, TimeUnit.MILLISECONDS);
        }
        return watch;
    }

    /** Looks on a thread of its own: the clock must be free for a time-out. */
    private void look() {
        Thread thread = new Thread(this::ask, "stepmark-psql-progress");
        thread.setDaemon(true);
        thread.start();
    }

    private void ask() {
        if (closed()) {
            return;
        }
        Optional<String[]> words = psql.second().ask("SELECT tuples_processed || ' ' || bytes_processed"
                + " FROM pg_catalog.pg_stat_progress_copy WHERE pid = " + psql.backendPid()).map(text -> text.split(" "));
        // an older server has no such view: it is not asked again
        if (words.isPresent() && next()) {
            if (words.get().length == 2) {
                tell(Long.parseLong(words.get()[0]), Long.parseLong(words.get()[1]));
            }
        }
    }

    private synchronized void tell(long rows, long bytes) {
        if (!closed) {
            sink.progress(rows, bytes);
        }
    }

    private synchronized boolean next() {
        if (!closed && !clock.isShutdown()) {
            clock.schedule(this::look, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return !closed;
    }

    private synchronized boolean closed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
