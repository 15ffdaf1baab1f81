package dev.stepmark.classify;

import dev.stepmark.runbook.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A step whose blocks have been decided about. */
final class StepBlocks {

    final String id;
    final StepDraft draft;
    final List<BlockDraft> blocks = new ArrayList<>();
    Optional<Condition> condition = Optional.empty();
    String opens = "";
    String closes = "";
    /** Whether its first words only name one way of several, about which is asked once for all of them. */
    boolean way;

    StepBlocks(String id, StepDraft draft) {
        this.id = id;
        this.draft = draft;
    }

    List<BlockDraft> executables() {
        return blocks.stream().filter(BlockDraft::executable).toList();
    }

    boolean optional() {
        return Conditions.optional(draft.opening) || draft.parts.stream().anyMatch(Conditions::optional);
    }
}
