package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.message.Excerpt;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The author's {@code needs=}: names steps above, or the author is mistaken about what makes a step stale. */
final class Needs {

    private final Document document;

    Needs(Document document) {
        this.document = document;
    }

    void check(List<StepBlocks> steps) {
        Set<String> above = new HashSet<>();
        for (StepBlocks step : steps) {
            for (BlockDraft block : step.blocks) {
                block.code.attributes().needs().stream().filter(need -> !above.contains(need)).findFirst()
                        .ifPresent(need -> refuse(block, need));
            }
            above.add(step.id);
            step.blocks.forEach(b -> b.code.attributes().get("name").ifPresent(above::add));
        }
    }

    private void refuse(BlockDraft block, String need) {
        throw new StepmarkException(ExitCode.USAGE, new Message(document.path() + ":" + block.line()
                + ": needs=" + need + " names no step above this one",
                Excerpt.of(block.line(), document.lines().get(block.line() - 1), -1, 1),
                List.of("A step can rest on earlier ones only. The block was not read, so the runbook is refused."),
                List.of("needs=NAME, with name=NAME on a block above, or the number of a step")));
    }
}
