package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Differing;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Step;
import dev.stepmark.sql.NamedObjects;
import dev.stepmark.sql.NamedObjects.Named;
import dev.stepmark.sql.SqlQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name in a text that an earlier step of the same run has looked up, and found to be another: step 8 asks for the
 * constraint's name, step 9 has it written down. Said before the confirmation; the name that was found is offered.
 */
final class Contradictions {

    /** More names than this were no answer to "what is it called". */
    private static final int MOST = 20;
    private static final int NAMED = 5;

    private final Desk desk;
    private final Parts parts;

    Contradictions(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** A name in the text with what was found instead. */
    private record Differs(Named named, String step, String column, List<String> found) {

        private String sentence() {
            String returned = found.isEmpty() ? "none" : String.join(", ", found.subList(0, Math.min(NAMED, found.size())))
                    + (found.size() > NAMED ? " and " + (found.size() - NAMED) + " more" : "");
            return "Differs    the text says " + named.name() + "; step " + step + " returned " + returned + " as " + column;
        }
    }

    /** What is said of a block before its text. */
    List<String> remarks(Step step, Block block) {
        return find(step, block).map(d -> List.of(d.sentence())).orElse(List.of());
    }

    /** Offers the name that was found; true when it was taken, so that the block has another text. */
    boolean taken(Step step, Block block) {
        Unit unit = Unit.block(step.id(), block.id());
        boolean decided = desk.log().state().lastDecision(unit).isPresent() && !desk.log().state().toDoAgain(unit);
        Optional<Differs> differs = decided ? Optional.empty() : find(step, block);
        if (differs.isEmpty() || new Progress(desk.runbook(), desk.log().state()).nextStatement(unit, block) > 0) {
            return false;
        }
        String id = Differing.id(step, block);
        Differs found = differs.get();
        String shown = Texts.sha256(block.text() + found.sentence());
        if (desk.log().state().answer(id).filter(a -> a.shown().equals(shown)).isPresent()) {
            return false;
        }
        if (desk.batch() && desk.options().yesNo(id).isEmpty()) {
            desk.operator().problem(Operator.Severity.ERROR, Message.of("step " + step.id() + " names " + found.named().name()
                    + ", and step " + found.step() + " returned " + (found.found().isEmpty() ? "nothing" : String.join(", ",
                            found.found())), "One of them is not what is meant. Step " + step.id() + " was not run.",
                    found.found().size() == 1 ? "--answer " + id + "=yes takes what was returned, =no what is written"
                            : "--answer " + id + "=no runs it as it is written"));
            throw new StopRun("refused", ExitCode.REFUSED);
        }
        if (found.found().size() != 1) {
            return false;
        }
        desk.operator().remark(found.sentence());
        boolean yes = parts.asking().yes(id, "Use " + found.found().get(0) + " in step " + Cards.label(step, block)
                + ", for this run?", (char) 0, shown);
        desk.log().append(new Event.QuestionAnswered(id, "differs", shown, yes ? "yes" : "no", desk.batch() ? "answer" : "key",
                found.sentence()));
        if (yes) {
            Named named = found.named();
            String text = block.text().substring(0, named.start()) + SqlQuote.identifier(found.found().get(0))
                    + block.text().substring(named.end());
            parts.edits().take(unit, block, text, desk.batch() ? "answer" : "key", shown, "step " + found.step() + " returned it");
        }
        return yes;
    }

    private Optional<Differs> find(Step step, Block block) {
        if (block.executor() != Executor.PSQL || !block.opens().isEmpty()) {
            return Optional.empty();
        }
        for (Named named : NamedObjects.of(block.text())) {
            Optional<Differs> differs = madeBefore(step, named) ? Optional.empty() : looked(step, named);
            if (differs.isPresent()) {
                return differs;
            }
        }
        return Optional.empty();
    }

    /** A name that another step writes down before this one is the document's own, whatever a query returned. */
    private boolean madeBefore(Step step, Named named) {
        Pattern name = Pattern.compile("(?<!\\w)" + Pattern.quote(named.name()) + "(?!\\w)");
        for (Step earlier : desk.runbook().mainSteps()) {
            if (earlier.id().equals(step.id())) {
                return false;
            }
            if (earlier.executables().stream().anyMatch(b -> name.matcher(b.text()).find())) {
                return true;
            }
        }
        return false;
    }

    /** The last result of an earlier step that has such names. */
    private Optional<Differs> looked(Step step, Named named) {
        List<Event.Captured> all = desk.log().state().captured();
        List<String> before = desk.runbook().mainSteps().stream().map(Step::id).takeWhile(id -> !id.equals(step.id())).toList();
        for (int i = all.size() - 1; i >= 0; i--) {
            Event.Captured captured = all.get(i);
            Optional<Execution> execution = desk.log().state().execution(captured.exec()).filter(e -> e.started().origin()
                    == Origin.STEP && before.contains(e.started().unit().step()));
            Optional<Map<?, ?>> raw = execution.map(e -> Captures.read(desk.log().artefact(captured.artefact()), Map.class));
            Optional<String> column = raw.flatMap(r -> r.get("columns") instanceof List<?> names ? named.kind().column(
                    names.stream().map(String::valueOf).toList()) : Optional.empty());
            if (column.isPresent() && about(named, execution.get())) {
                List<String> found = values(raw.get(), column.get());
                boolean says = found.contains(named.name()) || found.size() != captured.rows() || found.size() > MOST;
                return says ? Optional.empty() : Optional.of(new Differs(named, execution.get().started().unit().step(),
                        column.get(), found));
            }
        }
        return Optional.empty();
    }

    /** Whether the query asked about the table whose constraint the text names. */
    private boolean about(Named named, Execution execution) {
        if (named.kind() != NamedObjects.Kind.CONSTRAINT) {
            return true;
        }
        String query = new String(desk.log().artefact(execution.started().text()), StandardCharsets.UTF_8);
        return !named.table().isEmpty() && Pattern.compile("(?<!\\w)" + Pattern.quote(named.table()) + "(?!\\w)").matcher(query).find();
    }

    private static List<String> values(Map<?, ?> raw, String column) {
        List<String> out = new ArrayList<>();
        ((List<?>) raw.get("rows")).forEach(r -> {
            Object value = ((Map<?, ?>) r).get(column);
            if (value != null) {
                out.add(String.valueOf(value));
            }
        });
        return out;
    }
}
