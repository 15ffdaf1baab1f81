package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.testing.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with blocks that come to no end: they run beside the others, and are gone afterwards. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackgroundRunTest {

    private static final String RUNBOOK = """
            # Watch the log

            1. Where:

               ```bash
               cd %s
               log=a.log
               export GREETING=hello
               echo begin > $log
               ```

            2. Watch it:

               ```bash
               echo $BASHPID > pid; echo "$GREETING from $PWD"; tail -n +1 -f $log
               ```

            3. Write:

               ```bash
               echo second >> a.log; %s
               ```
            """;

    @TempDir
    Path directory;
    private Path work;

    @BeforeEach
    void directories() throws IOException {
        work = Files.createDirectory(directory.resolve("work"));
    }

    private String[] command(String third, String... more) throws IOException {
        Path runbook = Files.writeString(directory.resolve("run.md"), RUNBOOK.formatted(work, third));
        return java.util.stream.Stream.concat(java.util.stream.Stream.of("run", runbook.toString(), "--yes"),
                java.util.stream.Stream.of(more)).toArray(String[]::new);
    }

    private List<Envelope> records(Cli cli) {
        return JournalReader.read(cli.run().resolve("journal.jsonl")).events();
    }

    private boolean runs() throws IOException {
        long pid = Long.parseLong(Files.readString(work.resolve("pid")).strip());
        return ProcessHandle.of(pid).map(p -> p.isAlive() || p.descendants().findAny().isPresent()).orElse(false);
    }

    private static <T extends Event> List<T> all(List<Envelope> records, Class<T> type) {
        return records.stream().map(Envelope::event).filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void theRunGoesOnWhileItRunsAndItEndsWithTheRun() throws Exception {
        Cli cli = new Cli(directory);
        Cli.Result result = cli.run(command("test -d /proc/$(cat pid) && echo alive"));
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("It comes to no end by itself: it runs in the background")
                .contains("hello from " + work).contains("begin").contains("alive")
                .contains("stopped: 2 (");
        assertThat(runs()).isFalse();
        List<Envelope> records = records(cli);
        Event.ExecStarted started = all(records, Event.ExecStarted.class).stream().filter(Event.ExecStarted::background)
                .findFirst().orElseThrow();
        Event.ExecFinished finished = all(records, Event.ExecFinished.class).stream()
                .filter(f -> f.exec().equals(started.exec())).findFirst().orElseThrow();
        assertThat(finished.outcome()).isEqualTo("ended");
        assertThat(finished.message()).isEqualTo("stopped: the run ended");
        assertThat(finished.survivors()).isEmpty();
        assertThat(finished.outputs().get(0).stream()).isEqualTo("stdout");
        assertThat(new String(Files.readAllBytes(artefact(cli, finished.outputs().get(0).artefact())), StandardCharsets.UTF_8))
                .contains("begin\nsecond\n");
        assertThat(cli.status().name()).isNotEqualTo("DAMAGED");
    }

    private static Path artefact(Cli cli, String hash) throws IOException {
        try (var files = Files.walk(cli.run())) {
            return files.filter(f -> f.getFileName().toString().startsWith(hash)).findFirst().orElseThrow();
        }
    }

    @Test
    void whatDiesAtOnceHasFailed() throws Exception {
        Cli cli = new Cli(directory);
        Path runbook = Files.writeString(directory.resolve("run.md"), "# x\n\n1. Forward:\n\n   ```bash {background=true}\n"
                + "   echo no such pod >&2; exit 7\n   ```\n\n2. Next:\n\n   ```bash\n   touch " + work + "/next\n   ```\n");
        Cli.Result result = cli.run("run", runbook.toString(), "--yes");
        assertThat(result.exit()).as(result.all()).isEqualTo(1);
        assertThat(result.all()).contains("no such pod").contains("FAILED");
        assertThat(work.resolve("next")).doesNotExist();
    }

    @Test
    void aLaterEndIsToldAndTheRunGoesOn() throws Exception {
        Cli cli = new Cli(directory);
        Path runbook = Files.writeString(directory.resolve("run.md"), "# x\n\n1. Forward:\n\n   ```bash {background=true}\n"
                + "   until test -e " + work + "/stop; do sleep 0.1; done; exit 5\n   ```\n\n2. Next:\n\n   ```bash\n   sleep 1.2; touch "
                + work + "/stop; sleep 1\n   ```\n\n3. Last:\n\n   ```bash\n   echo last\n   ```\n");
        Cli.Result result = cli.run("run", runbook.toString(), "--yes");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("step 1, which ran in the background, has ended: exit 5");
        assertThat(all(records(cli), Event.ExecFinished.class)).anyMatch(f -> f.message().equals("it ended by itself: exit 5")
                && f.exit() == 5);
    }

    @Test
    void itDoesNotOutliveAKilledRunAndIsStartedAgainWhenTheRunGoesOn() throws Exception {
        Cli cli = new Cli(directory);
        String[] command = command("touch waiting; until test -e go; do sleep 0.1; done", "--answer", "resume=yes",
                "--answer", "step-3.doubt=again", "--answer", "step-3.doubt.reason=looked");
        // a variable that is not exported would be lost with its shell
        Path runbook = Path.of(command[1]);
        Files.writeString(runbook, Files.readString(runbook).replace("log=a.log", "export log=a.log"));
        Process run = cli.start(command);
        while (!Files.exists(work.resolve("waiting"))) {
            assertThat(run.isAlive()).isTrue();
            Thread.sleep(20);
        }
        assertThat(runs()).isTrue();
        long before = Long.parseLong(Files.readString(work.resolve("pid")).strip());
        run.destroyForcibly().waitFor();
        for (int i = 0; i < 500 && runs(); i++) {
            Thread.sleep(20);
        }
        assertThat(runs()).as("hung up with its terminal").isFalse();
        Files.createFile(work.resolve("go"));
        Cli.Result again = cli.run(command);
        assertThat(again.all()).contains("Step 2 ran in the background and ended with the run")
                .contains("runs in the background").doesNotContain("IN DOUBT 2");
        assertThat(Long.parseLong(Files.readString(work.resolve("pid")).strip())).isNotEqualTo(before);
        assertThat(runs()).isFalse();
        assertThat(all(records(cli), Event.ExecFinished.class)).anyMatch(f -> f.message().equals(
                "stopped: with the process that had started it"));
        assertThat(all(records(cli), Event.ExecStarted.class).stream().filter(Event.ExecStarted::background)).hasSize(2);
    }
}
