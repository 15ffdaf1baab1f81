package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.ExpectedOutput;
import dev.stepmark.runbook.ExpectedOutput.Kind;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds which output of the document belongs to which command (patterns 8, 9 and 11): what stands between the commands
 * of a block, and the first output that follows a block with nothing but words between them.
 */
final class ExpectedOutputs {

    /** InnovationEngine's comment before an output: a share from 0 to 1, or a regular expression. */
    private static final Pattern SIMILARITY = Pattern.compile(
            "<!--\\s*expected_similarity\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([0-9.]+))\\s*-->");
    private static final Pattern EXAMPLE = Pattern.compile("\\b(examples?|similar|something like|such as|e\\.g|for instance|"
            + "(might|may|could) (look|see|be)|looks? (something )?like)\\b", Pattern.CASE_INSENSITIVE);
    /** The output of another case, or of another command. */
    private static final Pattern OTHERWISE = Pattern.compile("(^|[.:;] )(otherwise|else|if)\\b|\\bif (you|it|the|this|that)\\b|"
            + "\\b(fails?|failed|instead of|wrong|incorrect|missing|before (the|this|you))\\b", Pattern.CASE_INSENSITIVE);
    /** Decided by what stands there, not by output of a command. */
    private static final Set<String> NO_OUTPUT = Set.of("known-error", "prompt-alone", "client-banner", "comparison", "warned-of");

    private final Document document;
    private final List<ExpectedOutput> found = new ArrayList<>();
    /** The block whose output may come next. */
    private BlockDraft command;
    private StepBlocks where;

    ExpectedOutputs(Document document) {
        this.document = document;
    }

    List<ExpectedOutput> of(List<StepBlocks> steps) {
        for (StepBlocks step : steps) {
            if (step.blocks.isEmpty() || where != null && where.draft.section != step.draft.section) {
                command = null; // a person did something in between, or it is about another case
            }
            step.blocks.forEach(b -> block(step, b));
        }
        return found;
    }

    private void block(StepBlocks step, BlockDraft block) {
        if (block.executable()) {
            boolean runs = block.opens.isEmpty() && (block.verdict.executor() == Executor.SHELL
                    || block.verdict.executor() == Executor.PSQL);
            command = runs && !block.closes ? block : null;
            where = step;
            if (runs && block.verdict.role() == Role.MIXED) {
                mixed(block);
            }
        } else {
            if (command != null) {
                following(block).ifPresent(found::add);
            }
            command = null;
        }
    }

    private Optional<ExpectedOutput> following(BlockDraft block) {
        Optional<Matcher> similarity = similarity(block.line());
        boolean shown = block.verdict.role() == Role.SAMPLE_OUTPUT && !NO_OUTPUT.contains(block.verdict.rule())
                && !(block.code.direct() && OTHERWISE.matcher(block.code.leadIn()).find());
        if (similarity.isEmpty() && !shown || found.stream().anyMatch(e -> e.block().equals(command.id))) {
            return Optional.empty();
        }
        int from = block.line() + (block.code.node().syntax() == Block.Syntax.FENCE ? 1 : 0);
        String text = block.code.node().text();
        List<Integer> lines = IntStream.range(0, (int) text.lines().count()).mapToObj(i -> from + i).toList();
        Kind kind = block.code.direct() && EXAMPLE.matcher(block.code.leadIn()).find()
                || block.verdict.rule().equals("under-sample-heading") ? Kind.EXAMPLE : Kind.OUTPUT;
        ExpectedOutput plain = new ExpectedOutput(command.id, -1, block.code.node().span(), kind, text, lines, 0);
        return Optional.of(similarity.map(s -> similar(plain, s)).orElse(plain));
    }

    private Optional<Matcher> similarity(int fence) {
        for (int number = fence - 1; number > 0; number--) {
            String line = document.lines().get(number - 1).strip();
            if (!line.isEmpty()) {
                Matcher matcher = SIMILARITY.matcher(line);
                return matcher.matches() ? Optional.of(matcher) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static ExpectedOutput similar(ExpectedOutput plain, Matcher comment) {
        String regex = comment.group(1) != null ? comment.group(1) : comment.group(2);
        if (regex != null && !regex.matches("[0-9.]+")) {
            return new ExpectedOutput(plain.block(), plain.statement(), plain.span(), Kind.PATTERN, regex, plain.lines(), 0);
        }
        String share = regex != null ? regex : comment.group(3);
        boolean number = share.matches("\\d{0,3}(\\.\\d{1,6})?") && share.matches(".*\\d.*");
        int percent = !number ? 100 : (int) Math.round(100 * Math.min(1, Double.parseDouble(share)));
        return new ExpectedOutput(plain.block(), plain.statement(), plain.span(), Kind.SIMILAR, plain.text(), plain.lines(),
                percent);
    }

    /** The lines that are no commands: those behind a statement are its output. */
    private void mixed(BlockDraft block) {
        Node.Code node = block.code.node();
        int from = node.span().first() + (node.syntax() == Block.Syntax.FENCE ? 1 : 0);
        List<String> lines = node.text().lines().toList();
        boolean whole = block.statements.size() == 1;
        for (int i = 0; i < block.statements.size(); i++) {
            Statement statement = block.statements.get(i);
            int first = whole ? from : statement.span().last() + 1;
            int end = i + 1 < block.statements.size() ? block.statements.get(i + 1).span().first() : from + lines.size();
            List<Integer> output = IntStream.range(first, end).filter(n -> !block.verdict.body().offsets().contains(n - from)
                    && n - from < lines.size()).boxed().toList();
            String text = String.join("\n", output.stream().map(n -> lines.get(n - from)).toList());
            if (!text.isBlank()) {
                found.add(new ExpectedOutput(block.id, whole ? -1 : i, new Span(output.get(0), output.get(output.size() - 1)),
                        Kind.OUTPUT, text + "\n", output, 0));
            }
        }
    }
}
