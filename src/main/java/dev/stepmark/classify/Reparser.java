package dev.stepmark.classify;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Statement;
import java.util.List;

/** Makes a block of a block whose text was edited by an operator: its statements and its risk follow the new text. */
public final class Reparser {

    private Reparser() { }

    /** The block with statements and risk of its text. */
    public static Block reparse(Block b) {
        List<Statement> statements = Statements.of(b.executor(), b.text(), b.span().first());
        Risk risk = statements.stream().map(Statement::risk).reduce(Risk.READ_ONLY, Risk::max);
        return new Block(b.id(), b.span(), b.syntax(), b.info(), b.text(), b.role(), b.executor(), b.session(),
                b.opens(), b.closes(), statements, b.placeholders(), risk, b.alternative(), b.runByDefault(), b.why(),
                b.inferences(), Endless.attributes(b.executor(), b.text(), b.opens().isEmpty(), b.attributes()));
    }
}
