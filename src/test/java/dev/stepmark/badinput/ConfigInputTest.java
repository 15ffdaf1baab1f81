package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations that cannot be read or must not be followed: found before a run, which is then not begun. */
class ConfigInputTest extends BadInput {

    private String simple() {
        return document("# Work", "", "```bash", "echo ran > " + mark("ran"), "```");
    }

    private Path user(String text) throws IOException {
        return user(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path user(byte[] bytes) throws IOException {
        Path file = directory.resolve("home/.config/stepmark/config.yaml");
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private void refusedUnrun(String... words) {
        refused(cli.run("run", simple(), "--yes"), USAGE, words);
        assertThat(mark("ran")).doesNotExist();
    }

    @Test
    void anUnknownKeyIsNamedWithItsLineAndTheNearest() throws IOException {
        user("bell: false\npagr: less\n");
        refusedUnrun("~/.config/stepmark/config.yaml:2: \"pagr\" is no key of the configuration", "2 | pagr: less",
                "^^^^", "The nearest is pager.", "The configuration was not read, so nothing was run.", "Try: one of: ");
    }

    @Test
    void anUnknownKeyBelowAnotherOne() throws IOException {
        user("notify:\n  after: 2m\n  comand: true\n");
        refusedUnrun("config.yaml:3: \"comand\" is no key of notify", "The nearest is command.");
        user("connections:\n  plant: {url: \"postgresql://db1/plant\", colour: red}\n");
        refusedUnrun("config.yaml:2: \"colour\" is no key of a connection", "The nearest is color.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"bell: yes|\"yes\" is no value of bell|true or false",
        "defaults: {color: red}|\"red\" is no value of defaults.color|auto, always or never",
        "notify: {after: soon}|\"soon\" is no value of notify.after|90s, 2m or 1h",
        "notify: {after: 0s}|\"0s\" is no value of notify.after|90s, 2m or 1h",
        "defaults: {journal: runs}|\"runs\" is no value of defaults.journal|begins with / or ~/",
        "editor: [vi, -u]|\"editor\" must be one value|editor: nano",
        "notify: true|\"notify\" must be a map|notify: {",
        "connections: {plant: \"\"}|connection \"plant\" has no address|postgresql://USER@HOST/DATABASE",
        "connections: {plant: \"mysql://db1/x\"}|\"mysql://db1/x\" is no address of a database|postgresql://",
        "connections: {\"1 2\": \"postgresql://db1/x\"}|is no name for a connection|begins with a letter",
        "connections: {p: {url: \"postgresql://db1/x\", color: purple}}|\"purple\" is no colour|one of: black, red",
        "connections: {p: {url: \"postgresql://db1/x\", banner: \"PR\\u00d6D\"}}|cannot be shown everywhere|ASCII"})
    void aValueThatIsNone(String text, String what, String hint) throws IOException {
        user(text + "\n");
        refusedUnrun("config.yaml:1: ", what, hint, "nothing was run");
    }

    @Test
    void brokenYaml() throws IOException {
        user("bell: false\nnotify: {after: 60s\n");
        refusedUnrun("~/.config/stepmark/config.yaml:", "the configuration is not YAML", "quotes around values");
        user("just words\n");
        refusedUnrun("config.yaml:1: the configuration is not YAML: it is no map");
        user("bell: " + "[".repeat(20_000) + "\n");
        refusedUnrun("config.yaml:", "the configuration is not YAML");
    }

    @Test
    void aKeyGivenTwice() throws IOException {
        user("bell: true\nbell: false\n");
        refusedUnrun("config.yaml:2: \"bell\" is given twice", "The other is in line 1", "keep one of the two lines");
    }

    @Test
    void whatIsNoTextFile() throws IOException {
        user(new byte[] {'b', (byte) 0xff, (byte) 0xfe});
        refusedUnrun("cannot read the configuration ~/.config/stepmark/config.yaml: it is not UTF-8");
        user("#" + "x".repeat(300_000));
        refusedUnrun("it is larger than 256 KiB");
        Path file = directory.resolve("home/.config/stepmark/config.yaml");
        Files.delete(file);
        Files.createDirectory(file);
        refusedUnrun("it is no plain file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"postgresql://ops:hunter2hunter2@db1/plant\"",
        "\"postgresql://ops@db1/plant?password=hunter2hunter2\"", "{url: \"psql 'host=db1 password=hunter2hunter2'\"}",
        "\"PGPASSWORD=hunter2hunter2 psql -h db1\""})
    void aPasswordIsRefusedAndNotShown(String address) throws IOException {
        user("connections:\n  plant: " + address + "\n");
        Cli.Result result = cli.run("run", simple(), "--yes");
        refused(result, USAGE, "config.yaml:2: a connection has a password in it", "no place for a secret", "~/.pgpass");
        assertThat(result.all()).doesNotContain("hunter2");
    }

    @Test
    void aFileThatEverybodyCanChange() throws IOException {
        Files.setPosixFilePermissions(user("editor: nano\n"), PosixFilePermissions.fromString("rw-rw-rw-"));
        refusedUnrun("~/.config/stepmark/config.yaml can be changed by every user of this machine",
                "which programs are started", "chmod go-w ~/.config/stepmark/config.yaml");
    }

    @Test
    void aProjectFileStartsNoProgramAndMovesNoLog() {
        file(".stepmark.yaml", "editor: touch " + mark("editor") + "\nbell: false\nnotify:\n  command: touch "
                + mark("notified") + "\n  unattended: true\ndefaults:\n  journal: " + directory.resolve("elsewhere")
                + "\nconnections:\n  plant: sudo -u postgres psql\n");
        Cli.Result result = cli.run("run", simple(), "--yes");
        says(result, DONE, ".stepmark.yaml:1 sets editor, and only your own configuration can",
                ".stepmark.yaml:4 sets notify.command", ".stepmark.yaml:5 sets notify.unattended",
                ".stepmark.yaml:7 sets defaults.journal", ".stepmark.yaml:9 gives connection plant as a command",
                "It is ignored.");
        assertThat(mark("ran")).exists();
        assertThat(mark("notified")).doesNotExist();
        assertThat(directory.resolve("elsewhere")).doesNotExist();
        assertThat(cli.with("PAGER", "").run("config", directory.toString()).out())
                .containsPattern("(?m)^ +editor +vi +default$").containsPattern("(?m)^ +bell +false +.*stepmark.yaml:2$");
    }

    @Test
    void aBrokenProjectFileRefusesTheRunToo() {
        file(".stepmark.yaml", "bel: false\n");
        refusedUnrun(".stepmark.yaml:1: \"bel\" is no key of the configuration", "The nearest is bell.");
    }

    @Test
    void listsAndProofsNeedNoConfigurationWhenTheyAreToldWhereRunsAre() throws IOException {
        says(cli.run("run", simple(), "--yes"), DONE);
        user("nonsense: true\n");
        says(cli.run("verify", cli.run().getFileName().toString()), DONE);
        assertThat(cli.run("config", "--path").exit()).isZero();
    }
}
