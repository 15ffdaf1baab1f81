package dev.stepmark.classify;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Condition;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the document does not say and was concluded: conditions, overruled labels, sessions. Each must be confirmed. */
final class Conclusions {

    private static final Set<String> QUERIES = Set.of("select", "with", "table", "values", "show");

    private final List<StepBlocks> steps;
    private final List<SessionDeclaration> sessions;
    private final Set<String> ids = new HashSet<>();

    private Conclusions(List<StepBlocks> steps, List<SessionDeclaration> sessions) {
        this.steps = steps;
        this.sessions = sessions;
    }

    static void draw(List<StepBlocks> steps, List<SessionDeclaration> sessions) {
        Conclusions conclusions = new Conclusions(steps, sessions);
        for (int i = 0; i < steps.size(); i++) {
            StepBlocks step = steps.get(i);
            if (step.condition.isEmpty()) {
                step.condition = conclusions.condition(i);
            }
            step.executables().forEach(block -> conclusions.block(step, block));
            step.condition.ifPresent(c -> conclusions.asked(step, c));
        }
    }

    private void block(StepBlocks step, BlockDraft block) {
        if (!block.verdict.overrule().isEmpty()) {
            overruled(step, block);
        }
        if (block.code.node().syntax() == Block.Syntax.INLINE) {
            add(step, block, "from-sentence", "Run the command in the sentence in line " + block.line() + "?",
                    "It stands in a sentence of the text and in no block of its own.");
        }
        if (!block.opens.isEmpty()) {
            opened(step, block);
        }
        prompted(step, block);
    }

    /** Pattern 7: a prompt that names a host says where its author was; that this is the place only a person knows. */
    private void prompted(StepBlocks step, BlockDraft block) {
        boolean here = block.verdict.executor() == Executor.SHELL && sessions.stream().anyMatch(s -> s.id().equals(block.session)
                && s.kind() == SessionDeclaration.Kind.SHELL && s.opener().isEmpty());
        List<String> places = here ? ReferenceRules.places(block.code.node().text()).stream().filter(p -> !p.isEmpty()).toList() : List.of();
        if (!places.isEmpty()) {
            add(step, block, "prompt", "Run step " + step.id + " on this machine, although its prompt says " + places.get(0) + "?",
                    "Its prompt names " + places.get(0) + ", and nothing in the text opens a shell there.");
        }
    }

    private void overruled(StepBlocks step, BlockDraft block) {
        boolean shell = block.verdict.overrule().equals("as-shell");
        String where = shell ? "in the shell" : "as SQL in psql";
        String reason = capitalised(block.verdict.why()) + ".";
        if (shell && block.verdict.body().text().contains(" --")) {
            reason += " As SQL, \"--\" would begin a comment that swallows the rest of the line.";
        }
        add(step, block, block.verdict.overrule(), "Run step " + step.id + " " + where + "?", reason);
    }

    private void opened(StepBlocks step, BlockDraft block) {
        SessionDeclaration session = sessions.stream().filter(s -> s.id().equals(block.opens)).findFirst().orElseThrow();
        List<StepBlocks> users = steps.stream().filter(s -> s.blocks.stream().anyMatch(b -> b.session.equals(session.id())))
                .toList();
        String belong = users.isEmpty() ? "No later step of the text belongs to it."
                : StepNumbers.of(users) + (users.size() == 1 ? " belongs" : " belong") + " to this session.";
        // what waits for input is psql, whatever starts it
        String program = session.kind() == SessionDeclaration.Kind.PSQL ? "psql"
                : block.statements.get(block.statements.size() - 1).verb();
        add(step, block, "opens-session", "Open a session with " + program + " in step " + step.id
                        + (users.isEmpty() ? "?" : ", for " + StepNumbers.of(users).replaceFirst("^S", "s") + "?"),
                "The command " + program + " waits for input here. " + belong + " " + closed(session));
    }

    private String closed(SessionDeclaration session) {
        for (StepBlocks step : steps) {
            if (step.closes.equals(session.id())) {
                return "Step " + step.id + " closes it.";
            }
            for (BlockDraft block : step.blocks) {
                if (block.closes && block.session.equals(session.id())) {
                    Statement last = block.statements.get(block.statements.size() - 1);
                    return last.text().strip() + " in step " + step.id + " closes it.";
                }
            }
        }
        return "Nothing in the text closes it.";
    }

    /** "If there are any ...": the query of the step before decides, when there is one. */
    private Optional<Condition> condition(int index) {
        StepDraft draft = steps.get(index).draft;
        String heading = draft.parts.isEmpty() ? "" : draft.parts.get(draft.parts.size() - 1);
        String said = Conditions.conditional(draft.opening) ? draft.opening : heading;
        boolean something = !steps.get(index).way && (draft.fromItem || !steps.get(index).executables().isEmpty());
        if (!something || !Conditions.conditional(said)) {
            return Optional.empty();
        }
        String words = Conditions.words(said);
        String query = queryBefore(index);
        String expression = query.isEmpty() ? "" : Conditions.expression(words, query);
        return Optional.of(new Condition(words, draft.openingLine, Condition.Source.INFERRED, expression,
                expression.isEmpty() ? "" : query));
    }

    /** The id of the last step before this one that runs something, when the last thing it runs is a query. */
    private String queryBefore(int index) {
        for (int i = index - 1; i >= 0; i--) {
            List<BlockDraft> executables = steps.get(i).executables();
            if (!executables.isEmpty()) {
                List<Statement> statements = executables.get(executables.size() - 1).statements;
                Statement last = statements.get(statements.size() - 1);
                boolean query = last.kind() == Statement.Kind.SQL && last.risk() == Risk.READ_ONLY
                        && QUERIES.contains(last.verb().split(" ")[0]);
                return query ? steps.get(i).id : "";
            }
        }
        return "";
    }

    private void asked(StepBlocks step, Condition condition) {
        if (condition.source() == Condition.Source.DECLARED || step.executables().isEmpty()) {
            return;
        }
        String by = condition.expression().isEmpty() ? "Nothing that was run decides it."
                : "Step " + condition.dependsOn() + " is the query before it, so it is read as: step "
                + condition.dependsOn() + " returned " + (condition.expression().endsWith("== 0") ? "no row." : "at least one row.");
        String question = condition.expression().isEmpty()
                ? "Does step " + step.id + " apply (\"" + condition.text() + "\")?"
                : "Does the result of step " + condition.dependsOn() + " decide about step " + step.id + "?";
        add(step, step.executables().get(0), "condition", question, "The document says \"" + condition.text() + "\". " + by);
    }

    /** The first of its kind in a step is {@code step-3.as-shell}, a further one carries its block's number. */
    private void add(StepBlocks step, BlockDraft block, String kind, String question, String reason) {
        String id = "step-" + step.id + "." + kind;
        if (!ids.add(id)) {
            id = "step-" + block.id + "." + kind;
            ids.add(id);
        }
        block.inferences.add(new Inference(id, question, reason));
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
