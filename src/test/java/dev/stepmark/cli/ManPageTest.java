package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.message.ExitCode;
import dev.stepmark.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual page and the help of every command: whole, and readable where they are read. */
class ManPageTest {

    private static final Map<String, String> FILES = ShareFiles.files();

    @TempDir
    Path directory;

    private static CommandModel model() {
        return CommandModel.of(Main.commands(new App(new Io(System.in, System.out, System.err, false), Map.of(),
                Clock.systemUTC())));
    }

    static List<String> commands() {
        return HelpText.COMMANDS;
    }

    private String groff(String... options) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Programs.onPath("groff"), "needs groff");
        Path page = Files.writeString(directory.resolve("stepmark.1"), FILES.get("man/man1/stepmark.1"));
        List<String> command = new java.util.ArrayList<>(List.of("groff", "-man", "-Tutf8", "-P-c", "-P-b", "-P-u"));
        command.addAll(List.of(options));
        command.add(page.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    @Test
    void everyCommandOptionAndExitCodeIsInThePageAsItIsTyped() throws Exception {
        String page = groff("-rLL=200n");
        for (CommandModel.Command command : model().commands()) {
            assertThat(page).contains("stepmark " + command.name());
            for (CommandModel.Option option : command.options()) {
                assertThat(page).contains(String.join(", ", option.names()));
                assertThat(page).contains(option.description());
            }
            command.examples().forEach(e -> assertThat(page).contains(e.strip()));
        }
        for (ExitCode code : ExitCode.values()) {
            assertThat(page).containsPattern("(?m)^ +" + code.code() + " +\\w");
        }
        assertThat(page).contains("~/.config/stepmark/config.yaml").doesNotContain("\u2010").doesNotContain("\u2019");
    }

    @Test
    void roffHasNothingToComplainOf() throws Exception {
        String all = groff("-ww", "-rLL=78n", "-z");
        assertThat(all).isEmpty();
        assertThat(groff("-rLL=78n").lines()).allMatch(l -> l.length() <= 80);
    }

    @Test
    void nothingInATextIsARequest() {
        assertThat(ManPage.text(".stepmark.yaml")).isEqualTo("\\&.stepmark.yaml");
        assertThat(ManPage.text("'a' \\d ~ --x")).isEqualTo("\\(aqa\\(aq \\ed \\(ti \\-\\-x");
    }

    @Test
    void theBuildPutsFilesWhereSystemsLook() {
        assertThat(FILES.keySet()).containsExactly("man/man1/stepmark.1", "bash-completion/completions/stepmark",
                "zsh/site-functions/_stepmark", "fish/vendor_completions.d/stepmark.fish");
        assertThat(FILES).isEqualTo(ShareFiles.files());
    }

    @Test
    void thePageCanBePrintedWithoutADirectoryOfPages() {
        assertThat(new dev.stepmark.testing.Cli(directory).run("help", "--man").out())
                .isEqualTo(FILES.get("man/man1/stepmark.1"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theHelpOfACommandBeginsWithExamplesAndFitsTheScreen(String command) {
        String help = new dev.stepmark.testing.Cli(directory).run(command, "--help").out();
        assertThat(help).startsWith("Examples:").contains("Usage: stepmark " + command, "Exit codes: 0 done");
        assertThat(help.lines()).allMatch(l -> l.length() <= 80);
        assertThat(help.chars()).allMatch(c -> c < 128);
        assertThat(help.lines().skip(1).takeWhile(l -> !l.isEmpty())).hasSizeGreaterThanOrEqualTo(2);
    }
}
