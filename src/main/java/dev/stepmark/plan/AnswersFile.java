package dev.stepmark.plan;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.ConstructYamlNull;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Answers and values in a file: YAML, one {@code id: value} a line. */
public final class AnswersFile {

    /** Far more than any answers file needs. */
    private static final long MAX_BYTES = 1024 * 1024;

    private AnswersFile() { }

    /** The questions as a file to fill in. */
    public static List<String> template(String file, List<PlannedQuestion> questions) {
        List<String> lines = new ArrayList<>();
        lines.add("# Questions of " + file + ", in the order in which they come up.");
        lines.add("# Fill in what is empty: yes or no. An id that is commented out takes a value that only you know.");
        String step = "";
        for (PlannedQuestion question : questions) {
            if (!question.step().equals(step)) {
                lines.add("");
                step = question.step();
            }
            lines.addAll(entry(question));
        }
        return lines;
    }

    /** One question: its text and choices in comments, then the id. */
    static List<String> entry(PlannedQuestion question) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + question.text() + (question.yesNo() ? " [yes, no]" : ""));
        question.comment().forEach(c -> lines.add("#   " + c));
        if (!question.id().isEmpty() && !question.option().isEmpty()) {
            lines.add("#   or on the command line: " + question.option());
        }
        if (question.id().isEmpty()) {
            return lines;
        }
        boolean valueWithoutDefault = !question.yesNo() && question.prefilled().isEmpty();
        if (!question.source().isEmpty()) {
            lines.add("#   prefilled: " + question.source());
        }
        lines.add((valueWithoutDefault ? "# " : "") + question.id() + ":"
                + (question.prefilled().isEmpty() ? "" : " " + scalar(question.prefilled())));
        return lines;
    }

    private static String scalar(String value) {
        return value.matches("[A-Za-z0-9_./@-]+") ? value
                : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /**
     * Reads such a file; empty values are left out.
     *
     * @throws StepmarkException when it is missing, no YAML, or holds anything but scalars
     */
    public static Map<String, String> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw bad(file, "it is larger than 1 MiB");
            }
            LoadSettings settings = LoadSettings.builder().setSchema(new TextSchema())
                    .setAllowDuplicateKeys(false).setMaxAliasesForCollections(0).setLabel(file.toString()).build();
            return scalars(file, new Load(settings).loadFromString(Files.readString(file)));
        } catch (NoSuchFileException e) {
            throw new StepmarkException(ExitCode.USAGE, Message.of("there is no file " + file,
                    "Answers and values are read before anything else. Nothing was run.",
                    "stepmark plan RUNBOOK --questions > " + file));
        } catch (CharacterCodingException e) {
            throw bad(file, "it is not UTF-8");
        } catch (IOException e) {
            throw bad(file, "it cannot be read (" + e.getClass().getSimpleName() + ")");
        } catch (YamlEngineException e) {
            throw bad(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("it is no YAML"));
        }
    }

    /** Every value is text as it stands, and an id that is not filled in has none. */
    private static final class TextSchema extends FailsafeSchema {

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of(Tag.NULL, new ConstructYamlNull());
        }
    }

    private static Map<String, String> scalars(Path file, Object loaded) {
        if (loaded == null) {
            return Map.of();
        }
        if (!(loaded instanceof Map<?, ?> map)) {
            throw bad(file, "it is no list of \"id: value\" lines");
        }
        Map<String, String> out = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null && !(value instanceof String)) {
                throw bad(file, "the value of " + key + " is no plain value");
            }
            String text = value == null ? "" : value.toString();
            if (!text.isBlank()) {
                out.put(String.valueOf(key), text);
            }
        });
        return out;
    }

    private static StepmarkException bad(Path file, String why) {
        return new StepmarkException(ExitCode.USAGE, Message.of(file + ": not an answers file: " + why,
                "It holds one \"id: value\" a line, as YAML. Nothing was run.",
                "stepmark plan RUNBOOK --questions   (prints one to fill in)"));
    }
}
