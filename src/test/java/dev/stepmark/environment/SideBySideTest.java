package dev.stepmark.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.cli.Io;
import dev.stepmark.cli.Main;
import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.journal.Runs;
import dev.stepmark.testing.Installed;
import dev.stepmark.testing.Installed.Ended;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs at once, and a clock that goes backwards between two of them. */
class SideBySideTest {

    /** Who starts later may see a run of the same document already: beside it is what is asked for. */
    private static final String SIDE_BY_SIDE = "for i in 1 2 3 4; do stepmark run hello.md --yes --answer start=yes"
            + " --answer resume=no 2>$i.txt & done;"
            + " stepmark run other.md --yes --answer start=yes 2>5.txt & wait";

    @TempDir
    private Path root;

    @Test
    void runsSideBySideDoNotMeet() throws Exception {
        Installed installed = new Installed(root).with("other.md", Installed.HELLO.replace("hello", "other"));
        Ended ended = installed.sh(SIDE_BY_SIDE);
        assertThat(ended.exit()).isZero();
        List<Runs.Entry> runs = Installed.runs(installed.journal());
        assertThat(runs).hasSize(5).extracting(Runs.Entry::shortId).doesNotHaveDuplicates();
        assertThat(runs).allSatisfy(run -> assertThat(JournalVerifier.verify(run.directory().path()).status())
                .isEqualTo(JournalVerifier.Status.CONSISTENT));
        for (int i = 1; i <= 5; i++) {
            assertThat(Files.readString(installed.work().resolve(i + ".txt"))).contains("Finished Say ")
                    .doesNotContain("error:");
        }
    }

    @Test
    void aClockThatWasSetBackSpoilsNothing() throws Exception {
        Path file = Files.writeString(root.resolve("fails.md"), "# Fail once\n\n1. First.\n\n   ```bash\n   test -e "
                + root.resolve("mended") + "\n   ```\n\n2. Second.\n\n   ```bash\n   echo done\n   ```\n");
        Result first = at("2026-11-21T12:00:00Z", "run", file.toString(), "--yes", "--answer", "start=yes");
        assertThat(first.exit).isEqualTo(1);
        Files.writeString(root.resolve("mended"), "");
        Result second = at("2026-11-21T09:00:00Z", "run", file.toString(), "--yes", "--answer", "resume=yes");
        assertThat(second.exit).as(second.text).isZero();
        assertThat(second.text).contains("Finished Fail once").doesNotContain("-1 s", "-0", " -3");
        Runs.Entry run = Installed.runs(root.resolve("runs")).get(0);
        assertThat(JournalVerifier.verify(run.directory().path()).status())
                .isEqualTo(JournalVerifier.Status.CONSISTENT);
        assertThat(at("2026-11-21T08:00:00Z", "runs").text).contains("fails.md", "finished");
        assertThat(at("2026-11-21T08:00:00Z", "show", run.shortId()).exit).isZero();
    }

    private record Result(int exit, String text) { }

    private Result at(String time, String... args) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(text, true, StandardCharsets.UTF_8);
        String[] all = java.util.Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--journal";
        all[args.length + 1] = root.resolve("runs").toString();
        int exit = Main.run(all, new Io(new ByteArrayInputStream(new byte[0]), stream, stream, false),
                Map.of("PATH", System.getenv("PATH"), "HOME", root.toString()),
                Clock.fixed(Instant.parse(time), ZoneOffset.UTC));
        return new Result(exit, text.toString(StandardCharsets.UTF_8));
    }
}
