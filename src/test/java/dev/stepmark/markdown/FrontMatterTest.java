package dev.stepmark.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.FrontMatter;
import dev.stepmark.runbook.FrontMatter.VersionSource.Kind;
import dev.stepmark.runbook.Gate;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontMatterTest {

    @Test
    void readsAllKeys() {
        FrontMatter read = read("""
                title: Change the key
                description: >
                  in two
                  lines
                minimum_version: 0.9.0
                maximum-version: "1.10"   # stays so
                version:
                  product: plantwatch
                  sql: SELECT version FROM product
                  connection: source
                requires: {postgresql: ">=12", pg_dump: "*", psql: }
                connections: {source: "postgresql://localhost/factory"}
                targets: {here: local, timescale: {kubernetes: {namespace: umh}}}
                variables:
                  LINE: "3"
                  DB_PASSWORD: {secret: true, description: of the role, from: {env: PGPASSWORD}}
                  NAME:
                weight: 50
                tags: [a, b]
                """);
        assertThat(read.title()).isEqualTo("Change the key");
        assertThat(read.description().strip()).isEqualTo("in two lines");
        assertThat(read.gates()).containsExactly(
                new Gate(6, "plantwatch", "0.9.0", "", "document", "front matter minimum_version"),
                new Gate(7, "plantwatch", "", "1.10", "document", "front matter maximum-version"));
        assertThat(read.version()).isEqualTo(new FrontMatter.VersionSource(Kind.SQL, "plantwatch",
                "SELECT version FROM product", "source", 8));
        assertThat(read.requires()).containsExactly(java.util.Map.entry("postgresql", ">=12"),
                java.util.Map.entry("pg_dump", "*"), java.util.Map.entry("psql", "*"));
        assertThat(read.connections()).containsEntry("source", "postgresql://localhost/factory");
        assertThat(read.targets()).containsEntry("here", "local")
                .containsEntry("timescale", "{kubernetes: {namespace: umh}}");
        assertThat(read.variables()).containsExactly(
                new FrontMatter.Variable("LINE", "", false, "3", "", 16),
                new FrontMatter.Variable("DB_PASSWORD", "of the role", true, "", "PGPASSWORD", 17),
                new FrontMatter.Variable("NAME", "", false, "", "", 18));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.10", "\"1.10\"", "'1.10'", "1.10 # c"})
    void aBareVersionIsNoNumber(String value) {
        assertThat(read("maximum_version: " + value + "\n").gates().get(0).maximum()).isEqualTo("1.10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "v1.2", "1.2.3.4", "2.0.0-rc1", "1.2+build", "1.10"})
    void takesTheFormsOfVersions(String value) {
        assertThat(read("minimum_version: " + value + "\n").gates().get(0).constraint()).isEqualTo(">=" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "one.two", "\">=1.0\"", "1..2", ""})
    void refusesWhatIsNoVersion(String value) {
        Message message = refused("minimum_version: " + value + "\n");
        assertThat(message.what()).startsWith("a.md:2: ").containsAnyOf("is no version", "has no value");
        assertThat(message.tries()).contains("minimum_version: 0.9.5");
        assertThat(message.excerpt()).hasSize(2);
        assertThat(message.excerpt().get(1)).endsWith("^".repeat("minimum_version".length()));
    }

    @Test
    void readsToml() {
        String text = "+++\ntitle = \"x\"\nmaximum_version = \"0.9.5\" # c\n[other]\nminimum_version = \"7\"\n+++\n# h\n";
        FrontMatter read = DocumentReader.read("a.md", text.getBytes(StandardCharsets.UTF_8)).frontMatter();
        assertThat(read.title()).isEqualTo("x");
        assertThat(read.gates()).containsExactly(new Gate(3, "", "", "0.9.5", "document", "front matter maximum_version"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sql: SELECT 1          | SQL   | SELECT 1
            shell: helm list       | SHELL | helm list
            ask: which one?        | ASK   | which one?
            helm: {release: umh}   | LATER | {release: umh}
            image: web             | LATER | web
            product: p             | ASK   | ''
            """)
    void knowsTheWaysToFindAVersion(String line, Kind kind, String text) {
        FrontMatter.VersionSource version = read("version:\n  " + line + "\n").version();
        assertThat(version.kind()).isEqualTo(kind);
        assertThat(version.text()).isEqualTo(text);
    }

    @Test
    void leavesTheVersionOfTheDocumentItselfAlone() {
        assertThat(read("version: 1.2\n").version()).isEqualTo(FrontMatter.VersionSource.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title: [a, b]                                   | "title" must be one value, and is a list
            title: {a: b}                                   | "title" must be one value, and is a map
            variables: [A]                                  | "variables" must be a map, and is a list
            version: newest                                 | "version" must be a map, and is a single value
            version: {sgl: SELECT 1}                        | "sgl" is no key of version
            version: {sql: a, shell: b}                     | version has two ways to find it: sql and shell
            variables: {A: {sceret: true}}                  | "sceret" is no key of variable A
            variables: {A: {secret: maybe}}                 | "secret" must be true or false, and is maybe
            variables: {1A: x}                              | "1A" is no name for a variable
            requires: {psql: about twelve}                  | "about twelve" is no version constraint
            connections: {a: }                              | connection "a" has no URL
            title: "a                                       | the front matter is not YAML
            a: b: c                                         | the front matter is not YAML
            - a list                                        | the front matter is not YAML: it is no map
            """)
    void refusesWithFileAndLine(String yaml, String what) {
        assertThat(refused(yaml + "\n").what()).matches("a\\.md:[23]: (?s).*").contains(what);
    }

    @Test
    void suggestsTheNearestKey() {
        assertThat(refused("version: {sgl: SELECT 1}\n").meaning().get(0)).startsWith("The nearest is sql.");
    }

    @Test
    void refusesKeysThatOccurTwice() {
        Message message = refused("title: a\nother: x\ntitle: b\n");
        assertThat(message.what()).isEqualTo("a.md:4: \"title\" is given twice");
        assertThat(message.meaning().get(0)).contains("line 2");
        assertThat(refused("minimum_version: 1\nminimum-version: 2\n").what()).contains("given twice");
        assertThat(refused("variables: {A: 1, A: 2}\n").what()).contains("\"A\" is given twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://u:hunter2@h/d", "host=h password=hunter2", "postgresql://h/d?password=hunter2"})
    void refusesAPasswordAndDoesNotRepeatIt(String url) {
        Message message = refused("connections:\n  a: \"" + url + "\"\n");
        assertThat(message.what()).contains("has a password in its URL");
        assertThat(message.toString()).doesNotContain("hunter2");
    }

    @Test
    void refusesASecretWithADefaultAndDoesNotRepeatIt() {
        Message message = refused("variables:\n  A: {secret: true, default: hunter2}\n");
        assertThat(message.what()).contains("has a default");
        assertThat(message.toString()).doesNotContain("hunter2");
    }

    @Test
    void refusesFrontMatterThatIsNeverClosed() {
        Message message = refusedText("---\ntitle: x\n\n# heading\n");
        assertThat(message.what()).isEqualTo("a.md:1: the front matter is never closed");
        assertThat(refusedText("+++\ntitle = 1\n").what()).contains("never closed");
    }

    @Test
    void takesALineAcrossThePageForWhatItIs() {
        String text = "---\n\n# Heading\n\ntext\n";
        assertThat(DocumentReader.read("a.md", text.getBytes(StandardCharsets.UTF_8)).frontMatter())
                .isEqualTo(FrontMatter.EMPTY);
    }

    @Test
    void anEmptyOneIsNone() {
        assertThat(read("")).isEqualTo(FrontMatter.EMPTY);
        assertThat(read("# only a comment\n")).isEqualTo(FrontMatter.EMPTY);
    }

    @Test
    void refusesWhatIsMadeToBreakAParser() {
        assertThat(refused("a: " + "[".repeat(20_000) + "\n").what()).contains("nested too deep");
        assertThat(refused("- ".repeat(20_000) + "a\n").what()).contains("nested too deep");
        assertThat(refused("a: \"" + "x".repeat(70_000) + "\"\n").what()).contains("longer than 65,536");
        assertThat(read("a: &a [*a]\nb: *a\ntitle: t\n").title()).isEqualTo("t");
    }

    private static FrontMatter read(String yaml) {
        return DocumentReader.read("a.md", ("---\n" + yaml + "---\n\n# h\n").getBytes(StandardCharsets.UTF_8)).frontMatter();
    }

    private static Message refused(String yaml) {
        return refusedText("---\n" + yaml + "---\n\n# h\n");
    }

    private static Message refusedText(String text) {
        return Assertions.assertThrows(StepmarkException.class,
                () -> DocumentReader.read("a.md", text.getBytes(StandardCharsets.UTF_8))).message();
    }
}
