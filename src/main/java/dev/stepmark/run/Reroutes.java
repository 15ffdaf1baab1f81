package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the text was read wrongly: the operator says that from a step on the blocks of one session run in another one.
 * The answer ({@code step-5.session=shell}) is an event, and holds for the steps from there to the end of the document.
 */
final class Reroutes {

    private static final Pattern ID = Pattern.compile("step-(.+)\\.session");

    private final Desk desk;
    private final Parts parts;

    Reroutes(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** The id of the answer for a step. */
    static String id(String step) {
        return "step-" + step + ".session";
    }

    /** Takes the answers that were given beforehand; one that names no session refuses the run before anything runs. */
    void begin() {
        for (Map.Entry<String, String> answer : desk.options().answers().entrySet()) {
            Matcher id = ID.matcher(answer.getKey());
            Optional<Step> step = id.matches() ? desk.runbook().step(id.group(1)) : Optional.empty();
            if (step.isEmpty() || answer.getValue().isBlank() || desk.log().state().answer(answer.getKey()).isPresent()) {
                continue;
            }
            Optional<Block> block = first(step.get());
            if (block.isEmpty() || !others(block.get()).contains(answer.getValue())) {
                desk.operator().problem(Operator.Severity.ERROR, Message.of("\"" + answer.getValue() + "\" is no session"
                        + " for step " + step.get().id(), "It can run in " + block.map(b -> String.join(", ", others(b)))
                        .filter(o -> !o.isEmpty()).orElse("its own only") + ". Nothing was run.",
                        "stepmark plan " + desk.runbook().path()));
                throw new StopRun("refused", ExitCode.REFUSED);
            }
            record(step.get(), answer.getValue(), "answers", "");
        }
    }

    private static Optional<Block> first(Step step) {
        return step.executables().stream().findFirst();
    }

    /** The block as it runs: in the session that the operator said last, at this step or before it. */
    Block routed(Step step, Block block) {
        String session = session(step, block.session(), desk.runbook(), desk.log());
        // an exit ends the session that the text means, and no other one
        return block.closes() || session.equals(block.session()) ? block : new Block(block.id(), block.span(),
                block.syntax(), block.info(), block.text(), block.role(), block.executor(), session, block.opens(),
                block.closes(), block.statements(), block.placeholders(), block.risk(), block.alternative(),
                block.runByDefault(), block.why(), block.inferences(), block.attributes());
    }

    private static String session(Step step, String planned, Runbook runbook, Log log) {
        String out = planned;
        for (Step earlier : runbook.steps()) {
            Optional<Event.QuestionAnswered> answer = log.state().answer(id(earlier.id()));
            boolean meant = answer.isPresent() && first(earlier).map(b -> b.session().equals(planned)).orElse(false);
            out = meant ? answer.get().answer() : out;
            if (earlier.id().equals(step.id())) {
                break;
            }
        }
        return out;
    }

    /** The session in which another one is opened, as the operator has it. */
    static String parent(SessionDeclaration session, Runbook runbook, Log log) {
        return runbook.steps().stream().filter(s -> s.blocks().stream().anyMatch(b -> b.opens().equals(session.id())))
                .findFirst().map(s -> session(s, session.parent(), runbook, log)).orElse(session.parent());
    }

    /** Other sessions of the text that can take what a block says: outer shells for a shell, clients for SQL. */
    List<String> others(Block block) {
        boolean sql = parts.pool().isSql(block.session());
        return desk.runbook().sessions().stream().filter(s -> !s.id().equals(block.session()))
                .filter(s -> sql ? s.kind() == SessionDeclaration.Kind.PSQL : s.kind() == SessionDeclaration.Kind.SHELL
                        || s.kind() == SessionDeclaration.Kind.REMOTE_SHELL)
                .map(SessionDeclaration::id).collect(Collectors.toList());
    }

    /** Whether it is worth asking: where a command of the text opened the session, it may have been left again. */
    boolean possible(Block block) {
        SessionDeclaration session = parts.pool().declaration(block.session());
        return !block.closes() && session.openedBy() > 0 && !others(block).isEmpty();
    }

    /** Asks where this block and the rest run; whether something was said. */
    boolean ask(Step step, Block block, String shown) {
        List<String> others = new ArrayList<>(others(block));
        String session = parts.asking().text(id(step.id()), "Run this and the rest of " + block.session() + " in ("
                + String.join(", ", others) + ")", "", "").text().strip();
        if (!others.contains(session)) {
            desk.operator().say(List.of("  " + (session.isEmpty() ? "Nothing was changed." : "There is no session "
                    + session + " that could take it; nothing was changed.")));
            return false;
        }
        record(step, session, "key", shown);
        desk.operator().say(List.of("  From step " + step.id() + " on, what the text has in " + block.session()
                + " runs in " + session + "."));
        return true;
    }

    private void record(Step step, String session, String by, String shown) {
        desk.log().append(new Event.QuestionAnswered(id(step.id()), "session", shown, session, by,
                "the text has it in " + first(step).map(Block::session).orElse("")));
    }

    /** Nothing in the text closes the session, and another part of it has begun: it may not be meant any more. */
    List<String> remarks(Step step, Block block) {
        SessionDeclaration session = parts.pool().declaration(block.session());
        boolean open = possible(block) && session.closedBy() == 0 && block.opens().isEmpty();
        Optional<Step> opener = desk.runbook().steps().stream().filter(s -> s.blocks().stream()
                .anyMatch(b -> b.opens().equals(session.id()))).findFirst();
        if (!open || opener.isEmpty() || step.sectionPath().isEmpty() || step.sectionPath().size()
                >= opener.get().sectionPath().size() && step.sectionPath().subList(0, opener.get().sectionPath().size())
                .equals(opener.get().sectionPath())) {
            return List.of();
        }
        return List.of("Nothing in the text has closed " + session.id() + " since line " + session.openedBy()
                + ", and this is another section: h runs this and the rest outside of it");
    }
}
