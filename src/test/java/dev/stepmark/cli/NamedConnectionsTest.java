package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.testing.Cli;
import dev.stepmark.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of configuration files, used by runs that nobody attends, on a real server. */
class NamedConnectionsTest {

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

    private String runbook(String... frontMatter) throws IOException {
        return Files.writeString(directory.resolve("work.md"), String.join("\n", frontMatter)
                + "\n# Work\n\n```sql {connection=plant}\nSELECT current_database();\n```\n").toString();
    }

    private void user(String... lines) throws IOException {
        write(directory.resolve("home/.config/stepmark/config.yaml"), lines);
    }

    private static void write(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    private Map<String, String> recorded() {
        return JournalReader.read(new RunDirectory(cli.run()).journal()).events().stream().map(e -> e.event())
                .filter(Event.RunStarted.class::isInstance).map(e -> ((Event.RunStarted) e).options()).findFirst()
                .orElseThrow();
    }

    @Test
    void theOperatorsOwnEntryIsHisWordForTheNameInTheDocument() throws IOException {
        user("connections:", "  plant: " + url);
        Cli.Result result = cli.run("run", runbook("---", "connections: {plant: \"postgresql://nowhere.invalid/x\"}",
                "---"), "--yes");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.err()).contains("the connection is from ~/.config/stepmark/config.yaml:2");
        assertThat(recorded()).containsEntry("connect.plant", url)
                .containsEntry("connect.plant.from", "~/.config/stepmark/config.yaml:2");
    }

    @Test
    void anOptionNamesAnEntry() throws IOException {
        user("connections:", "  everyday: postgresql://nowhere.invalid/x", "  special: " + url);
        assertThat(cli.run("run", runbook(), "--yes", "--connect", "plant=special").exit()).isZero();
        assertThat(recorded()).containsEntry("connect.plant", url);
    }

    @Test
    void anOptionNamesAnEntryForTheOnlyConnection() throws IOException {
        user("connections:", "  special: " + url);
        assertThat(cli.run("run", runbook(), "--yes", "--connect", "special").exit()).isZero();
        assertThat(recorded()).containsEntry("connect", url)
                .containsEntry("connect.from", "~/.config/stepmark/config.yaml:2");
    }

    @Test
    void anAddressOnTheCommandLineBeatsTheFile() throws IOException {
        user("connections:", "  plant: postgresql://nowhere.invalid/x");
        assertThat(cli.run("run", runbook(), "--yes", "--connect", "plant=" + url).exit()).isZero();
        assertThat(recorded()).doesNotContainKey("connect.plant.from");
    }

    @Test
    void aPsqlCommandIsAnAddressToo() throws IOException {
        EmbeddedServer server = EmbeddedServer.get();
        user("connections:", "  plant: psql -h " + server.host() + " -p " + server.port() + " -U " + server.user()
                + " postgres");
        Cli.Result result = cli.run("run", runbook(), "--yes");
        assertThat(result.exit()).as(result.all()).isZero();
    }

    @Test
    void aNameThatIsNoneIsRefusedWithTheNearest() throws IOException {
        user("connections:", "  special: " + url);
        Cli.Result result = cli.run("run", runbook(), "--yes", "--connect", "plant=specal");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("--connect plant=specal is no address of a database",
                "No connection of that name is configured either. The nearest is special. Nothing was run.");
        assertThat(cli.runs()).isEmpty();
    }

    @Test
    void aProjectFileOnlySuggestsAndNobodyIsThereToAgree() throws IOException {
        write(directory.resolve(".stepmark.yaml"), "connections:", "  plant: " + url);
        for (List<String> more : List.of(List.<String>of(), List.of("--connect", "plant=plant"))) {
            List<String> arguments = new java.util.ArrayList<>(List.of("run", runbook(), "--yes"));
            arguments.addAll(more);
            Cli.Result result = cli.run(arguments.toArray(String[]::new));
            assertThat(result.exit()).as(result.all()).isEqualTo(3);
            assertThat(result.err()).contains("connection plant is only suggested, by ", ".stepmark.yaml:2",
                    "Where something runs only the operator says", "Try: --connect plant=" + url);
        }
        assertThat(cli.runs()).isEmpty();
        assertThat(cli.run("run", runbook(), "--yes", "--connect", "plant=" + url).exit()).isZero();
    }

