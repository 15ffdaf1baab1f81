package dev.stepmark.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.journal.Runs;
import dev.stepmark.testing.Installed;
import dev.stepmark.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Through a real ssh, with a server, keys and a configuration of the test's own; it listens nowhere, the client starts it
 * and talks to it through pipes. No locale is forwarded.
 */
class SshTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "\\[[^\\]\\n]*\\?\\] ";
    private static final String LONG = "# Gr\u00fc\u00dfe\n\n1. Short.\n\n   ```bash\n   echo hello\n   ```\n\n2. Long.\n\n"
            + "   ```bash\n   sleep 3134 || true\n   ```\n";

    @TempDir
    private Path root;
    private Installed installed;
    private Process client;
    private final StringBuffer shown = new StringBuffer();
    private Thread reader;

    @BeforeEach
    void prepare() throws Exception {
        Assumptions.assumeTrue(Programs.onPath("ssh") && sshd() != null, "needs ssh and sshd");
        installed = new Installed(root).env("LANG", null).with("long.md", LONG);
        for (String name : List.of("host", "key")) {
            assertThat(installed.run(root, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name).exit()).isZero();
        }
        Files.writeString(root.resolve("sshd_config"), "HostKey " + root + "/host\nAuthorizedKeysFile " + root
                + "/key.pub\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                + "PermitRootLogin prohibit-password\nPidFile none\nPrintMotd no\nPrintLastLog no\nSetEnv HOME="
                + installed.home() + "\n");
        assertThat(installed.sh("export -p >../environment").exit()).isZero();
        start("true", "-T");
        boolean possible = client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && client.exitValue() == 0;
        Assumptions.assumeTrue(possible, "needs a login by ssh: " + shown);
        shown.setLength(0);
    }

    @AfterEach
    void end() throws Exception {
        if (client != null) {
            client.destroyForcibly().waitFor();
        }
    }

    private static String sshd() {
        return List.of("/usr/sbin/sshd", "/usr/local/sbin/sshd").stream().filter(f -> Files.isExecutable(Path.of(f)))
                .findFirst().orElse(null);
    }

    /** Root needs a directory for sshd that its service makes: it gets one that only it sees. */
    private String server() {
        String server = sshd() + " -i -f " + root + "/sshd_config -E " + root + "/sshd.log";
        boolean missing = System.getProperty("user.name").equals("root") && !Files.isDirectory(Path.of("/run/sshd"));
        return !missing ? server : "unshare -m sh -c 'mount -t tmpfs -o mode=755 tmpfs /run && mkdir /run/sshd && exec "
                + server + "'";
    }

    /** Starts a line on the other side; nothing is typed by itself, and the input stays open. */
    private void start(String line, String... options) throws IOException {
        Path script = Files.writeString(root.resolve("remote.sh"), ". '" + root + "/environment'; cd '" + installed.work()
                + "' || exit; " + line + "\n");
        List<String> command = new ArrayList<>(List.of("ssh", "-F", "/dev/null", "-i", root + "/key", "-o",
                "IdentitiesOnly=yes", "-o", "UserKnownHostsFile=" + root + "/known", "-o", "StrictHostKeyChecking=no",
                "-o", "LogLevel=ERROR", "-o", "BatchMode=yes", "-o", "ProxyCommand=" + server()));
        command.addAll(List.of(options));
        command.addAll(List.of(System.getProperty("user.name") + "@localhost", "exec bash " + script));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("TERM", "xterm-256color");
        client = builder.start();
        Process started = client;
        reader = new Thread(() -> {
            byte[] buffer = new byte[8192];
            try (var in = started.getInputStream()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    shown.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // the client was killed
            }
        }, "ssh-client");
        reader.setDaemon(true);
        reader.start();
    }

    private int exit() throws Exception {
        assertThat(client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ends: " + shown).isTrue();
        // what it printed last may still be in the pipe
        reader.join(PATIENCE.toMillis());
        return client.exitValue();
    }

    /** Waits for a text, then types a line; what was shown before does not count any more. */
    private void at(String expected, String line) throws IOException {
        Pattern pattern = Pattern.compile(expected);
        until("shown: " + expected, () -> pattern.matcher(plain()).find());
        shown.setLength(0);
        client.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    private String plain() {
        return shown.toString().replaceAll("\u001b[\\[\\]?0-9;]*[a-zA-Z>=]|\u001b[>=]", "");
    }

    private void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain: " + what + "\n" + shown);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
        }
    }

    private Runs.Entry newest() {
        return Installed.runs(installed.journal()).get(0);
    }

    private static boolean running(String words) {
        return ProcessHandle.allProcesses().anyMatch(p -> p.info().commandLine().orElse("").endsWith(words));
    }

    @Test
    void withoutATerminalNobodyIsAskedAndTheExitCodeArrives() throws Exception {
        start("stepmark run hello.md", "-T");
        assertThat(exit()).isEqualTo(3);
        assertThat(shown.toString()).contains("answers are missing, so nothing was run");
        assertThat(Installed.runs(installed.journal())).isEmpty();

        start("stepmark run hello.md" + Installed.UNATTENDED, "-T");
        assertThat(exit()).as(shown.toString()).isZero();
        assertThat(shown.toString()).contains("Finished Say hello");
        assertThat(newest().state().orElseThrow().started().host().get("ssh")).isNotBlank();
    }

    @Test
    void aTerminalWithoutASizeIsUsedAsOneOfEightyColumns() throws Exception {
        start("stty size; stepmark run long.md; stty size", "-tt");
        at("Start on .*" + KEY, "y\r");
        at("Run 1 .*" + KEY, "q\r");
        at("Stop here.*" + KEY, "y\r");
        assertThat(exit()).isZero();
        assertThat(plain().lines().filter(line -> line.contains("Stopped")).findFirst().orElseThrow()).contains(
                "Gr\u00fc\u00dfe").hasSizeBetween(60, 80);
    }

    @Test
    void aConnectionThatIsLostAtATerminalCancelsWhatRunsAndTheRunCanGoOn() throws Exception {
        start("stepmark run long.md", "-tt");
        at("Start on .*" + KEY, "y\r");
        at("Run 1 .*" + KEY, "r\r");
        at("Run 2 .*" + KEY, "r\r");
        until("the block runs", () -> running("sleep 3134"));
        client.destroyForcibly();
        until("what ran is stopped", () -> !running("sleep 3134"));
        until("its end is recorded", () -> JournalReader.read(newest().directory().journal()).events().stream()
                .filter(r -> r.event() instanceof Event.ExecFinished).count() == 2);
        until("the program has let go", () -> !running("stepmark.jar run long.md"));
        assertThat(installed.status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
        assertThat(newest().unfinished()).isTrue();

        shown.setLength(0);
        start("stepmark run long.md", "-tt");
        at("Go on with run .*" + KEY, "y\r");
        at("Run 2 .*" + KEY, "q\r");
        at("Stop here.*" + KEY, "y\r");
        exit();
    }

    @Test
    void aConnectionThatIsLostWithoutATerminalStopsNothing() throws Exception {
        installed.with("slow.md", "# Slow\n\n1. Wait.\n\n   ```bash\n   echo begun; until [ -e go ]; do sleep 0.1; done\n"
                + "   ```\n\n2. End.\n\n   ```bash\n   seq 20000; touch done\n   ```\n");
        start("stepmark run slow.md" + Installed.UNATTENDED, "-T");
        until("the block runs", () -> shown.toString().contains("begun"));
        client.destroyForcibly().waitFor();
        Files.createFile(installed.work().resolve("go"));
        until("it goes on to its end", () -> Files.exists(installed.work().resolve("done")) && !newest().unfinished());
        assertThat(installed.status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
    }
}
