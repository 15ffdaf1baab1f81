package dev.stepmark.session.bash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Dialect;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A shell of a small container keeps the contract: a docker of the test's own leads to a machine without bash, with
 * nothing but a POSIX shell and without any terminal.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class NestedShTest implements SessionContract {

    private static Path programs;

    @BeforeAll
    static void begin() throws Exception {
        programs = Files.createTempDirectory("stepmark-container");
    }

    @AfterAll
    static void end() throws Exception {
        try (Stream<Path> files = Files.walk(programs)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The shell of the machine: a name to find, or a program of its own. */
    abstract String shell();

    /** Puts the programs of the machine there. */
    void fill(Path bin) throws Exception {
        Files.createSymbolicLink(bin.resolve("sh"), dev.stepmark.testing.Programs.find(shell()));
        for (String name : new String[] {"env", "sleep", "grep", "head", "tr", "hostname", "id", "cat", "ls", "printf"}) {
            Files.createSymbolicLink(bin.resolve(name), dev.stepmark.testing.Programs.find(name));
        }
    }

    @Override
    public Session open() throws Exception {
        Assumptions.assumeTrue(dev.stepmark.testing.Programs.onPath(shell()), "needs " + shell());
        Assumptions.assumeTrue(dev.stepmark.testing.Programs.onPath("setsid"), "needs setsid");
        Path bin = programs.resolve("bin");
        if (!Files.isDirectory(bin)) {
            Files.createDirectories(bin);
            fill(bin);
            Path docker = Files.writeString(Files.createDirectories(programs.resolve("here")).resolve("docker"), """
                    #!/bin/bash
                    [ "$1 $2 $3" = "exec -i box" ] || { echo "no such container: $*" >&2; exit 125; }
                    shift 3
                    exec setsid -w env -i PATH='%s' HOME=/ "$@"
                    """.formatted(bin));
            docker.toFile().setExecutable(true);
        }
        return Nested.open("docker exec -it box sh", Map.of("PATH", programs.resolve("here") + ":" + System.getenv("PATH")),
                dev.stepmark.session.Console.nobody());
    }

    @Override
    public Dialect dialect() {
        return new BashDialect();
    }

    @Test
    void saysWhatItIs() throws Exception {
        try (Session session = open()) {
            assertThat(session.opened().kind()).isEqualTo("sh");
            assertThat(session.opened().label()).startsWith("sh on ").endsWith("by docker exec -it box sh");
            assertThat(session.opened().identity()).containsEntry("terminal", "none");
        }
    }

    @Test
    void streamsAndStatusesAreApart() throws Exception {
        try (Session session = open()) {
            RecordingSink sink = new RecordingSink();
            Outcome.Done done = Shells.done(session, "echo out; echo err >&2; (exit 7)", sink);
            assertThat(sink.text(OutputSink.Stream.STDOUT)).isEqualTo("out\n");
            assertThat(sink.text(OutputSink.Stream.STDERR)).isEqualTo("err\n");
            assertThat(done.exit()).isEqualTo(7);
            assertThat(Shells.output(session, "echo $?")).isEqualTo("7\n");
        }
    }

    @Test
    void changesAreReportedAndQuotesSurvive() throws Exception {
        try (Session session = open()) {
            Outcome.Done done = Shells.done(session, "export PGHOST=\"it's \\\"here\\\"\"; cd /tmp");
            assertThat(done.change().orElseThrow().cwd()).isEqualTo("/tmp");
            assertThat(done.change().orElseThrow().names()).contains("PGHOST");
            assertThat(session.snapshot().orElseThrow().variables()).containsEntry("PGHOST", "it's \"here\"");
            assertThat(Shells.output(session, "pwd")).isEqualTo("/tmp\n");
        }
    }

    @Test
    void nothingReadsTheNextBlockAndErrorsOfTheShellEndTheBlockOnly() throws Exception {
        try (Session session = open()) {
            assertThat(Shells.output(session, "cat; read x; echo \"[$x]\"")).isEqualTo("[]\n");
            for (String text : new String[] {"set -u; echo $never", ": ${never:?said}", ". /nonexistent/file"}) {
                Outcome outcome = session.run(Request.of(text + "\necho not reached"), OutputSink.none());
                assertThat(outcome).as(text).isInstanceOf(Outcome.Done.class);
                assertThat(((Outcome.Done) outcome).exit()).as(text).isNotZero();
                assertThat(Shells.output(session, "set +u; echo usable")).as(text).isEqualTo("usable\n");
            }
        }
    }

    @Test
    void aSyntaxErrorRunsNothing() throws Exception {
        try (Session session = open()) {
            RecordingSink sink = new RecordingSink();
            Outcome outcome = session.run(Request.of("echo first\nif true; then\n"), sink);
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(sink.text(OutputSink.Stream.STDOUT)).isEmpty();
        }
    }

    @Test
    void aSecretIsThereForOneBlockOnly() throws Exception {
        try (Session session = open()) {
            RecordingSink sink = new RecordingSink();
            Outcome outcome = session.run(new Request("echo \"$TOKEN\"", "", Map.of("TOKEN", "a b'c"), Optional.empty(), false),
                    sink);
            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(sink.text(OutputSink.Stream.STDOUT)).isEqualTo("a b'c\n");
            assertThat(Shells.output(session, "echo \"[$TOKEN]\"")).isEqualTo("[]\n");
        }
    }

    @Test
    void aConnectionThatBreaksIsLostAndNeverSuccess() throws Exception {
        try (Session session = open()) {
            Outcome outcome = session.run(Request.of("kill -9 $$"), OutputSink.none());
            assertThat(outcome).isInstanceOf(Outcome.Lost.class);
            assertThat(session.alive()).isFalse();
        }
    }
}
