package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Cli;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Answers files that cannot be taken. */
class AnswersInputTest extends BadInput {

    private void bad(String answers, String... words) {
        bad(answers.getBytes(StandardCharsets.UTF_8), words);
    }

    private void bad(byte[] answers, String... words) {
        refused(with(answers), USAGE, words);
        assertThat(mark("ran")).doesNotExist();
    }

    private Cli.Result with(byte[] answers) {
        String file = document("# Work", "", "```bash", "echo ran > " + mark("ran"), "```");
        return cli.run("run", file, "--yes", "--answers", file("answers.yaml", answers));
    }

    @Test
    void missing() {
        String file = document("# Work", "", "```bash", "echo hello", "```");
        refused(cli.run("run", file, "--yes", "--answers", directory.resolve("answers.yaml").toString()), USAGE,
                "there is no file", "answers.yaml", "Nothing was run", "stepmark plan", "--questions");
    }

    @Test
    void noYaml() {
        bad("step-1: yes\nnote: [1, 2\n", "answers.yaml:", "not YAML", "Nothing was run");
        bad("step-1 yes\n", "answers.yaml", "\"id: value\"", "Nothing was run");
        bad("- step-1\n", "answers.yaml", "\"id: value\"", "Nothing was run");
    }

    @Test
    void duplicateKeys() {
        bad("start: yes\nstep-1: yes\n# again\nstep-1: no\n", "answers.yaml:4: \"step-1\" is given twice",
                "Nothing was run");
    }

    @Test
    void values() {
        bad("step-1: {a: b}\n", "answers.yaml", "step-1", "no plain value", "Nothing was run");
        bad("step-1: maybe\n", "\"maybe\" is no answer to step-1", "It takes yes or no", "Nothing was run",
                "--answer step-1=yes");
        bad(new byte[] {'a', ':', ' ', (byte) 0xff, '\n'}, "answers.yaml", "not UTF-8", "Nothing was run");
    }

    @Test
    void aDirectory() {
        String file = document("# Work", "", "```bash", "echo hello", "```");
        refused(cli.run("run", file, "--yes", "--answers", directory.toString()), USAGE, "is a directory",
                "Nothing was run");
    }

    @Test
    void unknownIds() {
        bad("stpe-1: yes\n", "no question has the id \"stpe-1\"", "The nearest is step-1", "Nothing was run",
                "--questions");
        bad("alpha: yes\nbeta: no\n", "2 answers belong to no question: alpha, beta", "Nothing was run");
    }

    @Test
    void emptyAnswersAreNone() {
        String file = document("# Work", "", "```bash", "echo ran > " + mark("ran"), "```");
        Cli.Result result = cli.run("run", file, "--answers", file("answers.yaml", "start:\nstep-1:\n"));
        says(result, REFUSED, "2 answers are missing, so nothing was run", "start:", "step-1:", "--yes");
        assertThat(cli.runs()).isEmpty();
        assertThat(mark("ran")).doesNotExist();
    }
}
