package dev.stepmark.classify;

import dev.stepmark.runbook.Include;
import dev.stepmark.runbook.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which steps stand for another document (pattern 30): an include, or words that order to follow a local link. */
final class Includes {

    private static final Pattern FOLLOW = Pattern.compile("(?:(?:first|then|next|now|finally|before you (?:begin|start)|before [^,.()]{3,80}|"
            + "once [^,.()]{3,80}|after [^,.()]{3,80})[, ]+){0,3}(?:please )?(?:follow|complete|run|execute|perform|go through|work through|"
            + "carry out|do)\\b[^()]{0,160}\\((?!\\w+:|[/#])([^()\\s#]+\\.(?:md|markdown|mdx))(?:#[^()\\s]*)?\\).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Includes() {
    }

    static List<Include> of(List<StepBlocks> steps) {
        List<Include> found = new ArrayList<>();
        for (StepBlocks step : steps) {
            boolean words = step.blocks.stream().noneMatch(b -> b.executable() || b.verdict.role() == Role.MALFORMED)
                    && (step.draft.manual || step.draft.fromItem) && step.opens.isEmpty() && step.closes.isEmpty();
            String opening = step.draft.opening.substring(0, Math.min(1_000, step.draft.opening.length()));
            Matcher follow = FOLLOW.matcher(opening);
            if (words && step.draft.included != null) {
                found.add(new Include(step.id, step.draft.included.split("\\s+")[0]));
            } else if (words && follow.matches()) {
                found.add(new Include(step.id, follow.group(1)));
            }
        }
        return found;
    }
}
