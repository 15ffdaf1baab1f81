package dev.stepmark.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.testing.Installed.Ended;
import dev.stepmark.testing.Installed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of the system, and directories for temporary files that cannot be used. */
class LimitsTest {

    private static final String RUN = "stepmark run hello.md" + Installed.UNATTENDED;

    @TempDir
    private Path root;
    private Installed installed;

    @BeforeEach
    void install() {
        installed = new Installed(root);
    }

    @Test
    void tooFewOpenFilesAreSaidBeforeAnythingStarts() throws Exception {
        Ended ended = installed.sh("ulimit -n 100; " + RUN);
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("error: only 100 files may be open at once", "Nothing was started", "Try: ");
    }

    @Test
    void aLowSoftLimitIsRaised() throws Exception {
        Ended ended = installed.sh("ulimit -Sn 64; " + RUN);
        assertThat(ended.exit()).as(ended.err()).isZero();
    }

    @Test
    void aLogThatMayNotGrowStopsTheRun() throws Exception {
        installed.with("more.md", "# More\n\n1. One.\n\n   ```bash\n   seq 30000\n   ```\n\n2. Two.\n\n   ```bash\n"
                + "   touch second\n   ```\n");
        Ended ended = installed.sh("ulimit -f 64; stepmark run more.md --yes --answer start=yes");
        assertThat(ended.exit()).isEqualTo(74);
        assertThat(ended.err()).contains("error: the log cannot be written: ", "othing further is started");
        assertThat(ended.err()).doesNotContain("\tat ");
        assertThat(installed.work().resolve("second")).doesNotExist();
        Ended again = installed.sh("stepmark run more.md --yes --answer resume=yes --answer step-1.doubt=run");
        assertThat(again.err()).doesNotContain("\tat ");
        assertThat(JournalVerifier.verify(Installed.runs(installed.journal()).get(0).directory().path()).status())
                .isNotEqualTo(JournalVerifier.Status.DAMAGED);
    }

    /** The disk is full in the middle of a flood, which a thread of its own writes. */
    @Test
    void aFloodThatCannotBeKeptWholeIsKeptAsFarAsItGoes() throws Exception {
        installed.with("flood.md", "# Flood\n\n1. One.\n\n   ```bash\n   seq 2000000; touch ran\n   ```\n\n2. Two.\n\n"
                + "   ```bash\n   touch second\n   ```\n");
        Ended ended = installed.sh("ulimit -f 3000; stepmark run flood.md --yes --answer start=yes");
        assertThat(ended.exit()).as(ended.err()).isEqualTo(74);
        assertThat(ended.err()).contains("The output is recorded in part only").doesNotContain("\tat ");
        assertThat(installed.work().resolve("ran")).as("what ran was not stopped for it").exists();
        assertThat(installed.work().resolve("second")).doesNotExist();
        RunDirectory run = Installed.runs(installed.journal()).get(0).directory();
        assertThat(JournalVerifier.verify(run.path()).status()).isNotEqualTo(JournalVerifier.Status.DAMAGED);
        Event.Output kept = JournalReader.read(run.journal()).events().stream().map(Envelope::event)
                .filter(Event.ExecFinished.class::isInstance).map(e -> ((Event.ExecFinished) e).outputs().get(0))
                .findFirst().orElseThrow();
        assertThat(kept.truncated()).isTrue();
        assertThat(kept.bytes()).as("all but the piece that did not fit").isBetween(2_800_000L, 3000L * 1024);
        assertThat(run.artefacts().text(kept.artefact())).startsWith("1\n2\n3\n").contains("\n400000\n")
                .hasSize((int) kept.bytes());
    }

    @Test
    void temporaryFilesGoWhereTheOperatorSays() throws Exception {
        Path own = Files.createDirectories(root.resolve("own tmp"));
        installed.with("tmp.md", "# Tmp\n\n1. Look.\n\n   ```bash\n   echo \"<$TMPDIR>\"; ls \"$TMPDIR\"\n   ```\n");
        Ended ended = installed.env("TMPDIR", own.toString()).sh("stepmark run tmp.md --yes --answer start=yes");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("<" + own + ">");
    }

    @Test
    void aTmpdirThatIsMissingIsNotUsed() throws Exception {
        Ended ended = installed.env("TMPDIR", root.resolve("missing").toString()).sh(RUN);
        assertThat(ended.exit()).as(ended.err()).isZero();
    }

    @Test
    void noPlaceForTemporaryFilesIsNoTrace() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "");
        installed.env("STEPMARK_JAVA_OPTS", "-Djava.io.tmpdir=" + file);
        Ended plan = installed.sh("stepmark plan hello.md");
        assertThat(plan.exit()).as(plan.err()).isZero();
        Ended run = installed.sh(RUN);
        assertThat(run.err()).doesNotContain("\tat dev.stepmark");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("cannot start bash:", "No shell was opened, and nothing was run");
    }

    @Test
    void longPathsAreFine() throws Exception {
        Path deep = installed.work();
        while (deep.toString().length() < 2500) {
            deep = deep.resolve("d".repeat(200));
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("hello.md"), Installed.HELLO);
        Ended ended = installed.run(deep, "bash", "-c", RUN + " --journal log && stepmark plan hello.md");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(Installed.runs(deep.resolve("log"))).hasSize(1);
    }
}
