package dev.stepmark.cli;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.util.List;
import java.util.stream.Stream;

/** A fence that is never closed takes the rest of the document with it: its steps would be left out unseen. */
final class OpenFences {

    private OpenFences() { }

    /**
     * Looks for one.
     *
     * @throws StepmarkException naming the line of the first
     */
    static void refuse(Document document) {
        document.nodes().stream().flatMap(OpenFences::codes).filter(c -> !c.closed()).findFirst().ifPresent(c -> {
            throw new StepmarkException(ExitCode.USAGE, Message.of(document.path() + ":" + c.span().first()
                    + ": this fence is never closed", "Everything up to line " + c.span().last()
                    + " would be one block, so nothing is run.", "``` on a line of its own, where the block ends"));
        });
    }

    private static Stream<Node.Code> codes(Node node) {
        if (node instanceof Node.Code code) {
            return Stream.of(code);
        }
        List<? extends Node> children = node instanceof Node.Items items ? items.items()
                : node instanceof Node.Item item ? item.content()
                : node instanceof Node.Quote quote ? quote.content() : List.of();
        return children.stream().flatMap(OpenFences::codes);
    }
}
