package dev.stepmark.plan;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

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
     * @throws StepmarkException when it is missing, no YAML, names an id twice, or holds anything but plain values
     */
    public static Map<String, String> read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw bad(file.toString(), "it is a directory");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw bad(file.toString(), "it is larger than 1 MiB");
            }
            return entries(file, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new StepmarkException(ExitCode.USAGE, Message.of("there is no file " + file,
                    "Answers and values are read before anything else. Nothing was run.",
                    "stepmark plan RUNBOOK --questions > " + file));
        } catch (CharacterCodingException e) {
            throw bad(file.toString(), "it is not UTF-8");
        } catch (AccessDeniedException e) {
            throw bad(file.toString(), "it may not be read");
        } catch (IOException e) {
            throw bad(file.toString(), "it cannot be read: " + e.getMessage());
        }
    }

    /** Nodes, not values: an answer is its text, so that 0.10 stays 0.10 and yes stays yes. */
    private static Map<String, String> entries(Path file, String text) {
        Optional<Node> root;
        try {
            root = new Compose(LoadSettings.builder().setMaxAliasesForCollections(0).setLabel("answers").build())
                    .composeString(text);
        } catch (MarkedYamlEngineException e) {
            throw bad(file + e.getProblemMark().map(AnswersFile::line).orElse(""), "it is not YAML: "
                    + e.getProblem());
        } catch (YamlEngineException e) {
            throw bad(file.toString(), "it is not YAML");
        } catch (StackOverflowError e) {
            throw bad(file.toString(), "it is nested too deep");
        }
        if (root.isEmpty() || Tag.NULL.equals(root.get().getTag())) {
            return Map.of();
        }
        if (!(root.get() instanceof MappingNode map)) {
            throw bad(file.toString(), "it is no list of \"id: value\" lines");
        }
        return scalars(file, map);
    }

    private static Map<String, String> scalars(Path file, MappingNode map) {
        Map<String, String> out = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple entry : map.getValue()) {
            String place = file + entry.getKeyNode().getStartMark().map(AnswersFile::line).orElse("");
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw bad(place, "a list or a map is no id");
            }
            if (!(entry.getValueNode() instanceof ScalarNode value)) {
                throw bad(place, "the value of " + key.getValue() + " is no plain value");
            }
            Integer before = lines.put(key.getValue(), key.getStartMark().map(m -> m.getLine() + 1).orElse(0));
            if (before != null) {
                throw new StepmarkException(ExitCode.USAGE, Message.of(place + ": \"" + key.getValue()
                        + "\" is given twice", "The other is in line " + before + ". Which of them counts is not for"
                        + " Stepmark to guess. Nothing was run.", "keep one of the two lines"));
            }
            if (!value.getValue().isBlank()) {
                out.put(key.getValue(), value.getValue());
            }
        }
        return out;
    }

    private static String line(Mark mark) {
        return ":" + (mark.getLine() + 1);
    }

    private static StepmarkException bad(String place, String why) {
        return new StepmarkException(ExitCode.USAGE, Message.of(place + ": not an answers file: " + why,
                "It holds one \"id: value\" a line, as YAML. Nothing was run.",
                "stepmark plan RUNBOOK --questions   (prints one to fill in)"));
    }
}
