package dev.stepmark.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stepmark.runbook.Alternative;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Gate;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import dev.stepmark.runbook.VersionRemark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The plan for programs: one JSON object, schema {@code stepmark-plan/1}. Line numbers are 1-based and inclusive. */
public final class PlanJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlanJson() { }

    /** The plan as JSON, indented when asked, without a final newline. */
    public static String write(Runbook runbook, List<PlannedQuestion> questions, boolean indented) {
        try {
            Map<String, Object> plan = plan(runbook, questions);
            return indented ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(plan)
                    : MAPPER.writeValueAsString(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan could not be written", e);
        }
    }

    private static Map<String, Object> plan(Runbook runbook, List<PlannedQuestion> questions) {
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("schema", "stepmark-plan/1");
        plan.put("file", runbook.path());
        plan.put("sha256", runbook.sha256());
        plan.put("title", runbook.title());
        List<Gate> gates = new ArrayList<>(runbook.frontMatter().gates());
        runbook.steps().forEach(s -> gates.addAll(s.gates()));
        plan.put("gates", Stream.concat(gates.stream().map(PlanJson::gate), runbook.remarks().stream()
                .map(PlanJson::remark)).toList());
        plan.put("requires", runbook.frontMatter().requires());
        plan.put("variables", variables(runbook));
        plan.put("sessions", runbook.sessions().stream().map(PlanJson::session).toList());
        if (!runbook.alternatives().isEmpty()) {
            plan.put("alternatives", runbook.alternatives().stream().map(PlanJson::alternative).toList());
        }
        plan.put("questions", questions.stream().map(PlanJson::question).toList());
        plan.put("steps", runbook.steps().stream().map(s -> step(s, runbook)).toList());
        return plan;
    }

    private static Map<String, Object> gate(Gate gate) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("line", gate.line());
        out.put("subject", gate.subject());
        out.put("constraint", gate.constraint());
        out.put("scope", gate.scope());
        out.put("source", gate.source());
        return out;
    }

    private static Map<String, Object> remark(VersionRemark remark) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("line", remark.line());
        out.put("subject", "");
        out.put("constraint", remark.constraint());
        out.put("scope", "prose");
        out.put("source", remark.text());
        return out;
    }

    /** Declared variables and the placeholders of executable blocks, with every line that uses them. */
    private static List<Map<String, Object>> variables(Runbook runbook) {
        Map<String, Boolean> secret = new LinkedHashMap<>();
        Map<String, TreeSet<Integer>> lines = new LinkedHashMap<>();
        runbook.frontMatter().variables().forEach(v -> {
            secret.put(v.name(), v.secret());
            lines.computeIfAbsent(v.name(), n -> new TreeSet<>()).add(v.line());
        });
        for (Step step : runbook.steps()) {
            for (Block block : step.executables()) {
                for (Placeholder hole : block.placeholders()) {
                    secret.merge(hole.name(), hole.secret(), Boolean::logicalOr);
                    lines.computeIfAbsent(hole.name(), n -> new TreeSet<>()).add(block.span().first());
                }
            }
        }
        List<Map<String, Object>> out = new ArrayList<>();
        secret.forEach((name, isSecret) -> {
            Map<String, Object> variable = new LinkedHashMap<>();
            variable.put("name", name);
            variable.put("secret", isSecret);
            variable.put("lines", lines.get(name));
            out.add(variable);
        });
        return out;
    }

    private static Map<String, Object> session(SessionDeclaration session) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", session.id());
        out.put("kind", session.kind().word());
        out.put("parent", orNull(session.parent()));
        out.put("opened_by_line", session.openedBy() == 0 ? null : session.openedBy());
        out.put("closed_by_line", session.closedBy() == 0 ? null : session.closedBy());
        out.put("label", session.label());
        out.put("connection", orNull(session.connection()));
        return out;
    }

    private static Map<String, Object> alternative(Alternative alternative) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", alternative.id());
        out.put("answer_id", alternative.answerId());
        List<Map<String, Object>> ways = new ArrayList<>();
        for (Alternative.Way way : alternative.ways()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", way.id());
            one.put("label", way.label());
            one.put("lines", way.places().stream().map(p -> List.of(p.first(), p.last())).toList());
            ways.add(one);
        }
        out.put("ways", ways);
        return out;
    }

    private static Map<String, Object> question(PlannedQuestion question) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", orNull(question.id()));
        out.put("step", orNull(question.step()));
        out.put("text", question.text());
        out.put("kind", question.kind().name().toLowerCase(Locale.ROOT));
        out.put("prefilled", orNull(question.prefilled()));
        return out;
    }

    private static Map<String, Object> step(Step step, Runbook runbook) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", step.id());
        out.put("name", orNull(step.name()));
        out.put("line", step.span().first());
        out.put("title", step.title());
        out.put("kind", lower(step.kind()));
        out.put("section", lower(step.section()));
        out.put("section_path", step.sectionPath());
        out.put("optional", step.optional());
        out.put("condition", step.condition().map(PlanJson::condition).orElse(null));
        out.put("gates", step.gates().stream().map(PlanJson::gate).toList());
        out.put("opens_session", orNull(step.opens()));
        out.put("closes_session", !step.closes().isEmpty());
        out.put("content_sha256", step.contentHash());
        out.put("blocks", step.blocks().stream().map(b -> PlanJson.block(b, runbook)).toList());
        return out;
    }

    private static Object condition(dev.stepmark.runbook.Condition condition) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("text", condition.text());
        out.put("line", condition.line());
        out.put("source", lower(condition.source()));
        out.put("expression", orNull(condition.expression()));
        out.put("depends_on", orNull(condition.dependsOn()));
        return out;
    }

    private static Map<String, Object> block(Block block, Runbook runbook) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", block.id());
        out.put("lines", List.of(block.span().first(), block.span().last()));
        out.put("syntax", lower(block.syntax()));
        out.put("info", block.info());
        out.put("role", block.role().word());
        out.put("executor", block.executor() == Executor.NONE ? null : block.executor().word());
        out.put("session", orNull(block.session()));
        out.put("opens_session", orNull(block.opens()));
        out.put("closes_session", block.closes());
        out.put("commands", block.statements().stream().map(Statement::text).toList());
        out.put("statements", block.statements().stream().map(PlanJson::statement).toList());
        out.put("placeholders", block.placeholders().stream().map(Placeholder::name).distinct().toList());
        out.put("risk", block.risk().word());
        out.put("alternative", orNull(block.alternative()));
        out.put("run_by_default", block.runByDefault());
        out.put("why", block.why());
        out.put("inferred", block.inferences().stream().map(PlanJson::inference).toList());
        out.put("attributes", new java.util.TreeMap<>(block.attributes().known()));
        ExpectationJson.put(out, block, runbook);
        return out;
    }

    private static Map<String, Object> statement(Statement statement) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kind", lower(statement.kind()));
        out.put("lines", List.of(statement.span().first(), statement.span().last()));
        out.put("risk", statement.risk().word());
        return out;
    }

    private static Map<String, Object> inference(Inference inference) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", inference.id());
        out.put("text", inference.text());
        out.put("reason", inference.reason());
        return out;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
