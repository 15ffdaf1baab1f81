package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.message.Excerpt;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Condition;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The author's {@code when=}: it holds for the whole step, so the blocks of a step must agree. */
final class DeclaredConditions {

    private final Document document;

    DeclaredConditions(Document document) {
        this.document = document;
    }

    void set(List<StepBlocks> steps) {
        for (StepBlocks step : steps) {
            List<BlockDraft> blocks = step.executables();
            if (!blocks.isEmpty()) {
                String when = when(blocks.get(0));
                blocks.stream().filter(b -> !when(b).equals(when)).findFirst().ifPresent(b -> refuse(step, b));
                if (!when.isEmpty()) {
                    step.condition = Optional.of(new Condition(when, blocks.get(0).line(),
                            Condition.Source.DECLARED, when, dependsOn(steps, step, when)));
                }
            }
        }
    }

    private static String when(BlockDraft block) {
        return block.code.attributes().when().orElse("");
    }

    /** The nearest step above whose capture, or whose own result {@code step_N}, the expression speaks of. */
    private static String dependsOn(List<StepBlocks> steps, StepBlocks step, String when) {
        for (int i = steps.indexOf(step) - 1; i >= 0; i--) {
            StepBlocks earlier = steps.get(i);
            boolean captured = earlier.blocks.stream().flatMap(b -> b.code.attributes().capture().stream())
                    .anyMatch(name -> mentions(when, name));
            if (captured || mentions(when, "step_" + earlier.id)) {
                return earlier.id;
            }
        }
        return "";
    }

    private static boolean mentions(String expression, String name) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "(?!\\w)").matcher(expression).find();
    }

    private void refuse(StepBlocks step, BlockDraft block) {
        throw new StepmarkException(ExitCode.USAGE, new Message(document.path() + ":" + block.line()
                + ": the blocks of step " + step.id + " have different conditions",
                Excerpt.of(block.line(), document.lines().get(block.line() - 1), -1, 1),
                List.of("A step is run or skipped as a whole."),
                List.of("the same when= on each of its blocks, or a step of its own for this one")));
    }
}
