package dev.stepmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody else has put where a project file is looked for. */
class ForeignOwnerTest {

    private static final int STRANGER = 54_321;

    @TempDir
    Path shared;
    private Path runbooks;

    @BeforeEach
    void prepare() throws IOException {
        runbooks = Files.createDirectories(shared.resolve("mine/runbooks"));
        try {
            give(Files.createFile(shared.resolve("probe")));
        } catch (IOException e) {
            Assumptions.abort("needs to be root: files of another user are what it is about");
        }
    }

    private static void give(Path file) throws IOException {
        Files.setAttribute(file, "unix:uid", STRANGER);
    }

    private Configuration load() {
        return Configuration.load(ConfigPlaces.of(Map.of("HOME", "/nowhere"), runbooks), Map.of());
    }

    @Test
    void aRepositoryOfAStrangerAboveIsNone() throws IOException {
        give(Files.createDirectory(shared.resolve(".git")));
        Path file = Files.writeString(shared.resolve(".stepmark.yaml"), "bell: false\n");
        assertThat(load().on(Key.BELL)).as("their repository").isTrue();
        Files.setAttribute(shared.resolve(".git"), "unix:uid", Files.getAttribute(file, "unix:uid"));
        assertThat(load().on(Key.BELL)).as("the operator's own").isFalse();
        give(file);
        assertThat(load().on(Key.BELL)).as("their file in it").isTrue();
    }

    @Test
    void aFileOfAStrangerBesideTheRunbookIsIgnoredAndThatIsSaid() throws IOException {
        Path file = Files.writeString(runbooks.resolve(".stepmark.yaml"), "bell: false\n");
        assertThat(load().warnings()).isEmpty();
        give(file);
        Configuration config = load();
        assertThat(config.on(Key.BELL)).isTrue();
        assertThat(config.warnings()).singleElement().satisfies(w -> assertThat(w.what()).contains(".stepmark.yaml",
                "belongs to another user"));
    }
}
