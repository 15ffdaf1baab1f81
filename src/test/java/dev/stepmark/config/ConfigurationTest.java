package dev.stepmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several sources holds, and how far up project files are looked for. */
class ConfigurationTest {

    @TempDir
    Path root;
    private final Map<String, String> environment = new HashMap<>();
    private Path repository;
    private Path runbooks;

    @BeforeEach
    void places() throws IOException {
        repository = Files.createDirectories(root.resolve("home/work/plant"));
        runbooks = Files.createDirectories(repository.resolve("docs/runbooks"));
        environment.put("HOME", root.resolve("home").toString());
    }

    private Configuration load() {
        return Configuration.load(ConfigPlaces.of(environment, runbooks), environment);
    }

    private void user(String... lines) throws IOException {
        write(root.resolve("home/.config/stepmark/config.yaml"), lines);
    }

    private static void write(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, java.util.List.of(lines));
    }

    @Test
    void nothingIsConfigured() {
        Configuration config = load();
        assertThat(config.on(Key.BELL)).isTrue();
        assertThat(config.seconds(Key.NOTIFY_AFTER)).isEqualTo(60);
        assertThat(config.value(Key.EDITOR)).isEqualTo(new Value(Key.EDITOR, "vi", Source.DEFAULT));
        assertThat(config.directory(Key.JOURNAL)).isEmpty();
        assertThat(config.connections()).isEmpty();
    }

    @Test
    void theNearestProjectFileHoldsAndWhatItLeavesOutComesFromAbove() throws IOException {
        write(runbooks.resolve(".stepmark.yaml"), "bell: false");
        write(repository.resolve(".stepmark.yaml"), "bell: true", "notify: {after: 2m}");
        Configuration config = load();
        assertThat(config.on(Key.BELL)).isFalse();
        assertThat(config.value(Key.BELL).source().place()).isEqualTo("~/work/plant/docs/runbooks/.stepmark.yaml:1");
        assertThat(config.seconds(Key.NOTIFY_AFTER)).isEqualTo(120);
        assertThat(config.value(Key.NOTIFY_AFTER).source().place()).isEqualTo("~/work/plant/.stepmark.yaml:2");
    }

    @Test
    void whatTheOperatorSaysBeatsWhatARepositorySays() throws IOException {
        user("bell: true", "connections: {plant: \"postgresql://mine/plant\"}");
        write(repository.resolve(".stepmark.yaml"), "bell: false",
                "connections: {plant: \"postgresql://theirs/plant\", store: \"postgresql://theirs/store\"}");
        Configuration config = load();
        assertThat(config.on(Key.BELL)).isTrue();
        assertThat(config.connection("plant")).get().satisfies(c -> {
            assertThat(c.address()).isEqualTo("postgresql://mine/plant");
            assertThat(c.trusted()).isTrue();
        });
        assertThat(config.connection("store")).get().satisfies(c -> assertThat(c.trusted()).isFalse());
        assertThat(config.connections()).hasSize(2);
    }

    @Test
    void aVariableBeatsFiles() throws IOException {
        user("editor: nano", "pager: most", "defaults: {color: always}");
        environment.put("VISUAL", "emacs");
        environment.put("NO_COLOR", "1");
        environment.put("CLICOLOR_FORCE", "1");
        Configuration config = load();
        assertThat(config.value(Key.EDITOR)).isEqualTo(new Value(Key.EDITOR, "emacs",
                new Source(Source.Kind.VARIABLE, "VISUAL")));
        assertThat(config.value(Key.COLOR)).isEqualTo(new Value(Key.COLOR, "never",
                new Source(Source.Kind.VARIABLE, "NO_COLOR")));
        assertThat(config.text(Key.PAGER)).isEqualTo("most");
    }

    @Test
    void projectFilesAreLookedForUpToTheRootOfTheRepository() throws IOException {
        Files.createDirectory(repository.resolve(".git"));
        write(root.resolve("home/work/.stepmark.yaml"), "bell: false");
        assertThat(load().on(Key.BELL)).isTrue();
        Files.delete(repository.resolve(".git"));
        assertThat(load().on(Key.BELL)).as("without a repository up to the home directory").isFalse();
    }

    @Test
    void aboveHomeNothingIsLookedFor() throws IOException {
        write(root.resolve(".stepmark.yaml"), "bell: false");
        assertThat(load().on(Key.BELL)).isTrue();
        environment.put("HOME", root.resolve("elsewhere").toString());
        write(repository.resolve(".stepmark.yaml"), "bell: false");
        assertThat(load().on(Key.BELL)).as("outside of home only the directory itself counts").isTrue();
        write(runbooks.resolve(".stepmark.yaml"), "bell: false");
        assertThat(load().on(Key.BELL)).isFalse();
    }

    @Test
    void theUsersFileIsWhereXdgSays() throws IOException {
        environment.put("XDG_CONFIG_HOME", root.resolve("etc").toString());
        write(root.resolve("etc/stepmark/config.yaml"), "defaults: {journal: ~/runs}");
        user("defaults: {journal: ~/other}");
        assertThat(load().directory(Key.JOURNAL)).contains(root.resolve("home/runs"));
        environment.put("XDG_CONFIG_HOME", "relative");
        assertThat(load().directory(Key.JOURNAL)).as("a relative one is ignored").contains(root.resolve("home/other"));
    }

    @Test
    void aColourWithoutWordsGetsTheNameInLetters() throws IOException {
        user("connections:", "  live: {url: \"postgresql://db1/plant\", color: Red}",
                "  test: {url: \"postgresql://db2/plant\"}");
        assertThat(load().connection("live")).get().satisfies(c -> {
            assertThat(c.banner()).isEqualTo("LIVE");
            assertThat(c.color()).isEqualTo("red");
        });
        assertThat(load().connection("test")).get().satisfies(c -> assertThat(c.banner()).isEmpty());
    }

    @Test
    void withoutAHomeThereIsNoFileOfTheUsers() {
        environment.clear();
        assertThat(ConfigPlaces.of(environment, runbooks).user()).isEmpty();
        assertThat(load().on(Key.BELL)).isTrue();
    }
}
