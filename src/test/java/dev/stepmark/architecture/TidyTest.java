package dev.stepmark.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The repository lints itself: sizes, banned words, documents that name what is not there. */
class TidyTest {

    private static final int MAX_LINES = 500;
    private static final int MAX_COLUMNS = 150;
    private static final Pattern BANNED = Pattern.compile("\\b(" + String.join("|", "TO" + "DO", "FIX" + "ME",
            "X" + "XX", "HA" + "CK") + ")\\b|@Dis" + "abled");
    private static final Set<String> TOP_LEVEL = Set.of("pom.xml", "src", "runbooks", "README.md", "docs", "LICENSE",
            "target");

    @Test
    void classesAreSmall() throws IOException {
        List<String> large = new ArrayList<>();
        List<Path> sources = sources();
        for (Path source : sources) {
            long lines = Files.readAllLines(source).size();
            if (lines > MAX_LINES) {
                large.add(source + ": " + lines);
            }
        }
        assertThat(sources).hasSizeGreaterThan(200);
        assertThat(large).isEmpty();
    }

    @Test
    void nothingIsLeftOpenInTheCode() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                boolean wide = source.startsWith("src/main") && lines.get(i).length() > MAX_COLUMNS;
                if (BANNED.matcher(lines.get(i)).find() || lines.get(i).contains("\t") || wide) {
                    found.add(source + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theTopLevelStaysSmall() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            Set<String> names = new TreeSet<>(files.map(Path::toString).filter(n -> !n.startsWith(".")).toList());
            names.removeAll(TOP_LEVEL);
            assertThat(names).isEmpty();
        }
    }

    @Test
    void everyClassThatTheArchitectureNamesExists() throws IOException {
        String text = Files.readString(Path.of("docs/ARCHITECTURE.md"));
        Set<String> known = new TreeSet<>();
        sources().forEach(p -> known.add(p.getFileName().toString().replace(".java", "")));
        Set<String> missing = new TreeSet<>();
        int named = 0;
        Matcher matcher = Pattern.compile("`([A-Z][A-Za-z]+)(\\.[a-z][A-Za-z]*(\\(\\))?)?`").matcher(text);
        while (matcher.find()) {
            named++;
            String name = matcher.group(1);
            boolean inSource = known.contains(name) || sources().stream().anyMatch(p -> declares(p, name));
            if (!inSource) {
                missing.add(name);
            }
        }
        assertThat(named).isGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRelativeLinkOfTheDocumentsLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(p -> p.toString().endsWith(".md")).forEach(documents::add);
        }
        for (Path document : documents) {
            Matcher matcher = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)").matcher(Files.readString(document));
            while (matcher.find()) {
                links++;
                Path parent = document.getParent() == null ? Path.of("") : document.getParent();
                if (!Files.exists(parent.resolve(matcher.group(1)))) {
                    broken.add(document + ": " + matcher.group(1));
                }
            }
        }
        assertThat(links).isGreaterThan(5);
        assertThat(broken).isEmpty();
    }

    @Test
    void noGoldenFileIsDead() throws IOException {
        Path golden = Path.of("src/test/resources/golden");
        StringBuilder tests = new StringBuilder();
        for (Path source : sources()) {
            tests.append(Files.readString(source));
        }
        List<String> dead = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> files = Files.walk(golden)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen++;
                String name = golden.relativize(file).toString();
                // plans are named after their runbooks: GoldenPlansTest knows all of them
                if (!name.startsWith("plan/") && tests.indexOf("\"" + name + "\"") < 0) {
                    dead.add(name);
                }
            }
        }
        assertThat(seen).isGreaterThan(10);
        assertThat(dead).isEmpty();
    }

    private static boolean declares(Path source, String name) {
        try {
            return Pattern.compile("\\b(record|interface|enum|class) " + name + "\\b").matcher(Files.readString(source))
                    .find();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(p -> p.toString().endsWith(".java")).toList();
        }
    }
}
