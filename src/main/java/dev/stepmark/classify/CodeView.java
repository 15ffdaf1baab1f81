package dev.stepmark.classify;

import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Attributes;
import dev.stepmark.runbook.Step;
import java.util.List;

/**
 * All that a rule may look at.
 *
 * @param node       the block
 * @param info       its info string, taken apart
 * @param attributes the author's annotations
 * @param leadIn     the words before it; those before the previous block when none stand between
 * @param direct     whether the words stand directly before it
 * @param section    the part of the document
 * @param typed      what reads what is typed at this point
 */
record CodeView(Node.Code node, InfoString info, Attributes attributes, String leadIn, boolean direct,
        Step.Section section, Typed typed) {

    /** Who reads what the operator would type now, by the sessions that the text has opened. */
    enum Typed { SHELL, PSQL, MYSQL, OTHER }

    String text() {
        return node.text();
    }

    List<String> lines() {
        return node.text().lines().toList();
    }

    String language() {
        return info.language();
    }

    /** How a sentence names the label: {@code labelled sql}, {@code not labelled}, {@code indented}. */
    String label() {
        return language().isEmpty() ? node.syntax() == dev.stepmark.runbook.Block.Syntax.INDENTED ? "indented"
                : "not labelled" : "labelled " + language();
    }
}
