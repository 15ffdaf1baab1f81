package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --until} and {@code plan --durations}, by the whole program with nobody there. */
class UntilOptionTest {

    @TempDir
    private Path directory;
    private Cli cli;
    private String file;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(directory);
        file = Files.writeString(directory.resolve("look.md"), "# Look\n\n1. Look\n\n   ```bash\n   sleep 0.05; echo seen\n"
                + "   ```\n\n2. Look at <WHERE>\n\n   ```bash\n   echo <WHERE>\n   ```\n").toString();
    }

    @Test
    void whatTheStepsTookIsBesideThem() {
        assertThat(cli.run("plan", file, "--durations").out()).doesNotContain("earlier");
        for (int i = 0; i < 2; i++) {
            assertThat(cli.run("run", file, "--yes", "--set", "WHERE=here").exit()).isZero();
        }
        assertThat(cli.run("plan", file).out()).as("the plan by itself stays as it is").doesNotContain("earlier");
        String out = cli.run("plan", file, "--durations").out();
        assertThat(out.lines().filter(l -> l.contains("earlier"))).singleElement().asString()
                .matches(" {12}earlier 0\\.\\d\\d (to 0\\.\\d\\d )?s in 2 runs");
        assertThat(out.lines()).allMatch(l -> l.length() <= 80);
    }

    @Test
    void theEndOfTheWindowIsInTheLog() {
        Instant before = Instant.now();
        Cli.Result result = cli.run("run", file, "--yes", "--set", "WHERE=here", "--until", "+2h", "--allow", "late");

        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.err()).contains("Window: until ");
        Event.RunStarted started = (Event.RunStarted) JournalReader.read(cli.runs().get(0).resolve("journal.jsonl"))
                .events().get(0).event();
        assertThat(Duration.between(before, Instant.parse(started.options().get("until")))).isBetween(
                Duration.ofHours(2), Duration.ofHours(3));
        assertThat(started.options()).containsEntry("allow-late", "yes");
    }

    @Test
    void whatIsNoTimeIsRefused() {
        for (String wrong : new String[] {"later", "25:00", "2020-01-01T04:00"}) {
            Cli.Result result = cli.run("run", file, "--yes", "--until", wrong);
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("error: --until " + wrong + ": it is ", "Nothing was run.", "--until 04:00");
        }
        assertThat(cli.run("run", file, "--allow", "everything").err()).contains("What can be allowed: destructive, late.");
        assertThat(cli.runs()).isEmpty();
    }
}
