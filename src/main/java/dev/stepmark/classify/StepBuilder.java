package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.message.Excerpt;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Attributes;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Condition;
import dev.stepmark.runbook.Gate;
import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the immutable steps together. */
final class StepBuilder {

    /** Blocks that leave something to do for a person. */
    private static final Set<Role> BY_HAND = Set.of(Role.FILE_FRAGMENT, Role.QUERY_ELSEWHERE, Role.MALFORMED);

    private final Document document;
    private final Map<String, Integer> names = new HashMap<>();
    private final MessageDigest sha256 = sha256();

    StepBuilder(Document document) {
        this.document = document;
    }

    List<Step> build(List<StepBlocks> steps) {
        return steps.stream().map(this::step).toList();
    }

    private Step step(StepBlocks step) {
        StepDraft draft = step.draft;
        return new Step(step.id, name(step), draft.span(), draft.title, kind(step), draft.section, draft.path,
                step.optional(), step.condition, gates(step), parts(step), step.opens, step.closes, hash(step));
    }

    private static Step.Kind kind(StepBlocks step) {
        boolean person = step.draft.fromItem || step.draft.manual || seen(step)
                || step.blocks.stream().anyMatch(b -> BY_HAND.contains(b.verdict.role()));
        return step.executables().isEmpty() && person ? Step.Kind.MANUAL : Step.Kind.COMMAND;
    }

    /** Pattern 26: output that nothing in the step prints, below words: a person did what they say. */
    private static boolean seen(StepBlocks step) {
        boolean words = !step.draft.pieces.isEmpty() && step.draft.pieces.get(0) instanceof StepDraft.Text;
        return words && !step.blocks.isEmpty() && step.draft.section.inMainRun()
                && step.blocks.stream().allMatch(b -> b.verdict.role() == Role.SAMPLE_OUTPUT);
    }

    private String name(StepBlocks step) {
        String name = "";
        for (BlockDraft block : step.blocks) {
            String given = block.code.attributes().get("name").orElse("");
            if (given.isEmpty()) {
                continue;
            }
            if (!name.isEmpty()) {
                throw error(block, "step " + step.id + " already has the name \"" + name + "\"",
                        "A step has one name, and it is found again by it.", "one name for the whole step");
            }
            Integer other = names.putIfAbsent(given, block.line());
            if (other != null) {
                throw error(block, "the name \"" + given + "\" is taken by line " + other,
                        "Names tell steps apart, also in a document that has changed.", "another name");
            }
            name = given;
        }
        return name;
    }

    private List<Gate> gates(StepBlocks step) {
        List<Gate> gates = new ArrayList<>();
        for (BlockDraft block : step.blocks) {
            Attributes attributes = block.code.attributes();
            for (String key : Annotations.BOUNDS) {
                attributes.get(key).ifPresent(v -> gates.add(new Gate(block.line(),
                        document.frontMatter().version().product(), key.startsWith("min") ? v : "",
                        key.startsWith("max") ? v : "", step.id, "attribute " + key)));
            }
        }
        return gates;
    }

    private List<Part> parts(StepBlocks step) {
        List<Part> parts = new ArrayList<>();
        int next = 0;
        for (StepDraft.Piece piece : step.draft.pieces) {
            if (piece instanceof StepDraft.Text text) {
                parts.add(new Part.Words(text.prose()));
            } else {
                parts.add(new Part.Code(block(step, step.blocks.get(next++))));
            }
        }
        return parts;
    }

    private static Block block(StepBlocks step, BlockDraft block) {
        StepDraft.Code code = block.code;
        String text = block.verdict.body().text();
        Attributes attributes = Endless.attributes(block.verdict.executor(), text, block.executable() && block.opens.isEmpty(),
                code.attributes());
        return new Block(block.id, code.node().span(), code.node().syntax(), block.info.shown(), block.verdict.body().text(),
                block.verdict.role(), block.verdict.executor(), block.session, block.opens, block.closes, block.statements,
                block.placeholders, block.risk(), block.alternative, runByDefault(step, block), Endless.why(why(step, block), attributes, text),
                block.inferences, attributes);
    }

    private static boolean runByDefault(StepBlocks step, BlockDraft block) {
        boolean inferred = step.condition.map(c -> c.source() == Condition.Source.INFERRED).orElse(false);
        boolean held = (inferred || step.draft.saidFor > 0) && block.risk() == Risk.DESTRUCTIVE;
        boolean sentence = block.code.node().syntax() == Block.Syntax.INLINE && block.risk() == Risk.DESTRUCTIVE;
        return block.executable() && !held && !sentence && !step.optional() && step.draft.section.inMainRun();
    }

    private static String why(StepBlocks step, BlockDraft block) {
        boolean held = step.draft.saidFor > 0 && block.executable() && block.risk() == Risk.DESTRUCTIVE;
        return block.verdict.why() + (held ? "; not by itself, since it destroys and line " + step.draft.saidFor
                + " says for whom this part is" : "");
    }

    private String hash(StepBlocks step) {
        StringBuilder text = new StringBuilder(step.draft.title).append('\n');
        step.blocks.forEach(b -> text.append(b.code.node().text()).append('\0'));
        return HexFormat.of().formatHex(sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private StepmarkException error(BlockDraft block, String what, String meaning, String tryThis) {
        return new StepmarkException(ExitCode.USAGE, new Message(document.path() + ":" + block.line() + ": " + what,
                Excerpt.of(block.line(), document.lines().get(block.line() - 1), -1, 1), List.of(meaning), List.of(tryThis)));
    }
}
