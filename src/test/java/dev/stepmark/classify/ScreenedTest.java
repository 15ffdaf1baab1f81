package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A screen may only save work: what the pattern alone finds is found with it. */
class ScreenedTest {

    private static final List<Class<?>> USERS = List.of(LeadIns.class, InlineCommands.class, Replacements.class,
            SessionProse.class, VersionProse.class);

    @Test
    void findsWhatThePatternAloneFinds() throws Exception {
        List<String> texts = texts();
        Map<String, Long> matched = new LinkedHashMap<>();
        for (Map.Entry<String, Screened> each : screened().entrySet()) {
            Screened screened = each.getValue();
            long found = 0;
            for (String text : texts) {
                boolean alone = screened.pattern().matcher(text).find();
                assertThat(screened.find(text)).as("%s in \"%s\"", each.getKey(), text).isEqualTo(alone);
                assertThat(screened.matcher(text).find()).as("%s in \"%s\"", each.getKey(), text).isEqualTo(alone);
                found += alone ? 1 : 0;
            }
            matched.put(each.getKey(), found);
        }
        assertThat(matched).hasSizeGreaterThan(12);
        assertThat(matched.values()).as("texts that each one finds: %s", matched).allMatch(n -> n > 0);
    }

    @Test
    void namesTheWaysThatThePatternsFind() throws IOException {
        List<String> texts = new ArrayList<>(texts());
        texts.addAll(List.of("However, on Debian run this.", "If you use Docker, do that", "Instead, via Homebrew: x", "MySQL:",
                "**For PostgreSQL**", "Start it on RHEL:", "otherwise in Kubernetes, run"));
        long found = 0;
        for (String text : texts) {
            String words = text.strip().replaceAll("[*_`]", "");
            if (text.length() <= 300) {
                assertThat(Ways.sentence(text)).as(text).isEqualTo(Ways.named(words));
                found += Ways.named(words).isPresent() ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(10);
    }

    /** Every sentence, paragraph and line of the documents written for the rules, and one for each branch that they lack. */
    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>(List.of("Replace `YOUR_NAME` by your own.", "Substituting the value 'your-id' with one.",
                "IF YOU ENCOUNTER these WARNINGS", "It is harmless.", "you'll get", "Responds with something like this:",
                "it now remains so:", "they REFLECT the change:", "Start your second terminal", "In a separate tab",
                "prior to release 1.2", "releases before v3.4", "2.1+", "1.14, onwards", "minimum version of 9.6", "at least 2.0",
                "`1.4` or lower", "e.g.:", "such as", "Invoke `psql -l`", "Typing: `make all`", "Restart:  `service x restart`.",
                "Log in:\n`ssh host`", "the message reads:", "results:", "this will happen", "modify values.yaml",
                "Use it for statements", "paste the following"));
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/corpus"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
                String text = Files.readString(file);
                texts.addAll(text.lines().toList());
                for (String paragraph : text.split("\n\\s*\n")) {
                    texts.add(paragraph);
                    texts.addAll(List.of(paragraph.split("(?<=[.:!?])\\s+")));
                }
            }
        }
        return texts;
    }

    private static Map<String, Screened> screened() throws IllegalAccessException {
        Map<String, Screened> found = new LinkedHashMap<>();
        for (Class<?> user : USERS) {
            for (Field field : user.getDeclaredFields()) {
                field.setAccessible(true);
                if (field.getType() == Screened.class) {
                    found.put(user.getSimpleName() + "." + field.getName(), (Screened) field.get(null));
                } else if (field.getType() == Map.class && field.getName().equals("SIGNS")) {
                    ((Map<?, ?>) field.get(null)).keySet().forEach(s -> found.put("VersionProse " + found.size(), (Screened) s));
                }
            }
        }
        return found;
    }
}
