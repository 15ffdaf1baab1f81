package dev.stepmark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.sandbox.Sandbox;
import dev.stepmark.shell.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documents' examples, executed. In a {@code console} block every line that begins with {@code $ stepmark} runs, in
 * this process, and what stands below it must come out: {@code ...} stands for anything, in a line and as a line of its
 * own. A {@code markdown} block is a runbook that must plan; one with a file name can be used by the commands below it.
 */
class DocumentsTest {

    private static final String ANY = "...";

    @TempDir
    Path directory;
    private int commands;
    private int runbooks;
    private int lastExit;

    @Test
    void everyExampleOfTheDocumentsHolds() throws IOException {
        for (Path document : documents()) {
            for (Fence fence : Fence.of(document)) {
                if (fence.language().equals("console")) {
                    console(fence);
                } else if (fence.language().equals("markdown")) {
                    runbook(fence);
                }
            }
        }
        assertThat(commands).as("commands that were executed").isGreaterThanOrEqualTo(3);
        assertThat(runbooks).as("runbooks that were planned").isGreaterThanOrEqualTo(8);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), files.filter(f -> f.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    private void runbook(Fence fence) throws IOException {
        String name = fence.argument().isEmpty() ? "example-" + runbooks + ".md" : fence.argument();
        Path file = Files.writeString(directory.resolve(name), fence.text());
        // a file that is named like this shows a message: the command below it says which
        if (!name.startsWith("typo")) {
            runbooks++;
            Program plan = Program.run(directory, List.of("plan", "--json", file.toString()));
            assertThat(plan.exit()).as("%s: %s", fence.place(), plan.err()).isZero();
            assertThat(plan.out()).as(fence.place()).doesNotContain("\"malformed\"").contains("\"steps\" : [ {");
        }
    }

    private void console(Fence fence) {
        List<String> lines = fence.text().lines().toList();
        int at = 0;
        while (at < lines.size()) {
            assertThat(lines.get(at)).as(fence.place()).startsWith("$ ");
            int end = at + 1;
            while (end < lines.size() && !lines.get(end).startsWith("$ ")) {
                end++;
            }
            check(fence, lines.get(at).substring(2), lines.subList(at + 1, end));
            at = end;
        }
    }

    private void check(Fence fence, String command, List<String> expected) {
        String actual;
        if (command.startsWith("stepmark test ") && Sandbox.problem(directory.resolve("trial")).isPresent()) {
            return; // where no sandbox can be made it says so instead
        }
        if (command.equals("echo $?")) {
            actual = Integer.toString(lastExit);
        } else {
            Program program = Program.run(directory, arguments(fence, command));
            lastExit = program.exit();
            actual = (program.out() + program.err()).replace(directory + "/", "");
            commands++;
        }
        String shown = actual.lines().map(String::stripTrailing).collect(Collectors.joining("\n")).strip();
        assertThat(matches(expected, shown)).as("%s: $ %s%n%s%n--- is not%n%s", fence.place(), command, shown,
                String.join("\n", expected)).isTrue();
    }

    /** Words as a shell splits them; a file of an example above is found where it was written. */
    private List<String> arguments(Fence fence, String command) {
        String plain = command.replace("</dev/null", "").strip();
        List<String> words = new ArrayList<>(Words.split(plain).orElseThrow(() -> new AssertionError(fence.place()
                + ": this needs a shell: " + command)));
        assertThat(words.remove(0)).as(fence.place()).isEqualTo("stepmark");
        words.replaceAll(w -> !w.isEmpty() && !Files.exists(Path.of(w)) && Files.isRegularFile(directory.resolve(w))
                ? directory.resolve(w).toString() : w);
        return words;
    }

    static boolean matches(List<String> expected, String actual) {
        StringBuilder regex = new StringBuilder();
        for (String line : expected) {
            String text = line.strip().equals("\u2026") ? ANY : line.stripTrailing().replace("\u2026", ANY);
            if (text.strip().equals(ANY)) {
                regex.append("(?:.*\\n)*");
                continue;
            }
            for (String part : text.split(Pattern.quote(ANY), -1)) {
                regex.append(part.isEmpty() ? "" : Pattern.quote(part)).append(".*");
            }
            regex.setLength(regex.length() - 2);
            regex.append("\\n");
        }
        return (actual + "\n").matches(regex.toString());
    }

    @Test
    void looseComparisonIsNotBlind() {
        List<String> expected = List.of("one ... three", "...", "last");
        assertThat(matches(expected, "one two three\nlast")).isTrue();
        assertThat(matches(expected, "one two three\nx\ny\nlast")).isTrue();
        assertThat(matches(expected, "one two\nlast")).isFalse();
        assertThat(matches(expected, "one two three\nlast\nmore")).isFalse();
    }
}