    @Test
    void theBannerFollowsTheServerWhateverTheDocumentCallsIt() throws IOException {
        user("connections:", "  live: {url: \"" + url + "\", banner: PRODUCTION, color: red}");
        Cli.Result result = cli.run("run", runbook(), "--yes", "--connect", "plant=" + url);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.err()).containsPattern("banner +PRODUCTION: postgres as postgres on ");
        assertThat(result.err().split("PRODUCTION", -1)).as("at the start and at the step").hasSize(3);
    }

    @Test
    void anotherDatabaseOfTheSameServerHasItsBannerUnlessItHasAnEntryOfItsOwn() throws IOException {
        String other = url.replace("/postgres", "/template1");
        user("connections:", "  live: {url: \"" + other + "\", banner: PRODUCTION}");
        assertThat(cli.run("run", runbook(), "--yes", "--connect", "plant=" + url).err()).contains("PRODUCTION");
        user("connections:", "  live: {url: \"" + other + "\", banner: PRODUCTION}", "  test: " + url);
        assertThat(cli.run("run", runbook(), "--yes", "--connect", "plant=" + url).err()).doesNotContain("PRODUCTION");
    }

    @Test
    void aProjectFileDoesNotRelabelAServerOfTheOperator() throws IOException {
        user("connections:", "  live: {url: \"" + url.replace("/postgres", "/template1") + "\", banner: PRODUCTION}");
        write(directory.resolve(".stepmark.yaml"), "connections:", "  other: {url: \"" + url + "\", banner: PLAYGROUND}");
        assertThat(cli.run("run", runbook(), "--yes", "--connect", "plant=" + url).err()).contains("PRODUCTION")
                .doesNotContain("PLAYGROUND");
    }

    @Test
    void configShowsWhatHoldsAndFromWhere() throws IOException {
        user("bell: false", "connections:", "  live: {url: \"postgresql://db1/plant\", banner: PRODUCTION, color: red}");
        write(directory.resolve(".stepmark.yaml"), "bell: true", "notify: {after: 5m}",
                "connections: {store: \"postgresql://db2/store\"}");
        Cli.Result result = cli.with("PAGER", "most").run("config", directory.toString(), "--color", "never");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).containsPattern("(?m)^  defaults.color +never +--color$")
                .containsPattern("(?m)^  bell +false +~/.config/stepmark/config.yaml:1$")
                .containsPattern("(?m)^  notify.after +5m +.*\\.stepmark.yaml:2$")
                .containsPattern("(?m)^  notify.command +- +default$")
                .containsPattern("(?m)^  pager +most +PAGER$")
                .containsPattern("(?m)^  connections.live +postgresql://db1/plant +~/.config/stepmark/config.yaml:3$")
                .containsPattern("(?m)^    banner +PRODUCTION, red$")
                .containsPattern("(?m)^  connections.store +postgresql://db2/store +.*\\.stepmark.yaml:3 \\(a suggestion\\)$");
    }

    @Test
    void configForPrograms() throws IOException {
        user("defaults: {journal: ~/kept}", "connections: {plant: \"postgresql://db1/plant\"}");
        JsonNode json = new ObjectMapper().readTree(cli.run("config", "--json").out());
        assertThat(json.get("schema").asText()).isEqualTo("stepmark-config/1");
        assertThat(json.get("values")).anySatisfy(v -> {
            assertThat(v.get("key").asText()).isEqualTo("defaults.journal");
            assertThat(v.get("value").asText()).isEqualTo("~/kept");
            assertThat(v.get("source").asText()).isEqualTo("user");
        });
        assertThat(json.at("/connections/0/confirmed").asBoolean()).isTrue();
        assertThat(json.at("/files/0/exists").asBoolean()).isTrue();
    }

    @Test
    void theConfiguredColourHoldsUnlessAVariableOrAnOptionSaysOtherwise() throws IOException {
        user("defaults: {color: always}");
        String runbook = Files.writeString(directory.resolve("shell.md"), "# Work\n\n```bash\necho 'ERROR: x' >&2\n```\n")
                .toString();
        assertThat(cli.run("run", runbook, "--yes").err()).contains("\u001b[31mERROR: x");
        assertThat(cli.run("run", runbook, "--yes", "--color", "never").err()).doesNotContain("\u001b");
        assertThat(cli.with("NO_COLOR", "1").run("run", runbook, "--yes").err()).doesNotContain("\u001b");
    }

    @Test
    void theConfiguredDirectoryOfRunsIsUsed() throws IOException {
        user("defaults: {journal: ~/kept}");
        Path runbook = Files.writeString(directory.resolve("shell.md"), "# Work\n\n```bash\ntrue\n```\n");
        Map<String, String> environment = Map.of("HOME", directory.resolve("home").toString(), "PATH", System.getenv("PATH"));
        java.io.PrintStream nowhere = new java.io.PrintStream(java.io.OutputStream.nullOutputStream());
        int exit = Main.run(new String[] {"run", runbook.toString(), "--yes"}, new Io(java.io.InputStream.nullInputStream(),
                nowhere, nowhere, false), environment, java.time.Clock.systemUTC());
        assertThat(exit).isZero();
        assertThat(directory.resolve("home/kept")).isDirectoryContaining("glob:**/*-*-*");
    }
}
