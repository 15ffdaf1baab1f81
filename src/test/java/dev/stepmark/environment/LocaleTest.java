package dev.stepmark.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Installed;
import dev.stepmark.testing.Installed.Ended;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Locales: names and text are the same in each, and blocks see the operator's own. */
class LocaleTest {

    @TempDir
    private Path root;
    private Installed installed;

    @BeforeEach
    void install() {
        installed = new Installed(root).env("LANG", null);
    }

    /** The name is made by a shell: a test whose own JVM is in the locale C could not. */
    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"C", "xx_YY.UTF-8"})
    void readsAndKeepsNamesWithUmlauts(String locale) throws Exception {
        installed.env("LC_ALL", locale);
        Ended ended = installed.sh("d=$(printf 'gr\\303\\266\\303\\237e'); mkdir \"$d\" && cd \"$d\" && cp ../hello.md"
                + " \"$d.md\" && stepmark run \"$d.md\" --yes --answer start=yes && stepmark runs && cd .. "
                + "&& stepmark list .");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("gr\u00f6\u00dfe.md  -       finished").doesNotContain("\ufffd", "?");
        assertThat(ended.err()).contains("(gr\u00f6\u00dfe.md, 2 steps)").doesNotContain("\ufffd");
    }

    @Test
    void namesTheNearestFileWithItsUmlaut() throws Exception {
        Ended ended = installed.sh("cp hello.md \"$(printf '\\303\\274ben.md')\"; stepmark run \"$(printf "
                + "'\\303\\274be.md')\"");
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("there is no runbook \u00fcbe.md", "Try: stepmark run \u00fcben.md");
    }

    @Test
    void blocksSeeTheLocaleOfTheOperator() throws Exception {
        installed.with("locale.md", "# Locale\n\n1. Show it.\n\n   ```bash\n   echo \"<${LC_ALL-unset}|${LANG-unset}|"
                + "${STEPMARK_LC_ALL-unset}>\"\n   ```\n");
        String run = "stepmark run locale.md --yes --answer start=yes";
        assertThat(installed.sh(run).err()).contains("<unset|unset|unset>");
        assertThat(installed.env("LANG", "C").sh(run).err()).contains("<unset|C|unset>");
        assertThat(installed.env("LC_ALL", "POSIX").sh(run).err()).contains("<POSIX|C|unset>");
        assertThat(installed.env("LC_ALL", "xx_YY.UTF-8").sh(run).err()).contains("<xx_YY.UTF-8|C|unset>");
    }

    @Test
    void bytesThatAreNoTextAreKeptAsTheyAre() throws Exception {
        installed.env("LC_ALL", "C").with("bytes.md",
                "# Bytes\n\n1. Print.\n\n   ```bash\n   printf 'a\\377\\303\\266b\\n'\n   ```\n");
        Ended ended = installed.sh("stepmark run bytes.md --yes --answer start=yes");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("| a\ufffd\u00f6b");
        byte[] printed = HexFormat.of().parseHex("61ffc3b6620a");
        Path run = Installed.runs(installed.journal()).get(0).directory().path();
        try (Stream<Path> kept = Files.list(run.resolve("artefacts"))) {
            assertThat(kept.map(LocaleTest::bytes)).contains(new String(printed, StandardCharsets.ISO_8859_1));
        }
    }

    private static String bytes(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void saysWhatHelpsWhenTheLocaleHasNoSuchLetters() throws Exception {
        // without the launcher: by it only a locale with another encoding that is not installed comes here
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Ended ended = installed.env("LC_ALL", "C").env("CLASSPATH", classes).sh("\"$JAVA_HOME\"/bin/java "
                + "dev.stepmark.cli.Main plan \"$(printf '\\303\\266.md')\"");
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("cannot be read in this locale", "Try: ")
                .doesNotContain("Exception");
    }
}
