package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Placeholder;

/** Values of blocks that nobody expected to run when the values were asked for. */
final class LateValues {

    private LateValues() { }

    /** Asks for what has no value yet; secrets have sources of their own, and a block without one is done by hand. */
    static void ask(Desk desk, Asking asking, Block block) {
        for (Placeholder hole : block.placeholders()) {
            boolean known = desk.log().state().values().containsKey(hole.name());
            if (!known && !hole.secret()) {
                String value = asking.text(hole.name(), hole.name(), "", "").text();
                desk.log().append(new Event.ValueBound(hole.name(), "text", value, "", "asked", "run"));
            }
        }
    }
}
