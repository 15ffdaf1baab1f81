package dev.stepmark.runbook;

import java.util.List;

/**
 * A code block of the document with what the classifier decided about it. Immutable; it carries no status.
 *
 * @param id           step id and position in the step, for example {@code 3.1}
 * @param span         lines, fence lines included (for indented code the code lines only)
 * @param syntax       how it is written
 * @param info         the info string as written, without attributes of ours; empty when there is none
 * @param text         what is run or shown: prompts stripped, the rest unchanged
 * @param role         what the block is for
 * @param executor     what interprets it
 * @param session      id of the session that must be current; empty when none
 * @param opens        id of the session that it opens; empty when none
 * @param closes       whether it closes its session
 * @param statements   what is executed, in order; empty unless the role is executable
 * @param placeholders holes to fill before it can run
 * @param risk         the greatest of its statements'
 * @param alternative  {@code group:option}, or empty
 * @param runByDefault false for what a plain run leaves out until asked
 * @param why          one sentence: what was decided and why
 * @param inferences   conclusions that must be confirmed before it runs
 * @param attributes   the author's annotations
 */
public record Block(String id, Span span, Syntax syntax, String info, String text, Role role, Executor executor,
        String session, String opens, boolean closes, List<Statement> statements, List<Placeholder> placeholders,
        Risk risk, String alternative, boolean runByDefault, String why, List<Inference> inferences,
        Attributes attributes) {

    /** How a block is written. */
    public enum Syntax { FENCE, INDENTED, INLINE }

    public Block {
        statements = List.copyOf(statements);
        placeholders = List.copyOf(placeholders);
        inferences = List.copyOf(inferences);
    }

    /** Whether a run executes something here. */
    public boolean executable() {
        return role.executable() && !statements.isEmpty();
    }
}
