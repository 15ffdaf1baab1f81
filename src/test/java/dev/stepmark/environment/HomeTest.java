package dev.stepmark.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.testing.Installed;
import dev.stepmark.testing.Installed.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the log goes when there is no home, or none that can be used; and who can read it. */
class HomeTest {

    private static final String RUN = "stepmark run hello.md" + Installed.UNATTENDED;

    @TempDir
    private Path root;
    private Installed installed;

    @BeforeEach
    void install() {
        installed = new Installed(root);
    }

    private Installed accountWithHome(String home) {
        return installed.env("STEPMARK_JAVA_OPTS", "-Duser.home=" + home);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = "relative/home")
    void goesToTheHomeOfTheAccountWhenHomeSaysNothing(String home) throws Exception {
        accountWithHome(root.resolve("account").toString()).env("HOME", home);
        Ended ended = installed.sh(RUN);
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(Installed.runs(root.resolve("account/.local/state/stepmark/runs"))).hasSize(1);
        assertThat(installed.work().resolve("relative")).doesNotExist();
    }

    @Test
    void keepsNoClassesInADirectoryThatIsRelative() throws Exception {
        installed.env("STEPMARK_ARCHIVE", "make");
        for (String name : List.of("HOME", "XDG_CACHE_HOME")) {
            installed.env("HOME", null).env(name, "relative/home");
            assertThat(installed.sh("stepmark --version").exit()).isZero();
            assertThat(installed.work().resolve("relative")).doesNotExist();
        }
    }

    @Test
    void isRefusedWhenThereIsNoHomeAtAll() throws Exception {
        accountWithHome("?").env("HOME", null);
        Ended ended = installed.sh(RUN);
        assertThat(ended.exit()).isEqualTo(74);
        assertThat(ended.err()).contains("error: there is no place for the log: no home directory",
                "no step was started", "Try: --journal DIR").doesNotContain("hello");
    }

    @Test
    void needsNoHomeForWhatKeepsNothingOrKeepsItElsewhere() throws Exception {
        accountWithHome("?").env("HOME", null);
        Ended plan = installed.sh("stepmark plan hello.md");
        assertThat(plan.exit()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("Say it again");
        assertThat(installed.sh(RUN + " --journal elsewhere").exit()).isZero();
        assertThat(Installed.runs(installed.work().resolve("elsewhere"))).hasSize(1);
        installed.env("XDG_STATE_HOME", root.resolve("xdg").toString());
        assertThat(installed.sh(RUN).exit()).isZero();
        assertThat(Installed.runs(root.resolve("xdg/stepmark/runs"))).hasSize(1);
    }

    @Test
    void makesAHomeThatIsNotThereYet() throws Exception {
        installed.env("HOME", root.resolve("new/one").toString());
        assertThat(installed.sh(RUN).exit()).isZero();
        assertThat(Installed.runs(root.resolve("new/one/.local/state/stepmark/runs"))).hasSize(1);
    }

    @Test
    void isRefusedWhereTheLogCannotBe() throws Exception {
        Files.writeString(installed.home().resolve(".local"), "a file");
        Ended ended = installed.sh(RUN);
        assertThat(ended.exit()).isEqualTo(74);
        assertThat(ended.err()).contains("error: the log cannot be written: ", "is not a directory",
                "What is not recorded is not run", "Try: another place for the log: --journal DIR");
        assertThat(ended.out() + ended.err()).doesNotContain("| hello");
    }

    @Test
    void keepsTheLogToItsOwnerWhateverTheUmask() throws Exception {
        for (String umask : List.of("000", "022", "077")) {
            assertThat(installed.sh("umask " + umask + "; " + RUN).exit()).isZero();
        }
        assertThat(Installed.runs(installed.journal())).hasSize(3);
        try (Stream<Path> files = Files.walk(installed.journal())) {
            assertThat(files).hasSizeGreaterThan(20).allSatisfy(file -> assertThat(PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(file))).isIn("rwx------", "rw-------"));
        }
    }

    @Test
    void blocksKeepTheUmaskOfTheOperator() throws Exception {
        installed.with("umask.md", "# Umask\n\n1. Make one.\n\n   ```bash\n   touch made\n   ```\n");
        assertThat(installed.sh("umask 027; stepmark run umask.md --yes --answer start=yes").exit()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(installed.work().resolve("made"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void worksInADirectoryThatBecomesReadOnlyOrIsDeleted() throws Exception {
        installed.with("gone.md", "# Gone\n\n1. Remove it.\n\n   ```bash\n   rm -r \"$PWD\"\n   ```\n\n2. Go on.\n\n"
                + "   ```bash\n   echo still here\n   ```\n");
        Path gone = Files.createDirectories(root.resolve("gone"));
        Ended ended = installed.run(gone, "bash", "-c", "stepmark run " + installed.work().resolve("gone.md")
                + " --yes --allow destructive --answer start=yes");
        assertThat(gone).doesNotExist();
        assertThat(ended.err()).contains("| still here").doesNotContain("Exception");
        assertThat(ended.exit()).isZero();
        assertThat(installed.status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
    }
}
