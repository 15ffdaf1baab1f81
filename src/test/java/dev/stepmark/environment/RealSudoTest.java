package dev.stepmark.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Installed;
import dev.stepmark.testing.Installed.Ended;
import dev.stepmark.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real sudo, where nobody is at a terminal: in blocks, in front of psql, and in front of Stepmark itself. */
class RealSudoTest {

    private static final String WHO = "# Who\n\n1. Ask.\n\n   ```bash\n   sudo id -un\n   ```\n";
    private static final String PEER = """
            # Peer

            1. Ask once.

               ```bash
               sudo -u postgres psql -Atc 'select current_user'
               ```

            2. Open a session.

               ```bash
               sudo -u postgres psql
               ```

               ```sql
               CREATE TABLE shifts AS SELECT n FROM generate_series(1, 3) n;
               ```

               ```sql
               SELECT session_user, count(*) FROM shifts;
               ```
            """;
    private static final String RUN_PEER = "stepmark run peer.md --answer step-2.opens-session=yes"
            + Installed.UNATTENDED;

    @TempDir
    private Path root;
    private Machine machine;

    @BeforeEach
    void build() throws Exception {
        machine = new Machine(root).with("who.md", WHO).with("peer.md", PEER);
    }

    @Test
    void aBlockMayAskForAPasswordThatNobodyCanGive() throws Exception {
        Ended ended = machine.sh("stepmark run who.md" + Installed.UNATTENDED);
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.err()).contains("FAILED    1 it asks for a password, and nobody is there to type one",
                "It asked [sudo] password for oper:", "sudo -n with a");
    }

    @Test
    void withARuleBlocksAndSessionsOfAnotherAccountWork() throws Exception {
        Ended ended = machine.rule(Machine.WITHOUT_PASSWORD).withServer().sh("stepmark run who.md"
                + Installed.UNATTENDED + "; " + RUN_PEER);
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("| root\n", "| postgres\n",
                "session psql1 is open: postgres as postgres on the socket /var/run/postgresql:5432",
                "started by sudo -u postgres", "|  postgres     |     3\n", "Finished Peer");
    }

    @Test
    void aSessionThatNeedsAPasswordSaysSoAndRunsNothing() throws Exception {
        Ended ended = machine.withServer().sh(RUN_PEER + " --skip 1");
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.err().replaceAll("\\s+", " ")).contains("sudo wants your password to start psql as another user",
                "nobody has given the password", "No step was started.").doesNotContain("CREATE");
        assertThat(machine.rule("# nothing").env("SERVER", "").sh(RUN_PEER + " --skip 1 --answer resume=no")
                .err().replaceAll("\\s+", " "))
                .contains("sudo wants your password", "No step was started.");
    }

    @Test
    void whatRootWritesIsNotInTheHomeOfWhoeverCalledSudo() throws Exception {
        machine.rule("Defaults env_keep += \"HOME\"\n" + Machine.WITHOUT_PASSWORD)
                .env("STEPMARK_ARCHIVE", "make");
        String program = root.resolve("program/bin/stepmark").toString();
        String sudo = "sudo JAVA_HOME=\"$JAVA_HOME\" PATH=\"$PATH\" ";
        // root's own home is not the test's to write to
        String own = root.resolve("home/root").toString();
        Files.createDirectories(Path.of(own));
        String asRoot = sudo + "STEPMARK_ARCHIVE=off STEPMARK_JAVA_OPTS=-Duser.home=" + own + " ";
        Ended ended = machine.with("hello.md", Installed.HELLO).sh(sudo + "STEPMARK_ARCHIVE=make " + program + " && "
                + asRoot + program + " run hello.md" + Installed.UNATTENDED);
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("the log goes to the home of root: HOME is that of oper");
        assertThat(ownersBelow(machine.home())).doesNotContain("root");
        Path runs = Path.of(own, ".local/state/stepmark/runs");
        assertThat(Installed.runs(runs)).hasSize(1);
        assertThat(Installed.runs(runs).get(0).state().orElseThrow().started().host()).containsEntry("sudo", "oper")
                .containsEntry("user", "root");
        assertThat(machine.sh(asRoot + program + " runs").out()).as("found again").contains("hello.md");
    }

    private static List<String> ownersBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> {
                try {
                    return Files.getOwner(file).getName();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }).distinct().toList();
        }
    }
}
