package dev.stepmark.config;

import dev.stepmark.message.Excerpt;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
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

/** A file as YAML nodes with their lines; values stay as they are written. */
final class Yaml {

    private static final String UNREAD = "The configuration was not read, so nothing was run.";

    private final String shown;
    private final List<String> lines;

    /**
     * @param shown the file as people know it
     * @param text  what is in it
     */
    Yaml(String shown, String text) {
        this.shown = shown;
        this.lines = text.lines().toList();
    }

    /**
     * A key and what stands behind it.
     *
     * @param name  the key
     * @param key   its node, for its place
     * @param value its value
     */
    record Entry(String name, Node key, Node value) { }

    /** The map at the top; empty for an empty file. */
    Optional<MappingNode> top() {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder().setMaxAliasesForCollections(0)
                    .setLabel("configuration").build()).composeString(String.join("\n", lines));
            if (root.isEmpty() || Tag.NULL.equals(root.get().getTag())) {
                return Optional.empty();
            }
            if (root.get() instanceof MappingNode map) {
                return Optional.of(map);
            }
            throw notYaml(1, -1, "it is no map of keys and values");
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            throw notYaml(mark == null ? 1 : mark.getLine() + 1, mark == null ? -1 : mark.getColumn(), e.getProblem());
        } catch (YamlEngineException e) {
            throw notYaml(1, -1, "unreadable");
        } catch (StackOverflowError e) {
            throw notYaml(1, -1, "it is nested too deep");
        }
    }

    /** The entries of a map in order; keys that are no words and keys that occur twice are refused. */
    List<Entry> entries(MappingNode map) {
        Map<String, Entry> out = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw at(tuple.getKeyNode(), 1, "a list or a map is no key", "", "NAME: a value");
            }
            Entry entry = new Entry(key.getValue(), key, tuple.getValueNode());
            Entry before = out.put(key.getValue(), entry);
            if (before != null) {
                throw at(key, key.getValue().length(), "\"" + key.getValue() + "\" is given twice", "The other is in line "
                        + line(before.key()) + ". Which of them counts is not for Stepmark to guess.",
                        "keep one of the two lines");
            }
        }
        return new ArrayList<>(out.values());
    }

    /** The entries below a key; none when it has no value. */
    List<Entry> map(Entry entry, String example) {
        if (isEmpty(entry)) {
            return List.of();
        }
        if (entry.value() instanceof MappingNode map) {
            return entries(map);
        }
        throw at(entry, "\"" + entry.name() + "\" must be a map of keys and values", "", example);
    }

    /** One value, as it is written. */
    String scalar(Entry entry, String example) {
        if (entry.value() instanceof ScalarNode scalar) {
            return isEmpty(entry) ? "" : scalar.getValue().strip();
        }
        throw at(entry, "\"" + entry.name() + "\" must be one value", "", example);
    }

    static boolean isEmpty(Entry entry) {
        return Tag.NULL.equals(entry.value().getTag());
    }

    /** {@code FILE:LINE}. */
    String place(Entry entry) {
        return shown + ":" + line(entry.key());
    }

    static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private StepmarkException notYaml(int line, int column, String problem) {
        return error(line, column, 1, "the configuration is not YAML: " + problem, "",
                "\"key: value\" lines; quotes around values that contain \": \" or \"#\" or begin with {, [, * or &");
    }

    /** An error whose caret marks a key. */
    StepmarkException at(Entry entry, String what, String meaning, String tryThis) {
        return at(entry.key(), entry.name().length(), what, meaning, tryThis);
    }

    private StepmarkException at(Node node, int width, String what, String meaning, String tryThis) {
        return error(line(node), node.getStartMark().map(Mark::getColumn).orElse(-1), width, what, meaning, tryThis);
    }

    /** An error at a key that does not quote its line, because a secret stands in it. */
    StepmarkException unquoted(Entry entry, String what, String meaning, String tryThis) {
        return new StepmarkException(ExitCode.USAGE, Message.of(place(entry) + ": " + what, meaning + "\n" + UNREAD,
                tryThis));
    }

    private StepmarkException error(int line, int column, int width, String what, String meaning, String tryThis) {
        int at = Math.min(Math.max(line, 1), Math.max(1, lines.size()));
        List<String> excerpt = lines.isEmpty() ? List.of() : Excerpt.of(at, lines.get(at - 1), column, width);
        List<String> sentences = meaning.isEmpty() ? List.of(UNREAD) : List.of(meaning, UNREAD);
        return new StepmarkException(ExitCode.USAGE, new Message(shown + ":" + at + ": " + what, excerpt, sentences,
                List.of(tryThis)));
    }
}
