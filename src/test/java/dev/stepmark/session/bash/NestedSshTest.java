package dev.stepmark.session.bash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Dialect;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import dev.stepmark.testing.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shell behind a real ssh keeps the contract: with a server, keys and a configuration of the test's own, which the client
 * starts itself; it listens nowhere.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NestedSshTest implements SessionContract {

    @TempDir
    private static Path root;
    private static boolean possible;

    @BeforeAll
    static void server() throws Exception {
        String sshd = List.of("/usr/sbin/sshd", "/usr/local/sbin/sshd").stream().filter(f -> Files.isExecutable(Path.of(f)))
                .findFirst().orElse("");
        if (!Programs.onPath("ssh") || !Programs.onPath("ssh-keygen") || sshd.isEmpty()) {
            return;
        }
        for (String name : List.of("host", "key")) {
            Assertions.assertThat(new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", root.resolve(name)
                    .toString()).start().waitFor()).isZero();
        }
        Files.writeString(root.resolve("sshd_config"), "HostKey " + root + "/host\nAuthorizedKeysFile " + root
                + "/key.pub\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                + "PermitRootLogin prohibit-password\nPidFile none\nPrintMotd no\nPrintLastLog no\n");
        String server = sshd + " -i -f " + root + "/sshd_config -E " + root + "/sshd.log";
        boolean missing = System.getProperty("user.name").equals("root") && !Files.isDirectory(Path.of("/run/sshd"));
        // root needs a directory for sshd that its service makes: it gets one that only it sees
        String proxy = !missing ? server : "unshare -m sh -c 'mount -t tmpfs -o mode=755 tmpfs /run && mkdir /run/sshd &&"
                + " exec " + server + "'";
        Files.writeString(root.resolve("config"), "Host box\n HostName localhost\n User " + System.getProperty("user.name")
                + "\n IdentityFile " + root + "/key\n IdentitiesOnly yes\n UserKnownHostsFile " + root + "/known\n"
                + " StrictHostKeyChecking no\n LogLevel ERROR\n ProxyCommand " + proxy + "\n");
        possible = new ProcessBuilder("ssh", "-F", root + "/config", "-T", "box", "true").start().waitFor() == 0;
    }

    private static String opener() {
        return "ssh -F " + root + "/config box";
    }

    @Override
    public Session open() throws Exception {
        Assumptions.assumeTrue(possible, "needs ssh, sshd and a login by ssh");
        return Nested.open(opener());
    }

    @Override
    public Dialect dialect() {
        return new BashDialect();
    }

    @Test
    void itHasNoTerminalAndNothingOfThisMachine() throws Exception {
        try (Session session = open()) {
            assertThat(session.opened().identity()).containsEntry("terminal", "none");
            assertThat(session.opened().label()).endsWith("by " + opener());
            assertThat(Shells.output(session, "[ -t 0 ] || echo none; ls /proc/$$/fd | wc -w")).startsWith("none");
        }
    }

    @Test
    void aClientThatDiesInABlockIsLost() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Session session = open()) {
            Future<Outcome> running = other.submit(() -> session.run(Request.of("echo begun >" + root
                    + "/begun; sleep 60"), dev.stepmark.session.OutputSink.none()));
            while (!Files.exists(root.resolve("begun"))) {
                Thread.sleep(5);
            }
            ProcessHandle.current().descendants().filter(p -> p.info().commandLine().orElse("").contains("ssh -F " + root)
                    && !p.info().commandLine().orElse("").contains("setsid")).forEach(ProcessHandle::destroyForcibly);
            assertThat(running.get()).isInstanceOf(Outcome.Lost.class);
            assertThat(session.alive()).isFalse();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aHostThatIsNotThereSaysWhatSshSays() {
        Assumptions.assumeTrue(possible, "needs ssh");
        Assertions.assertThatThrownBy(() -> Nested.open("ssh -F /dev/null -o BatchMode=yes -p 1 127.0.0.1"))
                .isInstanceOf(CannotOpen.class).hasMessageContaining("Connection refused");
    }
}
