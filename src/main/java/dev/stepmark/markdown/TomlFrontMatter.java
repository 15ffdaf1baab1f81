package dev.stepmark.markdown;

import dev.stepmark.runbook.FrontMatter;
import dev.stepmark.runbook.FrontMatter.VersionSource;
import dev.stepmark.runbook.Gate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Front matter between {@code +++} lines. Five of 2,821 documents have it, so only what such documents say is read:
 * title, description and the two bounds, each on a line of its own at the top level.
 */
final class TomlFrontMatter {

    private static final Pattern LINE =
            Pattern.compile("\\s*(title|description|(?:minimum|maximum)[_-]version)\\s*=\\s*(.*?)\\s*");
    private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"\\s*(#.*)?|'([^']*)'\\s*(#.*)?|([^\"'#\\s]+)\\s*(#.*)?");

    private TomlFrontMatter() {
    }

    static FrontMatter read(Source source, RawFrontMatter raw) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Gate> gates = new ArrayList<>();
        int number = raw.firstLine();
        for (String line : raw.text().split("\n")) {
            if (line.stripLeading().startsWith("[")) {
                break; // tables: nothing of ours is in one
            }
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                String key = matcher.group(1);
                String value = value(source, number, matcher);
                if (values.put(key.replace('-', '_'), value) != null) {
                    throw source.error(number, matcher.start(1), key.length(), "\"" + key + "\" is given twice",
                            List.of("Which of them counts is not for Stepmark to guess."), List.of("keep one"));
                }
                if (key.endsWith("version")) {
                    gates.add(gate(source, number, matcher, value));
                }
            }
            number++;
        }
        return new FrontMatter(values.getOrDefault("title", ""), values.getOrDefault("description", ""), gates,
                VersionSource.UNKNOWN, Map.of(), Map.of(), Map.of(), List.of());
    }

    private static String value(Source source, int number, Matcher line) {
        Matcher string = STRING.matcher(line.group(2));
        if (!string.matches()) {
            throw source.error(number, line.start(2), Math.max(1, line.group(2).length()),
                    "the front matter is not TOML that Stepmark reads",
                    List.of("The value of " + line.group(1) + " must be one string on one line."),
                    List.of(line.group(1) + " = \"...\""));
        }
        return string.group(1) != null ? string.group(1) : string.group(3) != null ? string.group(3) : string.group(5);
    }

    private static Gate gate(Source source, int number, Matcher line, String value) {
        String key = line.group(1);
        if (!FrontMatterReader.isVersion(value)) {
            throw source.error(number, line.start(2), Math.max(1, line.group(2).length()),
                    "\"" + value + "\" is no version",
                    List.of("A version is one to four numbers with dots, as in 0.9.5, v1.10 or 2.0.0-rc1."),
                    List.of(key + " = \"0.9.5\""));
        }
        boolean lower = key.startsWith("minimum");
        return new Gate(number, "", lower ? value : "", lower ? "" : value, "document", "front matter " + key);
    }
}
