package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.JournalVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration without a terminal: a real server, the project's own runbook, everything shown. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoTest {

    @TempDir
    private Path runs;

    @Test
    void answersByItselfAndShowsTheWhole() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(new ByteArrayInputStream(new byte[0]), stream(out), stream(err), false);
        int exit = Main.run(new String[] {"demo", "--journal", runs.toString()}, io, Map.of("PATH",
                System.getenv("PATH"), "PGHOST", "an.other.host.invalid", "PGUSER", "nobody"), Clock.systemUTC());
        String shown = out.toString(StandardCharsets.UTF_8);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(exit).isZero();
        assertThat(shown).contains("Type \"delete ordertable\" to run it").contains("  | DELETE 4")
                .contains("ok 3  3 rows").contains("  |  ordertable_asset_id_order_name_key")
                .contains("8 steps  7 done, 1 by hand").doesNotContain("an.other.host").doesNotContain("\u001b");
        try (Stream<Path> files = Files.list(runs)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            assertThat(JournalVerifier.verify(all.get(0)).status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
        }
    }

    private static PrintStream stream(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
