package dev.stepmark.session.bash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Dialect;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract where three things of Linux are missing: /proc, setsid(1) (perl takes its place) and the GNU programs
 * (those of busybox are on the path).
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsOnMacTest implements SessionContract {

    @TempDir
    private Path programs;
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    @BeforeEach
    void hideWhatMacOsDoesNotHave() throws Exception {
        Programs here = Programs.find(System.getenv("PATH")).orElseThrow();
        Assumptions.assumeTrue(here.withPerl().isPresent(), "needs perl");
        Path busybox = dev.stepmark.testing.Programs.onPath("busybox") ? dev.stepmark.testing.Programs.find("busybox")
                : null;
        Assumptions.assumeTrue(busybox != null, "needs busybox");
        Files.createSymbolicLink(programs.resolve("bash"), Path.of(here.bash()));
        Process list = new ProcessBuilder(busybox.toString(), "--list").start();
        List<String> applets = new ArrayList<>(new String(list.getInputStream().readAllBytes(),
                StandardCharsets.UTF_8).lines().toList());
        applets.removeAll(List.of("bash", "setsid", "busybox"));
        for (String applet : applets) {
            Files.createSymbolicLink(programs.resolve(applet), busybox);
        }
        environment.put("PATH", programs.toString());
    }

    @Override
    public Session open() throws Exception {
        return BashSession.open(new BashSession.Options(Path.of("/"), environment, Map.of(), ""),
                machine -> machine.withPerl().orElseThrow().withoutProc());
    }

    @Override
    public Dialect dialect() {
        return new BashDialect();
    }

    @Test
    void aBlockHasATerminalAndTheToolsOfThePath() throws Exception {
        try (Session session = open()) {
            assertThat(session.opened().identity()).containsEntry("user", System.getProperty("user.name"))
                    .doesNotContainEntry("terminal", "none");
            RecordingSink sink = new RecordingSink();
            Shells.done(session, "tty </dev/tty >/dev/null && echo terminal; ls --help 2>&1 | head -n 1", sink);
            assertThat(sink.text(OutputSink.Stream.STDOUT)).startsWith("terminal\nBusyBox");
        }
    }

    @Test
    void aPasswordIsAskedForAlthoughNobodySaysWhoReads() throws Exception {
        try (Session session = open()) {
            TypingConsole console = new TypingConsole(80, 24).answer("Password: ", "s3cret");
            RecordingSink sink = new RecordingSink();
            Outcome outcome = session.run(Request.of("printf 'Password: ' >/dev/tty;"
                    + " read -rs p </dev/tty; echo \"${#p} characters\""), sink, console);
            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(console.questions()).containsExactly("Password: (hidden)");
            assertThat(sink.text(OutputSink.Stream.STDOUT)).isEqualTo("6 characters\n");
        }
    }

    @Test
    void whatABlockLeftInTheBackgroundEndsWithACancel() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Session session = open()) {
            RecordingSink sink = new RecordingSink();
            Future<Outcome> running = other.submit(() -> session.run(Request.of(
                    "sleep 3171 & sleep 3172 | cat & echo ready; wait"), sink));
            sink.await("ready");
            long shell = Long.parseLong(session.opened().identity().get("pid"));
            assertThat(session.cancel().asked()).isTrue();
            assertThat(running.get()).isInstanceOf(Outcome.Cancelled.class);
            assertThat(ProcessHandle.of(shell).orElseThrow().descendants().filter(ProcessHandle::isAlive)).isEmpty();
        } finally {
            other.shutdownNow();
        }
    }
}
