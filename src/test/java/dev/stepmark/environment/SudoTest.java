package dev.stepmark.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepmark.testing.Installed;
import dev.stepmark.testing.Installed.Ended;
import dev.stepmark.testing.Programs;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root in the home of a person, as after sudo: needs to be root itself, and setpriv(1). */
class SudoTest {

    private static final String RUN = "stepmark run hello.md" + Installed.UNATTENDED;

    @TempDir
    private Path root;
    private Installed installed;

    @BeforeEach
    void giveTheHomeAway() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root") && Programs.onPath("setpriv"), "needs root, setpriv");
        installed = new Installed(root);
        assertThat(installed.run(root, "chown", "nobody", installed.home().toString()).exit()).isZero();
    }

    @Test
    void saysThatRootWillOwnTheLogOfAnother() throws Exception {
        Ended ended = installed.env("SUDO_USER", "somebody").sh(RUN);
        assertThat(ended.exit()).isZero();
        assertThat(ended.err()).startsWith("warning: the log goes to the home of nobody, and root will own it\n")
                .contains("Try: sudo -H stepmark run");
        assertThat(installed.sh(RUN).err()).as("it is root's now").doesNotContain("warning");
        assertThat(Installed.runs(installed.journal()).get(1).state().orElseThrow().started().host())
                .containsEntry("sudo", "somebody");
    }

    @Test
    void makesNoCacheInTheHomeOfAnother() throws Exception {
        installed.env("STEPMARK_ARCHIVE", "make");
        assertThat(installed.sh("stepmark")).isEqualTo(new Ended(0, "", ""));
        assertThat(installed.home()).isEmptyDirectory();
        installed.env("HOME", root.resolve("mine").toString());
        assertThat(installed.sh("stepmark")).isEqualTo(new Ended(0, "", ""));
        assertThat(root.resolve("mine/.cache/stepmark")).isDirectory();
    }
}
