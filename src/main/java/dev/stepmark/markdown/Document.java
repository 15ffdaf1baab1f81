package dev.stepmark.markdown;

import dev.stepmark.runbook.FrontMatter;
import java.util.List;

/**
 * A document as read.
 *
 * @param path        as the operator named it
 * @param sha256      hex hash of the file's bytes
 * @param frontMatter checked front matter, EMPTY when there is none
 * @param nodes       the tree
 * @param lines       the source lines, for messages with carets (index 0 is line 1)
 */
public record Document(String path, String sha256, FrontMatter frontMatter, List<Node> nodes, List<String> lines) {

    public Document {
        nodes = List.copyOf(nodes);
        lines = List.copyOf(lines);
    }
}
