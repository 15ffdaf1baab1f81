package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in real shells, with the real program behind them. */
class CompletionTest {

    @TempDir
    Path directory;
    private Cli cli;
    private Path work;

    @BeforeEach
    void place() throws IOException {
        cli = new Cli(directory);
        work = Files.createDirectories(directory.resolve("work"));
        Files.createDirectories(work.resolve("more"));
        Files.writeString(work.resolve("notes.txt"), "");
        Files.writeString(work.resolve("orders.md"), "---\nconnections: {plant: \"postgresql://localhost/x\"}\n"
                + "variables: {LINE: {default: \"3\"}}\n---\n# Work\n\n```sql {connection=plant name=look}\nSELECT 1;\n```\n\n"
                + "```bash\ntrue\n```\n\nOpen a shell in the database pod:\n\n```bash\nkubectl exec -it db-0 -- bash\n```\n\n"
                + "```bash\nls\n```\n");
        Path config = directory.resolve("home/.config/stepmark/config.yaml");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "connections:\n  live: {url: \"postgresql://db1/x\", banner: PRODUCTION}\n"
                + "  special: postgresql://db2/y\n");
        program();
    }

    private void program() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path program = Files.writeString(bin.resolve("stepmark"), "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"),
                "bin", "java") + "' -XX:TieredStopAtLevel=1 -cp '" + classes + "' dev.stepmark.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String script(String shell) {
        Cli.Result result = cli.run("completion", shell);
        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    private static boolean installed(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(d -> Files.isExecutable(Path.of(d.isEmpty() ? "." : d, program)));
    }

    private String shell(String... command) throws Exception {
        Path output = Files.createTempFile(directory, "out", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", directory.resolve("home").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TERM", "xterm");
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** Calls the function as readline does: words cut at blanks, = and :. */
    private List<String> bash(String line) throws Exception {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            List<String> pieces = List.of(word.split("(?<=[=:])(?![=:])|(?<![=:])(?=[=:])"));
            words.addAll(pieces);
            if (word.endsWith("=") || word.endsWith(":")) {
                words.add("");
            }
        }
        Path driver = Files.writeString(directory.resolve("driver.sh"), script("bash") + "\nCOMP_WORDS=(" + String.join(" ",
                words.stream().map(w -> "'" + w + "'").toList()) + ")\nCOMP_CWORD=" + (words.size() - 1)
                + "\n_stepmark\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
        return shell("bash", "--norc", driver.toString()).lines().filter(l -> !l.isEmpty()).sorted().toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'stepmark ru'|run runs", "'stepmark doc'|doctor", "'stepmark run --inst'|--installed-version",
        "'stepmark run o'|orders.md", "'stepmark run '|more orders.md", "'stepmark list '|more",
        "'stepmark run orders.md --connect '|live plant= special", "'stepmark run orders.md --connect l'|live",
        "'stepmark run orders.md --connect plant='|live special", "'stepmark run orders.md --connect=plant=s'|special",
        "'stepmark run orders.md --skip '|1 look", "'stepmark run orders.md --skip 1,lo'|1,look",
        "'stepmark run orders.md --set '|LINE=", "'stepmark run orders.md --color=n'|never", "'stepmark run --allow '|destructive late",
        "'stepmark run orders.md --vars n'|notes.txt", "'stepmark completion '|bash fish zsh",
        "'stepmark run orders.md --target by'|by-hand", "'stepmark run orders.md --yes'|--yes", "'stepmark nothing '|",
        "'stepmark run missing.md --skip '|", "'stepmark run orders.md --installed-version '|"})
    void inBash(String line, String expected) throws Exception {
        assertThat(String.join(" ", bash(line))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void runsByTheirShortNames() throws Exception {
        Files.createDirectories(directory.resolve("state/stepmark/runs/20261120-0211-k7qd"));
        Files.createDirectories(directory.resolve("state/stepmark/runs/20261121-0800-m3ta"));
        assertThat(cli.run("__complete", "runs", "", "show").out()).isEqualTo("m3ta\t2026-11-21 08:00 UTC\n"
                + "k7qd\t2026-11-20 02:11 UTC\n");
        assertThat(cli.run("__complete", "runs", "k", "show").out()).isEqualTo("k7qd\t2026-11-20 02:11 UTC\n");
        assertThat(bash("stepmark show --journal=" + directory.resolve("state/stepmark/runs") + " m")).containsExactly("m3ta");
    }

    @Test
    void nothingThatAShellWouldExpandIsOffered() throws Exception {
        Path evil = Files.writeString(work.resolve("evil.md"), "---\nvariables: {LINE: {default: \"3\"}}\n---\n# Work\n\n"
                + "```sql {connection=\"$(touch x)\"}\nSELECT 1;\n```\n\n```bash\necho '<`touch y`>'\n```\n");
        Files.writeString(work.resolve("$(touch z).md"), "# x\n");
        for (String line : List.of("stepmark run evil.md --connect ", "stepmark run evil.md --answer ", "stepmark run ")) {
            bash(line);
        }
        assertThat(work.resolve("x")).doesNotExist();
        assertThat(work.resolve("y")).doesNotExist();
        assertThat(work.resolve("z")).doesNotExist();
        assertThat(cli.run("__complete", "connections", "", "run", evil.toString()).out()).doesNotContain("touch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps", "connections", "targets", "ids", "values", "runs", "nonsense", ""})
    void askingNeverFails(String kind) throws IOException {
        Files.writeString(work.resolve("broken.md"), "---\nversion: [\n---\n");
        Files.writeString(directory.resolve("home/.config/stepmark/config.yaml"), "nonsense: true\n");
        Cli.Result result = cli.run("__complete", kind, "", "run", work.resolve("broken.md").toString());
        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(cli.run("__complete").exit()).isZero();
    }

    @Test
    void everyCommandAndOptionIsInEveryScript() {
        CommandModel model = CommandModel.of(Main.commands(new App(new Io(System.in, System.out, System.err, false),
                java.util.Map.of(), java.time.Clock.systemUTC())));
        assertThat(model.commands()).extracting(CommandModel.Command::name).containsExactlyElementsOf(HelpText.COMMANDS);
        for (String shell : List.of("bash", "zsh", "fish")) {
            String script = script(shell);
            for (CommandModel.Command command : model.commands()) {
                assertThat(script).contains(command.name());
                for (CommandModel.Option option : command.options()) {
                    assertThat(script).as(shell + " " + command.name()).contains(shell.equals("fish")
                            ? "-l " + option.name().substring(2) : option.name());
                }
            }
        }
    }

    @Test
    void everyValueThatCanBeCompletedIs() {
        CommandModel model = CommandModel.of(Main.commands(new App(new Io(System.in, System.out, System.err, false),
                java.util.Map.of(), java.time.Clock.systemUTC())));
        List<String> free = model.commands().stream().flatMap(c -> java.util.stream.Stream.concat(c.operands().stream(),
                c.options().stream().map(CommandModel.Option::value).filter(v -> v != null)))
                .filter(v -> v.kind().isEmpty()).map(CommandModel.Value::label).distinct().sorted().toList();
        assertThat(free).as("a new kind of value belongs into CommandModel").containsExactly("TIME", "V");
    }

    @Test
    void inFish() throws Exception {
        Assumptions.assumeTrue(installed("fish"), "needs fish on the path");
        Path file = Files.writeString(directory.resolve("stepmark.fish"), script("fish"));
        assertThat(fish(file, "stepmark ru")).containsExactly("run", "runs");
        assertThat(fish(file, "stepmark run orders.md --connect ")).contains("live", "special", "plant=");
        assertThat(fish(file, "stepmark run orders.md --connect=plant=s")).contains("--connect=plant=special");
        assertThat(fish(file, "stepmark run orders.md --skip l")).contains("look");
        assertThat(fish(file, "stepmark run o")).containsExactly("orders.md");
        assertThat(fish(file, "stepmark run orders.md --color ")).contains("auto", "always", "never");
    }

    private List<String> fish(Path script, String line) throws Exception {
        return shell("fish", "--no-config", "-c", "source " + script + "; complete -C '" + line + "'").lines()
                .map(l -> l.split("\t", 2)[0]).sorted().toList();
    }

    @Test
    void zshReadsItsScript() throws Exception {
        Assumptions.assumeTrue(installed("zsh"), "needs zsh on the path");
        Path file = Files.writeString(directory.resolve("_stepmark"), script("zsh"));
        assertThat(shell("zsh", "-fn", file.toString())).isEmpty();
    }

    @Test
    void aShellThatIsNone() {
        Cli.Result result = cli.run("completion", "bsh");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("there is no completion for bsh", "The nearest is bash.");
    }
}
