package dev.stepmark.session.psql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How far a COPY of psql is, told by the server while it runs. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CopyWatchTest {

    @TempDir
    Path directory;

    @BeforeAll
    static void psql() {
        PsqlFixture.needsPsql();
    }

    @Test
    void theServerTellsHowFarItIs() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        AtomicReference<String> first = new AtomicReference<>("");
        OutputSink sink = new OutputSink() {
            @Override
            public void write(Stream stream, byte[] buffer, int offset, int length) {
                // not looked at here
            }

            @Override
            public void progress(long rows, long bytes) {
                first.compareAndSet("", rows + " " + bytes);
                told.countDown();
            }
        };
        Path out = directory.resolve("out");
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("CREATE FUNCTION slow(int) RETURNS int LANGUAGE sql VOLATILE AS"
                    + " 'SELECT $1 FROM pg_sleep(CASE WHEN $1 > 3 THEN 60 ELSE 0 END)'");
            ExecutorService other = Executors.newSingleThreadExecutor();
            Future<Outcome> copying = other.submit(() -> psql.session.run(Request.of("\\copy (SELECT slow(g) FROM"
                    + " generate_series(1, 9) g) to '" + out + "'"), sink));
            assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(first.get()).isEqualTo("3 6");
            assertThat(psql.session.cancel().asked()).isTrue();
            assertThat(copying.get()).isInstanceOf(Outcome.Cancelled.class);
            psql.done("SELECT 1");
            other.shutdown();
        }
        assertThat(Files.exists(out)).isTrue();
    }
}
