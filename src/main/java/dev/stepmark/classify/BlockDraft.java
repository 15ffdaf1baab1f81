package dev.stepmark.classify;

import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Statement;
import java.util.ArrayList;
import java.util.List;

/** A block that has been decided about, while its sessions and inferences are still being found. */
final class BlockDraft {

    final String id;
    final StepDraft.Code code;
    final InfoString info;
    final Verdict verdict;
    final List<Inference> inferences = new ArrayList<>();
    List<Statement> statements = List.of();
    List<Placeholder> placeholders = List.of();
    String session = "";
    String opens = "";
    boolean closes;
    /** {@code group:option} of the way that it belongs to; empty for none. */
    String alternative = "";

    BlockDraft(String id, StepDraft.Code code, InfoString info, Verdict verdict) {
        this.id = id;
        this.code = code;
        this.info = info;
        this.verdict = verdict;
    }

    boolean executable() {
        return verdict.role().executable() && !statements.isEmpty();
    }

    Risk risk() {
        return statements.stream().map(Statement::risk).reduce(Risk.READ_ONLY, Risk::max);
    }

    int line() {
        return code.node().span().first();
    }
}
