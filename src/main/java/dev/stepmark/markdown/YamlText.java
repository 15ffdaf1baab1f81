package dev.stepmark.markdown;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Front matter as a tree of YAML nodes. They are not made into values: a version would become a float. */
final class YamlText {

    /** The largest front matter, in characters. */
    static final int MAX_CHARACTERS = 64 * 1024;
    /** The deepest nesting in brackets or of markers in one line: the parser is recursive. */
    static final int MAX_DEPTH = 50;

    private YamlText() {
    }

    /** The mapping at the top; empty for an empty front matter. */
    static Optional<YamlMap> parse(Source source, RawFrontMatter raw) {
        bound(source, raw);
        Optional<Node> root;
        try {
            root = new Compose(LoadSettings.builder().setLabel("front matter").build()).composeString(raw.text());
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            int line = mark == null ? 0 : mark.getLine();
            throw notYaml(source, raw.firstLine() + line, mark == null ? -1 : mark.getColumn(), e.getProblem());
        } catch (YamlEngineException e) {
            throw notYaml(source, raw.firstLine(), -1, e.getMessage().lines().findFirst().orElse("unreadable"));
        }
        if (root.isEmpty() || isEmpty(root.get())) {
            return Optional.empty();
        }
        if (root.get() instanceof MappingNode mapping) {
            return Optional.of(new YamlMap(source, raw.firstLine(), mapping));
        }
        throw notYaml(source, raw.firstLine(), 0, "it is no map of keys and values");
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(org.snakeyaml.engine.v2.nodes.Tag.NULL);
    }

    private static RuntimeException notYaml(Source source, int line, int column, String problem) {
        return source.error(line, column, 1, "the front matter is not YAML: " + problem,
                List.of("Version bounds could be in it, so nothing is run without it."),
                List.of("\"key: value\" lines; quotes around values that contain \": \", \"#\" or begin with {, [, * or &"));
    }

    private static void bound(Source source, RawFrontMatter raw) {
        if (raw.text().length() > MAX_CHARACTERS) {
            throw source.error(1, 0, 3, String.format("the front matter is longer than %,d characters",
                    MAX_CHARACTERS), List.of("It was not read, so the runbook is refused."), List.of());
        }
        int line = raw.firstLine();
        int depth = 0;
        for (String text : raw.text().split("\n")) {
            int markers = 0;
            for (char c : text.toCharArray()) {
                depth += c == '[' || c == '{' ? 1 : (c == ']' || c == '}') && depth > 0 ? -1 : 0;
                markers += c == '-' || c == '?' || c == ':' ? 1 : Character.isLetterOrDigit(c) ? -markers : 0;
                if (depth > MAX_DEPTH || markers > MAX_DEPTH * 4) {
                    throw source.error(line, 0, 1, "the front matter is nested too deep",
                            List.of("It was not read, so the runbook is refused."), List.of());
                }
            }
            line++;
        }
    }
}
