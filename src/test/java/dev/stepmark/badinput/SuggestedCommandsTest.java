package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A message that tells people to type a command names one that there is. */
class SuggestedCommandsTest extends BadInput {

    private static final Pattern COMMAND = Pattern.compile("\"(?:[^\"\\n]*(?:then|or|,|:) )?stepmark ([a-z]+)\\b");

    @Test
    void everySuggestedCommandExists() throws IOException {
        Map<String, Path> suggested = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            files.filter(p -> p.toString().endsWith(".java")).forEach(p -> collect(p, suggested));
        }
        assertThat(suggested.keySet()).contains("run", "plan", "verify");
        suggested.forEach((command, source) -> assertThat(cli.run(command, "--help").exit()).as("stepmark " + command
                + " in " + source).isZero());
    }

    private static void collect(Path source, Map<String, Path> suggested) {
        Matcher matcher = COMMAND.matcher(text(source));
        while (matcher.find()) {
            suggested.put(matcher.group(1), source);
        }
    }
}
