package dev.stepmark.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Installed;
import dev.stepmark.testing.Installed.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose names look like something else, and documents that are no files. */
class NamesTest {

    @TempDir
    private Path root;
    private Installed installed;

    @BeforeEach
    void install() {
        installed = new Installed(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space.md", "--yes.md", "it's \"quoted\" $HOME.md", "a\\b;c&*.md"})
    void runsAFileWhateverItsName(String name) throws Exception {
        installed.with(name, Installed.HELLO).env("NAME", name);
        Ended byPath = installed.sh("stepmark run \"./$NAME\" --yes --answer start=yes");
        assertThat(byPath.exit()).as(byPath.err()).isZero();
        assertThat(byPath.err()).contains("(" + name + ", 2 steps)");
        assertThat(installed.sh("stepmark run --yes --answer start=yes -- \"$NAME\"").exit()).isZero();
    }

    @Test
    void aNameCannotCommandTheTerminal() throws Exception {
        String name = "new\nline\u001b[2J.md";
        installed.with(name, "# Title \u001b[31mred\n\n1. Look.\n\n   ```bash\n   true\n   ```\n").env("NAME", name);
        for (String command : new String[] {"plan \"$NAME\"", "list .", "run \"$NAME\" --yes --answer start=yes", "runs",
            "plan \"x$NAME\"", "run --no-such-\"$NAME\""}) {
            Ended ended = installed.sh("stepmark " + command);
            assertThat(ended.out() + ended.err()).as(command).isNotEmpty().doesNotContain("\u001b", "new\nline  ");
        }
        assertThat(installed.sh("stepmark plan \"$NAME\"").out()).contains("new^Jline^[[2J.md, 1 step");
    }

    @Test
    void whatComesThroughAPipeIsPlannedAndNotRun() throws Exception {
        Ended plan = installed.sh("cat hello.md | stepmark plan /dev/stdin");
        assertThat(plan.exit()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("Say it again");
        for (String run : new String[] {"stepmark run <(cat hello.md)", "cat hello.md | stepmark run /dev/stdin",
            "mkfifo p; stepmark run p"}) {
            Ended ended = installed.sh(run + " --yes --answer start=yes; code=$?; rm -f p; exit $code");
            assertThat(ended.exit()).as(run).isEqualTo(2);
            assertThat(ended.err()).contains("is a pipe or a device, and a run needs a file", "Nothing was run",
                    "Try: save it first");
        }
        assertThat(Installed.runs(installed.journal())).isEmpty();
    }

    @Test
    void aFileOnStandardInputIsThatFile() throws Exception {
        assertThat(installed.sh("stepmark run /dev/stdin --yes --answer start=yes <hello.md").exit()).isZero();
        assertThat(Installed.runs(installed.journal()).get(0).state().orElseThrow().started().path())
                .isEqualTo(installed.work().toRealPath().resolve("hello.md").toString());
    }

    @Test
    void aHyphenIsNoStandardInput() throws Exception {
        Ended ended = installed.sh("stepmark run - <hello.md");
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("there is no runbook -", "does not stand for standard input", "Try: ");
    }
}
