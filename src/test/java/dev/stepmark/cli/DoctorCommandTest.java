package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stepmark.testing.Cli;
import dev.stepmark.testing.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command, with a real server. */
class DoctorCommandTest {

    @TempDir
    Path directory;
    private Cli cli;
    private String url;

    @BeforeEach
    void prepare() {
        EmbeddedServer server = EmbeddedServer.get();
        url = "postgresql://" + server.user() + "@" + server.host() + ":" + server.port() + "/postgres";
        cli = new Cli(directory);
    }

    private void user(String... lines) throws IOException {
        Path file = directory.resolve("home/.config/stepmark/config.yaml");
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    @Test
    void aHealthyMachine() throws IOException {
        user("connections:", "  plant: " + url);
        Cli.Result result = cli.run("doctor");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).containsPattern("(?m)^ok +java +17|(?m)^ok +java +2\\d")
                .containsPattern("(?m)^(ok|note) +journal +")
                .containsPattern("(?m)^ok +bash +\\d")
                .containsPattern("(?m)^ok +server +plant: postgres as postgres on localhost:\\d+, PostgreSQL \\d+\\.\\d+,"
                        + " a primary, system \\d+, no TLS, \\d+ ms$")
                .containsPattern("(?m)^no problem, \\d+ notes?, \\d+ ok$");
        assertThat(cli.journal()).doesNotExist();
    }

    @Test
    void aServerThatIsNotThereIsAProblemAndTheRestIsStillSaid() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Cli.Result result = cli.run("doctor", "--connect", "plant=postgresql://ops@localhost:" + free + "/x");
        assertThat(result.exit()).as(result.all()).isEqualTo(1);
        assertThat(result.out()).containsPattern("(?m)^problem +server +plant: .*localhost:" + free + " was refused")
                .containsPattern("(?m)^ok +bash").contains("1 problem,").doesNotContain("stepmark doctor --connect");
    }

    @Test
    void aServerThatNeverAnswersIsNotWaitedFor() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Cli.Result result = cli.run("doctor", "--connect", "postgresql://ops@localhost:" + silent.getLocalPort()
                    + "/x");
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.out()).containsPattern("(?m)^problem +server +no answer within 3 s");
        }
    }

    @Test
    void whatARunbookCalls() throws IOException {
        Path runbook = Files.writeString(directory.resolve("work.md"), "---\nconnections: {store:"
                + " \"postgresql://nowhere.invalid/store\"}\n---\n\n# Work\n\n```bash\nhelp_me() { true; }\nhelp_me\n"
                + "sudo -u postgres no-such-program -v | gzip\nexport A=1; cd /tmp\n\"$HOME\"/x\n```\n\n"
                + "Open a shell in the database pod:\n\n```bash\nkubectl exec -it db-0 -- bash\n```\n\n"
                + "Then start it:\n\n```bash\nno-such-thing-there\n```\n\n```sql {connection=store}\nSELECT 1;\n```\n");
        Cli.Result result = cli.run("doctor", runbook.toString());
        assertThat(result.exit()).as(result.all()).isEqualTo(1);
        assertThat(result.out()).containsPattern("(?m)^ok +runbook +.*work.md, \\d steps?$")
                .containsPattern("(?m)^ok +programs +.*gzip")
                .containsPattern("(?m)^problem +programs +no-such-program \\(line 10\\) is not on the path")
                .containsPattern("(?m)^note +programs +no-such-thing-there: called in a shell somewhere else")
                .containsPattern("(?m)^note +server +store: postgresql://nowhere.invalid/store, only said by the document; not"
                        + " contacted");
        assertThat(result.out()).doesNotContain("help_me").doesNotContain("problem  programs  no-such-thing-there");
    }

    @Test
    void aSuggestionIsNotContacted() throws IOException {
        Files.writeString(directory.resolve(".stepmark.yaml"), "connections:\n  store: postgresql://nowhere.invalid/x\n");
        Path runbook = Files.writeString(directory.resolve("work.md"), "# Work\n\n```bash\ntrue\n```\n");
        assertThat(cli.run("doctor", runbook.toString()).out()).containsPattern("(?m)^note +server +store: postgresql://"
                + "nowhere.invalid/x, only suggested by .*\\.stepmark.yaml:2; not contacted");
    }

    @Test
    void whatMayAskForAPasswordIsNotTried() throws IOException {
        user("connections:", "  plant: sudo -u postgres psql plant");
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path sudo = Files.writeString(bin.resolve("sudo"), "#!/bin/sh\ntouch " + directory.resolve("started") + "\n");
        Files.setPosixFilePermissions(sudo, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        Cli.Result result = cli.with("PATH", bin + ":" + System.getenv("PATH")).run("doctor");
        assertThat(directory.resolve("started")).doesNotExist();
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).containsPattern("(?m)^note +server +plant: psql, started by sudo -u postgres; not tried");
    }

    @Test
    void aBrokenConfigurationAndABrokenRunbookAreFindings() throws IOException {
        user("bel: true");
        Cli.Result result = cli.run("doctor", directory.resolve("none.md").toString());
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).containsPattern("(?m)^problem +config +~/.config/stepmark/config.yaml:1: \"bel\" is no key")
                .containsPattern("(?m)^problem +runbook +there is no ").containsPattern("(?m)^ok +bash");
    }

    @Test
    void forPrograms() throws IOException {
        JsonNode json = new ObjectMapper().readTree(cli.run("doctor", "--json", "--connect", url).out());
        assertThat(json.get("schema").asText()).isEqualTo("stepmark-doctor/1");
        assertThat(json.get("problems").asInt()).isZero();
        assertThat(json.get("checks")).anySatisfy(c -> {
            assertThat(c.get("name").asText()).isEqualTo("server");
            assertThat(c.get("status").asText()).isEqualTo("ok");
        });
    }

    @Test
    void aPasswordOnTheCommandLineIsRefused() {
        for (String address : List.of("postgresql://ops:hunter2hunter2@localhost/x",
                "psql 'host=localhost password = hunter2hunter2'")) {
            Cli.Result result = cli.run("doctor", "--connect", address);
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.all()).contains("has a password in it").doesNotContain("hunter2");
        }
    }
}
