package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Unit;
import dev.stepmark.plan.PlanCodec;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plan as this run has it: the stored one, with the blocks about which an operator said that they are something else.
 * A fold over the decisions; the stored plan stays as it is.
 */
final class Overruled {

    /** How the evidence of such a decision begins. */
    static final String EVIDENCE = "overruled as ";

    private final Log log;
    private Runbook stored;
    private Runbook now;
    private int known;

    Overruled(Log log) {
        this.log = log;
    }

    /** Whether a decision overrules what a block is. */
    static boolean overrules(Event event) {
        return event instanceof Event.Decided d && d.action() == Event.Action.EDIT && d.evidence().startsWith(EVIDENCE);
    }

    /** The plan that holds now. */
    Runbook of(Runbook plan) {
        int events = log.events().size();
        if (plan != stored || known != events) {
            boolean changed = plan != stored || log.events().subList(known, events).stream().anyMatch(e -> e.event()
                    instanceof Event.Decided d && d.action() == Event.Action.EDIT);
            now = changed ? apply(plan) : now;
            stored = plan;
            known = events;
        }
        return now;
    }

    private Runbook apply(Runbook plan) {
        Map<String, Block> blocks = new LinkedHashMap<>();
        log.decisions().stream().filter(Overruled::overrules).map(d -> d.unit().block()).distinct().forEach(id -> blocks.put(id, null));
        if (blocks.isEmpty()) {
            return plan;
        }
        List<Step> steps = new ArrayList<>();
        for (Step step : plan.steps()) {
            boolean changed = step.blocks().stream().anyMatch(b -> blocks.containsKey(b.id()));
            steps.add(changed ? changed(step, blocks) : step);
        }
        return with(plan, steps);
    }

    private Step changed(Step step, Map<String, Block> blocks) {
        List<Part> parts = new ArrayList<>();
        for (Part part : step.parts()) {
            boolean overruled = part instanceof Part.Code code && blocks.containsKey(code.block().id());
            parts.add(overruled ? new Part.Code(last(step, ((Part.Code) part).block())) : part);
        }
        return with(step, parts);
    }

    private Block last(Step step, Block block) {
        try {
            return PlanCodec.readBlock(log.artefact(log.editOf(Unit.block(step.id(), block.id())).orElseThrow()));
        } catch (IOException e) {
            throw new IllegalStateException("a block that was overruled cannot be read: " + block.id(), e);
        }
    }

    /** A step with other blocks: what it is follows from them. */
    private static Step with(Step s, List<Part> parts) {
        List<Block> blocks = parts.stream().filter(p -> p instanceof Part.Code).map(p -> ((Part.Code) p).block()).toList();
        Step.Kind kind = blocks.stream().anyMatch(Block::executable) ? Step.Kind.COMMAND
                : blocks.stream().anyMatch(b -> b.role() == Role.MALFORMED) ? Step.Kind.MANUAL : s.kind();
        return new Step(s.id(), s.name(), s.span(), s.title(), kind, s.section(), s.sectionPath(), s.optional(), s.condition(),
                s.gates(), parts, s.opens(), s.closes(), s.contentHash());
    }

    private static Runbook with(Runbook r, List<Step> steps) {
        List<SessionDeclaration> sessions = new ArrayList<>(r.sessions());
        for (Block block : steps.stream().flatMap(s -> s.executables().stream()).toList()) {
            if (sessions.stream().noneMatch(s -> s.id().equals(block.session()))) {
                boolean shell = block.executor() == Executor.SHELL;
                sessions.add(new SessionDeclaration(block.session(), shell ? SessionDeclaration.Kind.SHELL : block.executor()
                        == Executor.MYSQL ? SessionDeclaration.Kind.MYSQL : SessionDeclaration.Kind.PSQL, "", shell
                                ? "shell on this machine" : "database", 0, 0, "", ""));
            }
        }
        return new Runbook(r.path(), r.sha256(), r.title(), r.frontMatter(), steps, sessions, r.remarks(), r.expected(),
                r.tolerated(), r.alternatives(), r.includes());
    }
}
