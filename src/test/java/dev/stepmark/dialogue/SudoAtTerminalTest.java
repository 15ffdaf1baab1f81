package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Machine;
import dev.stepmark.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.io.TempDir;

/** A real sudo that asks the person at the terminal: what is typed reaches sudo and nothing else. */
class SudoAtTerminalTest {

    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";
    private static final String BLOCKS = """
            # Blocks

            1. Ask.

               ```bash
               sudo id -un
               ```

            2. Ask again.

               ```bash
               sudo id -un
               ```

            3. Become root.

               ```bash
               sudo -i
               ```

            4. Look.

               ```bash
               id -un; pwd
               ```

            5. Wait.

               ```bash
               echo begun; sleep 3171; echo not reached
               ```
            """;
    private static final String PEER = """
            # Peer

            1. Open a session.

               ```bash
               sudo -u postgres psql
               ```

               ```sql
               SELECT session_user, count(*) FROM pg_catalog.pg_namespace WHERE nspname = 'public';
               ```

               ```sql
               SELECT pg_sleep(300);
               ```
            """;

    @TempDir
    private Path root;
    private Machine machine;

    @BeforeEach
    void build() throws Exception {
        Assumptions.assumeTrue(Programs.onPath("tmux"), "needs tmux on the path");
        machine = new Machine(root).with("blocks.md", BLOCKS).with("peer.md", PEER);
    }

    /** A terminal at which {@code oper} sits. */
    private Tmux terminal() {
        Tmux terminal = Tmux.start(100, 40, machine.work(), machine.environment());
        terminal.type(machine.command("bash", "--norc", "--noprofile").stream().map(w -> "'" + w + "'").collect(
                Collectors.joining(" ")), Tmux.SHELL);
        assertThat(terminal.type("id -un", Tmux.SHELL)).contains("oper");
        return terminal;
    }

    private void passwordIsNowhere(Tmux terminal) throws IOException {
        assertThat(terminal.all()).doesNotContain(Machine.PASSWORD);
        try (Stream<Path> files = Files.walk(machine.home())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(
                        Machine.PASSWORD);
            }
        }
    }

    @Test
    void aBlockAsksHereOnceAndWhatIsWrongIsAskedAgain() throws Exception {
        try (Tmux terminal = terminal()) {
            terminal.type("stepmark run blocks.md", "Start on .*" + KEY);
            terminal.type("y", "Run 1 .*" + KEY);
            terminal.type("r", "1 asks \"\\[sudo\\] password for oper:\" \\(not shown, not logged\\):");
            terminal.type("wrong", "1 asks \"\\[sudo\\] password for oper:\" \\(not shown, not logged\\):");
            assertThat(terminal.type(Machine.PASSWORD, "Run 2 .*" + KEY)).contains("  | root\n");
            assertThat(terminal.all()).contains("! Sorry, try again");
            assertThat(terminal.type("r", "Run 3: open the session\\? " + KEY)).as("sudo remembers this shell")
                    .contains("  | root\n").doesNotContain("asks");
            terminal.type("q", "Stop here.*" + KEY);
            terminal.type("y", Tmux.SHELL);
            passwordIsNowhere(terminal);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Defaults use_pty\n"})
    void aShellOfRootIsOpenedByThePasswordAndWorks(String defaults) throws Exception {
        machine.rule(defaults + Machine.WITH_PASSWORD);
        try (Tmux terminal = terminal()) {
            terminal.type("stepmark run blocks.md --start-at 3", "Start on .*" + KEY);
            terminal.type("y", "Run 3: open the session\\? " + KEY);
            assertThat(terminal.all()).contains("Opens      the shell of another user, from this machine",
                    "steps 4, 5 run there; nothing in the text closes it");
            terminal.type("r", "user-shell asks \"\\[sudo\\] password for oper:\" \\(not shown, not logged\\):");
            terminal.type("wrong", "user-shell asks \"\\[sudo\\] password for oper:\" \\(not shown, not logged\\):");
            assertThat(terminal.type(Machine.PASSWORD, "Run 4 on root@.*" + KEY)).contains("session user-shell is open: bash",
                    "as root, in /root");
            assertThat(terminal.type("r", "Run 5 on root@.*" + KEY)).contains("  | root\n", "  | /root\n");
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 5  00:00:0");
            terminal.keys("\u0003");
            assertThat(terminal.await(from + 1, "What now\\? " + KEY)).as("the terminal's own interrupt, without a password")
                    .contains("cancelled 5").doesNotContain("not reached");
            assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")).filter(c -> c.endsWith(
                    "sleep 3171"))).isEmpty();
            terminal.type("!id -un", "What now\\? " + KEY);
            assertThat(terminal.all()).contains("ok a1");
            passwordIsNowhere(terminal);
        }
    }

    @Test
    void aSessionInAnotherAccountAsksForTheOwnPassword() throws Exception {
        machine.withServer();
        try (Tmux terminal = terminal()) {
            terminal.type("stepmark run peer.md", "Start on .*" + KEY);
            terminal.type("y", "Run 1.1: open the session\\? " + KEY);
            String asks = "Password of oper for sudo \\(not shown, not logged\\):";
            terminal.type("r", asks);
            assertThat(terminal.type("wrong", "What now\\? " + KEY)).contains("sudo did not take your password",
                    "sudo: 1 incorrect password attempt");
            terminal.type("r", asks);
            assertThat(terminal.type(Machine.PASSWORD, "Run 1.2 .*" + KEY)).contains("session psql1 is open: postgres",
                    "started by sudo -u postgres");
            assertThat(terminal.type("r", "Run 1.3 .*" + KEY)).contains("postgres     |     1");
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 1.3  00:00:0");
            terminal.keys("\u0003");
            assertThat(terminal.await(from + 1, "What now\\? " + KEY)).as("a second psql, by the same password")
                    .contains("cancelled 1.3", "57014");
            passwordIsNowhere(terminal);
        }
    }
}
