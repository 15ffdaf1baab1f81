package dev.stepmark.markdown;

import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML value on one line, for values whose meaning comes later: {@code {release: umh, namespace: plant}}. */
final class YamlFlow {

    private YamlFlow() {
    }

    /** A single value as it is, a map or a list in flow style. An alias to a node around itself ends the text. */
    static String of(Node node) {
        return of(node, YamlText.MAX_DEPTH);
    }

    private static String of(Node node, int depth) {
        if (depth == 0) {
            return "...";
        }
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream().map(t -> of(t.getKeyNode(), 1) + ": " + of(t.getValueNode(), depth - 1))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(n -> of(n, depth - 1)).collect(Collectors.joining(", ", "[", "]"));
        }
        return "";
    }
}
