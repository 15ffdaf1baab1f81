package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.StepState;
import dev.stepmark.plan.PlanCodec;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.testing.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of bad input share: documents, the program, and what every message must and must not be. */
abstract class BadInput {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int REFUSED = 3;
    static final int IN_DOUBT = 5;
    static final int LOG = 74;

    /** Stack traces, names of classes and exceptions, and values that nobody filled in. */
    private static final Pattern INTERNAL = Pattern.compile("\\n\\s+at [\\w.$]+\\(|\\b(java|javax|sun|jdk|org|com|dev)"
            + "\\.[a-z]+[.\\w]*[A-Z]|\\w+(Exception|Error)\\b|Stepmark itself failed|\\bnull\\b");

    @TempDir
    Path directory;

    Cli cli;

    @BeforeEach
    void program() {
        cli = new Cli(directory);
    }

    /** Writes a document and returns its path. */
    String document(String... lines) {
        return file("work.md", String.join("\n", lines) + "\n");
    }

    /** Three steps in the shell, of which the second is given. */
    String threeSteps(String... second) {
        return document("# Work", "", "## First", "", "```bash", "echo first > " + mark("first"), "```", "",
                "## Second", "", "```bash", String.join("\n", second), "```", "",
                "## Third", "", "```bash", "echo third > " + mark("third"), "```");
    }

    String file(String name, String text) {
        return file(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    String file(String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that a step leaves behind, to see whether it ran. */
    Path mark(String name) {
        return directory.resolve(name + ".mark");
    }

    /** A refusal before anything: exit code, a whole message, and no run in the log. */
    void refused(Cli.Result result, int exit, String... words) {
        says(result, exit, words);
        assertThat(result.err()).as("what to do").containsAnyOf("Try: ", "The nearest is ");
        assertThat(cli.runs()).as("nothing was run").isEmpty();
    }

    /** A message for people. */
    void says(Cli.Result result, int exit, String... words) {
        assertThat(result.exit()).as(result.all()).isEqualTo(exit);
        assertThat(result.all()).doesNotContainPattern(INTERNAL);
        String unwrapped = result.err().replaceAll("\\n  (\\. )?", " ").replaceAll("\\s+", " ");
        for (String word : words) {
            assertThat(unwrapped).contains(word);
        }
    }

    /** The only run is whole, and its steps ended like this. */
    void log(StepState... steps) {
        log(cli.run(), steps);
    }

    void log(Path run, StepState... steps) {
        JournalVerifier.Verification verification = JournalVerifier.verify(run);
        assertThat(verification.status()).as(verification.findings().toString())
                .isEqualTo(JournalVerifier.Status.CONSISTENT);
        Map<String, StepState> expected = new LinkedHashMap<>();
        for (int i = 0; i < steps.length; i++) {
            expected.put(Integer.toString(i + 1), steps[i]);
        }
        assertThat(states(run)).isEqualTo(expected);
    }

    private static Map<String, StepState> states(Path run) {
        RunState state = RunState.of(events(run));
        Runbook plan = plan(run, state);
        Progress progress = new Progress(plan, state);
        Map<String, StepState> out = new LinkedHashMap<>();
        plan.mainSteps().forEach(s -> out.put(s.id(), progress.step(s)));
        return out;
    }

    static List<Envelope> events(Path run) {
        return JournalReader.read(new RunDirectory(run).journal()).events();
    }

    private static Runbook plan(Path run, RunState state) {
        try {
            return PlanCodec.read(new RunDirectory(run).artefacts().get(state.started().plan()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
