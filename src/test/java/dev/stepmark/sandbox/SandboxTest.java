package dev.stepmark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands in a sandbox can see and reach, tried by real commands against real servers of this machine. */
class SandboxTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin:/usr/sbin:/sbin", "HOME",
            Sandbox.HOME);

    @TempDir
    private Path directory;

    @BeforeEach
    void needsNamespaces() throws IOException {
        Optional<String> problem = Sandbox.problem(Files.createDirectories(directory.resolve("trial")));
        Assumptions.assumeTrue(problem.isEmpty(), () -> "no sandbox on this machine: " + problem.orElseThrow());
    }

    @Test
    void aServerOfThisMachineIsNotReached() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String connect = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + " && echo reached";

            assertThat(outside(connect)).as("the command itself works").isEqualTo("reached");
            assertThat(inside(List.of(), connect)).doesNotContain("reached").contains("refused");
        }
    }

    @Test
    void thereIsALoopbackInterfaceAndNoOther() throws Exception {
        assertThat(inside(List.of(), "cat /proc/net/dev | tail -n +3 | wc -l; exec 3<>/dev/tcp/10.0.0.1/80"))
                .startsWith("1\n").contains("unreachable");
        assertThat(inside(List.of(), "perl -MSocket -e 'socket(my $s, PF_INET, SOCK_STREAM, 0);"
                + " bind($s, sockaddr_in(0, INADDR_LOOPBACK)) && listen($s, 1) && print \"listens\"'")).isEqualTo("listens");
    }

    @Test
    void aSocketOfThisMachineIsNotSeen() throws Exception {
        Path socket = Files.createTempDirectory("sm").resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertThat(outside("[ -S " + socket + " ] && echo there")).isEqualTo("there");
            assertThat(inside(List.of(), "[ -e " + socket + " ] || echo gone; ls /run /home /var; ls /root /srv 2>&1"))
                    .startsWith("gone").contains("No such file").doesNotContain(System.getProperty("user.name") + "\n");
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(socket.getParent());
        }
    }

    @Test
    void programsAreThereAndCannotBeChanged() throws Exception {
        assertThat(inside(List.of(), "touch /usr/bin/mine /etc/mine /opt/mine; echo $?; command -v sort"))
                .contains("Read-only file system").contains("1\n/usr/bin/sort");
        assertThat(Files.exists(Path.of("/etc/mine"))).isFalse();
    }

    @Test
    void whatIsLockedCannotBeOpenedWithRightsOfAnotherNamespace() throws Exception {
        String remount = "mount -o remount,rw /etc; umount /etc; touch /etc/mine && echo written";

        assertThat(inside(List.of(), remount)).doesNotContain("written");
        assertThat(inside(List.of(), "unshare --user --map-root-user --mount sh -c '" + remount + "'"))
                .doesNotContain("written");
        assertThat(inside(List.of(), "unshare --user --map-root-user --net sh -c 'cat /proc/net/dev' | tail -n +3 | wc -l"))
                .isEqualTo("1");
    }

    @Test
    void whatIsListedIsSeenAndOnlyWhatIsWritableChanges() throws Exception {
        Path shown = Files.createDirectories(directory.resolve("with a space"));
        Files.writeString(shown.resolve("a.txt"), "seen\n");
        Path work = Files.createDirectories(directory.resolve("work"));
        List<View> views = List.of(View.writable(Files.createDirectories(directory.resolve("tmp")), "/tmp"),
                View.of(shown), View.writable(work, "/work"));

        String said = inside(views, "cat '" + shown + "/a.txt'; echo x >'" + shown + "/b.txt' || echo locked;"
                + " echo written >/work/c.txt; cat /work/c.txt; ls /tmp");

        assertThat(said).startsWith("seen\n").contains("locked").contains("written");
        assertThat(shown.resolve("b.txt")).doesNotExist();
        assertThat(work.resolve("c.txt")).content().isEqualTo("written\n");
        assertThat(Files.getOwner(work.resolve("c.txt"))).isEqualTo(Files.getOwner(work));
    }

    @Test
    void commandsRunAsTheSameOrdinaryUserEverywhere() throws Exception {
        assertThat(inside(List.of(), "id -un; id -u; echo ~; id -G; grep CapEff /proc/self/status"))
                .isEqualTo("operator\n1000\n/home/operator\n1000\nCapEff:\t0000000000000000");
    }

    @Test
    void nothingOutlivesIt() throws Exception {
        Path work = Files.createDirectories(directory.resolve("work"));
        Process process = new Sandbox(directory.resolve("box"), List.of(View.writable(work, "/work"))).command(List.of(
                "/bin/bash", "-c", "setsid bash -c 'while :; do date +%s%N >/work/alive; sleep 0.1; done' & sleep 600"),
                ENVIRONMENT).start();
        Path alive = work.resolve("alive");
        until(() -> Files.exists(alive));

        process.destroyForcibly().waitFor();

        until(() -> {
            String before = Files.readString(alive);
            TimeUnit.MILLISECONDS.sleep(500);
            return Files.readString(alive).equals(before);
        });
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private String inside(List<View> views, String script) throws Exception {
        Path box = Files.createDirectories(directory.resolve("box-" + System.nanoTime()));
        return said(new Sandbox(box, views).command(List.of("/bin/bash", "-c", script), ENVIRONMENT));
    }

    private static String outside(String script) throws Exception {
        return said(new ProcessBuilder("/bin/bash", "-c", script));
    }

    private static String said(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).redirectInput(new java.io.File("/dev/null")).start();
        List<String> out = new ArrayList<>(List.of(new String(process.getInputStream().readAllBytes(),
                StandardCharsets.UTF_8).strip()));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return out.get(0);
    }
}
