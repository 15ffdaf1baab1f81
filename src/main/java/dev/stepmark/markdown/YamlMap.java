package dev.stepmark.markdown;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.Nearest;
import dev.stepmark.message.StepmarkException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML mapping that knows its lines and keeps values as they were written: {@code 1.10} is never a number. */
final class YamlMap {

    private final Source source;
    private final int firstLine;
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Map<String, Node> values = new LinkedHashMap<>();

    /** Refuses keys that are no plain words and keys that occur twice. */
    YamlMap(Source source, int firstLine, MappingNode mapping) {
        this.source = source;
        this.firstLine = firstLine;
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw error(tuple.getKeyNode(), 1, "a key of the front matter must be a word", List.of(), List.of());
            }
            if (values.put(key.getValue(), tuple.getValueNode()) != null) {
                throw error(key, key.getValue().length(), "\"" + key.getValue() + "\" is given twice",
                        List.of("The other is in line " + line(keys.get(key.getValue()))
                                + ". Which of them counts is not for Stepmark to guess."),
                        List.of("keep one of the two lines"));
            }
            keys.put(key.getValue(), key);
        }
    }

    Set<String> names() {
        return values.keySet();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The line of a key in the document. */
    int line(String name) {
        return line(keys.get(name));
    }

    /** The raw text of a scalar; empty when the key is not there or has no value. */
    String text(String name) {
        return scalar(name).map(ScalarNode::getValue).orElse("");
    }

    /** Whether the value is there and is a single value. */
    boolean isScalar(String name) {
        return values.get(name) instanceof ScalarNode;
    }

    Optional<ScalarNode> scalar(String name) {
        Node value = values.get(name);
        if (value == null || isNull(value)) {
            return Optional.empty();
        }
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        throw wrongType(name, "one value", value);
    }

    /** The mapping below a key; empty when the key is not there or has no value. */
    Optional<YamlMap> map(String name, String example) {
        Node value = values.get(name);
        if (value == null || isNull(value)) {
            return Optional.empty();
        }
        if (value instanceof MappingNode mapping) {
            return Optional.of(new YamlMap(source, firstLine, mapping));
        }
        throw error(keys.get(name), name.length(), "\"" + name + "\" must be a map, and is " + kind(value),
                List.of("The front matter was not read, so the runbook is refused."), List.of(example));
    }

    /** True or false as YAML writes it; false when the key is not there. */
    boolean flag(String name) {
        String text = text(name).toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw at(name, "\"" + name + "\" must be true or false, and is " + text, List.of(), List.of(name + ": true"));
    }

    /** Refuses keys that we do not have, with the nearest of those that we have. */
    void allowOnly(String where, List<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                Optional<String> nearest = Nearest.to(name, known);
                throw at(name, "\"" + name + "\" is no key of " + where,
                        List.of(nearest.map(n -> "The nearest is " + n + ". ").orElse("")
                                + "The front matter was not read, so the runbook is refused."),
                        List.of("one of: " + String.join(", ", known)));
            }
        }
    }

    /** An error whose caret marks a key. */
    StepmarkException at(String name, String what, List<String> meaning, List<String> tries) {
        return error(keys.get(name), name.length(), what, meaning, tries);
    }

    /** An error at a key that does not quote the line, because a secret stands in it. */
    StepmarkException withoutExcerpt(String name, String what, List<String> meaning, List<String> tries) {
        return new StepmarkException(ExitCode.USAGE,
                new Message(source.path() + ":" + line(name) + ": " + what, List.of(), meaning, tries));
    }

    /** The node below a key, or null. */
    Node node(String name) {
        return values.get(name);
    }

    private StepmarkException wrongType(String name, String wanted, Node value) {
        return at(name, "\"" + name + "\" must be " + wanted + ", and is " + kind(value),
                List.of("The front matter was not read, so the runbook is refused."), List.of(name + ": a value"));
    }

    private StepmarkException error(Node node, int width, String what, List<String> meaning, List<String> tries) {
        return source.error(line(node), node.getStartMark().map(Mark::getColumn).orElse(-1), width, what, meaning,
                tries);
    }

    private int line(Node node) {
        return firstLine + node.getStartMark().map(Mark::getLine).orElse(0);
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String kind(Node node) {
        return node instanceof MappingNode ? "a map" : node instanceof ScalarNode ? "a single value" : "a list";
    }
}
