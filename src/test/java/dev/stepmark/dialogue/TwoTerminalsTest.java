package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run and two terminals: the second is refused, the first does not notice. */
class TwoTerminalsTest {

    private static final String RUNBOOK = "# One at a time\n\n1. Look\n\n   ```bash\n   echo looked\n   ```\n\n2. Look again\n\n"
            + "   ```bash\n   echo again\n   ```\n";
    private static final String RUN = "stepmark run one.md";
    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).with("one.md", RUNBOOK);
    }

    @Test
    void theSecondIsRefusedAndALockOfTheDeadIsTaken() {
        try (Tmux first = place.terminal(80, 24); Tmux second = place.terminal(80, 24)) {
            first.type(RUN, KEY);
            first.type("y", "Run 1 .*" + KEY);
            first.type("", "Run 2 .*" + KEY);
            String refused = second.type(RUN, Tmux.SHELL);
            long pid = first.program().pid();
            assertThat(refused).contains("error: this runbook is being run in another terminal", "at step 2 of 2",
                    "pid " + pid, "since      20", "Nothing was run").containsPattern("who        \\S+@\\S+, pid");
            assertThat(second.type("echo exit $?", "exit \\d+\n" + Tmux.SHELL)).contains("exit 3");
            assertThat(second.type(RUN + " --answer resume=yes --yes < /dev/null 2>&1 | cat", Tmux.SHELL))
                    .contains("being run in another terminal");
            second.type(RUN + " --answer resume=no", "Start on .*" + KEY);
            assertThat(second.type("n", Tmux.SHELL)).contains("Nothing was run");

            assertThat(first.type("!echo untouched", "Run 2 .*" + KEY)).contains("  | untouched", "ok a1");
            int from = first.line();
            assertThat(first.program().destroyForcibly()).as("signal 9 was sent").isTrue();
            first.await(from + 1, Tmux.SHELL);
            assertThat(second.type(RUN, "Go on with run [a-z0-9]{4}\\? " + KEY)).contains("1 done, next: 2");
            second.type("y", "Run 2 .*" + KEY);
            assertThat(second.type("", Tmux.SHELL)).contains("  | again", "Finished");
        }
    }
}
