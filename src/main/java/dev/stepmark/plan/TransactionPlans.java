package dev.stepmark.plan;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads the transactions of a runbook: in the order of the document, section by section. */
public final class TransactionPlans {

    private static final Set<String> BEGINS = Set.of("begin", "start");
    private static final Set<String> KEEPS = Set.of("commit", "end");
    private static final Set<String> ENDS = Set.of("commit", "end", "rollback", "abort", "prepare transaction");
    /** COMMIT AND CHAIN begins the next one at once: that is nobody's to hold. */
    private static final Pattern CHAIN = Pattern.compile("(?is).*\\band\\s+chain\\b.*");

    private final BiFunction<Step, Block, Block> effective;
    private final List<TransactionPlan> found = new ArrayList<>();
    private final Set<String> named = new HashSet<>();
    private List<TransactionPlan.Part> parts = new ArrayList<>();
    private String name = "";
    private String session = "";
    private String problem = "";

    private TransactionPlans(BiFunction<Step, Block, Block> effective) {
        this.effective = effective;
    }

    /** The transactions of a runbook as it is written. */
    public static List<TransactionPlan> of(Runbook runbook) {
        return of(runbook, (step, block) -> block);
    }

    /**
     * The transactions of a runbook.
     *
     * @param effective gives a block as it runs, where its text was edited
     */
    public static List<TransactionPlan> of(Runbook runbook, BiFunction<Step, Block, Block> effective) {
        TransactionPlans reader = new TransactionPlans(effective);
        reader.section(runbook.mainSteps());
        for (Step.Section section : Step.Section.values()) {
            if (!section.inMainRun()) {
                reader.section(runbook.steps().stream().filter(s -> s.section() == section).toList());
            }
        }
        return List.copyOf(reader.found);
    }

    private void section(List<Step> steps) {
        for (Step step : steps) {
            if (!Progress.reading(step)) {
                step(step);
            }
        }
        close(true, parts.isEmpty() || !name.isEmpty() ? "" : "nothing in the text ends it");
    }

    private void step(Step step) {
        boolean ran = false;
        for (Block block : step.blocks()) {
            if (block.role() == Role.MALFORMED) {
                interrupted("a block of step " + step.id() + " (line " + block.span().first() + ") is not run");
            } else if (block.executable() && block.runByDefault()) {
                ran = true;
                block(step, effective.apply(step, block));
            }
        }
        if (!ran && step.executables().isEmpty()) {
            interrupted("step " + step.id() + " (line " + step.span().first() + ") is done by hand");
        }
    }

    /** What stands in the way of a transaction in the text; what an author named ends where its blocks end. */
    private void interrupted(String by) {
        if (!name.isEmpty()) {
            close(true, "");
        } else if (!parts.isEmpty() && problem.isEmpty()) {
            problem = by;
        }
    }

    private void block(Step step, Block block) {
        String own = block.attributes().transaction().orElse("");
        String where = "step " + step.id() + " (line " + block.span().first() + ")";
        boolean sql = block.executor() == Executor.PSQL && block.opens().isEmpty() && !block.closes();
        if (!name.isEmpty() && !own.equals(name)) {
            close(true, "");
        }
        if (!parts.isEmpty() && (!sql || !block.session().equals(session) || step.optional() || repeated(block))) {
            problem = problem.isEmpty() ? where + (!sql ? " is no SQL" : step.optional() ? " is optional"
                    : repeated(block) ? " is repeated" : " runs in another session") : problem;
        }
        if (!own.isEmpty()) {
            named(step, block, own, sql, where);
        } else if (sql && (parts.isEmpty() || block.session().equals(session))) {
            text(step, block);
        }
    }

    private void named(Step step, Block block, String own, boolean sql, String where) {
        if (name.isEmpty()) {
            close(false, parts.isEmpty() ? "" : where + " has transaction=" + own);
            problem = named.add(own) ? "" : "its blocks do not follow each other: " + where + " comes after others";
            name = own;
            session = block.session();
        }
        if (!sql || step.optional() || repeated(block)) {
            problem = problem.isEmpty() ? where + (!sql ? " is no SQL of PostgreSQL" : step.optional() ? " is optional"
                    : " is repeated") : problem;
        }
        block.statements().stream().filter(s -> BEGINS.contains(s.verb()) || ENDS.contains(s.verb())).findFirst()
                .filter(s -> problem.isEmpty()).ifPresent(s -> problem = where + " has a " + s.verb()
                        .toUpperCase(java.util.Locale.ROOT) + " of its own");
        parts.add(part(step, block, 0, block.statements().size()));
    }

    private void text(Step step, Block block) {
        List<Statement> statements = block.statements();
        int from = 0;
        for (int i = 0; i < statements.size(); i++) {
            String verb = statements.get(i).verb();
            boolean open = !parts.isEmpty() || !session.isEmpty();
            if (!open && BEGINS.contains(verb)) {
                session = block.session();
                from = i;
                problem = repeated(block) ? "step " + step.id() + " is repeated" : "";
            } else if (open && ENDS.contains(verb)) {
                parts.add(part(step, block, from, i + 1));
                boolean chained = CHAIN.matcher(statements.get(i).text()).matches();
                boolean simple = !chained && !verb.equals("prepare transaction");
                close(KEEPS.contains(verb), simple ? problem : verb.toUpperCase(java.util.Locale.ROOT) + " in step "
                        + step.id() + " does not simply end it");
            }
        }
        if (!session.isEmpty()) {
            parts.add(part(step, block, from, statements.size()));
        }
    }

    private static boolean repeated(Block block) {
        return block.attributes().foreach().isPresent() || block.attributes().repeatUntil().isPresent();
    }

    private static TransactionPlan.Part part(Step step, Block block, int from, int to) {
        return new TransactionPlan.Part(step.id(), block.id(), from, to, block.span().first());
    }

    private void close(boolean commits, String why) {
        if (!parts.isEmpty()) {
            found.add(new TransactionPlan(name, session, parts, commits, problem.isEmpty() ? why : problem));
        }
        parts = new ArrayList<>();
        name = "";
        session = "";
        problem = "";
    }
}
