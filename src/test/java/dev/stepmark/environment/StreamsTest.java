package dev.stepmark.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.testing.Installed;
import dev.stepmark.testing.Installed.Ended;
import dev.stepmark.testing.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are closed, full or lead nowhere: what is lost is said, and the record has it all the same. */
class StreamsTest {

    private static final String RUN = "stepmark run hello.md" + Installed.UNATTENDED;

    @TempDir
    private Path root;
    private Installed installed;

    @BeforeEach
    void install() {
        installed = new Installed(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&- 2>&-"})
    void aRunNeedsNoneOfItsStreams(String closed) throws Exception {
        assertThat(installed.sh(RUN + " " + closed).exit()).isZero();
        assertThat(Installed.runs(installed.journal())).hasSize(1);
        assertThat(installed.status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
    }

    @Test
    void aPlanThatNobodyGetsIsNoSuccess() throws Exception {
        Ended closed = installed.sh("stepmark plan hello.md >&-");
        assertThat(closed.exit()).isEqualTo(74);
        assertThat(closed.err()).contains("error: standard output cannot be written: ", "is incomplete")
                .doesNotContain("Exception", "\tat ");
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
        assertThat(installed.sh("stepmark plan --json hello.md >/dev/full").exit()).isEqualTo(74);
    }

    @Test
    void aReaderThatHasEnoughEndsItQuietly() throws Exception {
        StringBuilder large = new StringBuilder("# Large\n");
        for (int i = 1; i <= 400; i++) {
            large.append("\n").append(i).append(". Step.\n\n   ```bash\n   echo ").append("x".repeat(200)).append("\n   ```\n");
        }
        installed.with("large.md", large.toString());
        Ended ended = installed.sh("stepmark plan --json large.md | head -c 10; echo \" ${PIPESTATUS[0]}\"");
        assertThat(ended.out()).startsWith("{").endsWith(" 141\n");
        assertThat(ended.err()).isEmpty();
        assertThat(installed.sh("trap '' PIPE; stepmark plan --json large.md | head -c 10; exit ${PIPESTATUS[0]}")
                .exit()).isEqualTo(141);
    }

    @Test
    void aRunGoesOnWhenNobodyReadsItAnyMore() throws Exception {
        installed.with("loud.md", "# Loud\n\n1. Shout.\n\n   ```bash\n   seq 100000\n   ```\n\n2. End.\n\n"
                + "   ```bash\n   touch done\n   ```\n");
        Ended ended = installed.sh("stepmark run loud.md --yes --answer start=yes 2>&1 | head -1; exit "
                + "${PIPESTATUS[0]}");
        assertThat(ended.exit()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(installed.work().resolve("done")).exists();
        assertThat(installed.status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
    }

    @Test
    void aRunSurvivesTheEndOfItsLogin() throws Exception {
        assertThat(installed.sh("trap '' HUP; nohup " + RUN + " >nohup.txt 2>&1").exit()).isZero();
        assertThat(Files.readString(installed.work().resolve("nohup.txt"))).contains("Finished Say hello");
        Assumptions.assumeTrue(Programs.onPath("setsid"), "needs setsid(1)");
        assertThat(installed.sh("setsid -w " + RUN).exit()).isZero();
    }

    @Test
    void withoutATerminalItAsksNobody() throws Exception {
        Assumptions.assumeTrue(Programs.onPath("setsid"), "needs setsid(1)");
        Ended ended = installed.sh("setsid -w stepmark run hello.md");
        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.err()).contains("answers are missing, so nothing was run");
        assertThat(Installed.runs(installed.journal())).isEmpty();
    }
}
