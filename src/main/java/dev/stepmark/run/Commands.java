package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.Unit;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The commands at a prompt: {@code /list}, {@code /show 5}, {@code /note text}, ... An explicit, ordered list. */
public final class Commands {

    /** Name, arguments and one line of help for each command, in the order in which help prints them. */
    public static final List<Help> ALL = List.of(
            new Help("list", "", "steps with their state, and what was typed in between"),
            new Help("show", "5", "what came out of a step or of a1, whole"),
            new Help("goto", "5", "makes step 5 the next one; going back undoes nothing"),
            new Help("rerun", "5", "does step 5 once more and comes back here"),
            new Help("undo", "5", "undoes step 5 as its author says (undo=); asked for first"),
            new Help("why", "5", "what Stepmark concluded about a step, and from which words"),
            new Help("as", "shell", "the block is something else than it was taken for: sql, mysql, hand, output"),
            new Help("note", "TEXT", "a remark at this point of the log"),
            new Help("tty", "off", "the step gets this terminal when it runs; off: its output is captured"),
            new Help("vars", "", "values and where they came from"),
            new Help("results", "", "results that are kept by name"),
            new Help("sessions", "", "open sessions"),
            new Help("jobs", "2", "what runs in the background; of step 2 what came out; \"stop 2\" ends it"),
            new Help("help", "", "this list"),
            new Help("quit", "", "stop here, as q"));

    private final Desk desk;
    private final Parts parts;

    /**
     * A command.
     *
     * @param name      without the slash
     * @param arguments an example, or empty
     * @param text      one line
     */
    public record Help(String name, String arguments, String text) { }

    Commands(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Carries out a command typed at a question. */
    void run(Reply.Command command, Question question) {
        String argument = command.arguments().strip();
        switch (command.name()) {
            case "list" -> desk.operator().say(list());
            case "show" -> show(argument);
            case "goto" -> parts.going().run(argument, false, question);
            case "rerun" -> parts.going().run(argument, true, question);
            case "undo" -> parts.undoing().command(argument, question);
            case "why" -> desk.runbook().step(argument).ifPresentOrElse(this::why, () -> unknownStep(argument));
            case "as" -> parts.overruling().run(argument, question);
            case "note" -> note(argument, question);
            case "tty" -> tty(argument, question);
            case "vars" -> desk.operator().say(vars());
            case "results" -> desk.operator().say(results());
            case "sessions" -> desk.operator().say(sessions());
            case "jobs" -> parts.jobs().command(argument);
            case "help" -> desk.operator().say(help());
            default -> desk.operator().say(List.of("  There is no command /" + command.name()
                    + "; /help lists all of them."));
        }
    }

    private List<String> list() {
        Progress progress = new Progress(desk.runbook(), desk.log().state());
        List<String> out = new ArrayList<>();
        for (Step step : desk.runbook().mainSteps()) {
            out.add(String.format(Locale.ROOT, "  %3s  %-14s  %s", step.id(), progress.step(step).name()
                    .toLowerCase(Locale.ROOT).replace('_', ' '), step.title()));
        }
        for (Execution execution : desk.log().state().executions()) {
            if (execution.started().origin() == Event.Origin.ADHOC) {
                out.add(String.format(Locale.ROOT, "  %3s  %-14s  %s", execution.started().unit().step(), execution
                        .finished().map(Event.ExecFinished::outcome).orElse("in doubt"), desk.log()
                        .firstLine(execution.started().text())));
            }
        }
        return out;
    }

    private void show(String id) {
        List<Execution> executions = desk.log().state().executions().stream()
                .filter(e -> e.started().unit().step().equals(id) || e.started().unit().block().equals(id)).toList();
        if (executions.isEmpty()) {
            desk.operator().say(List.of("  Nothing ran under \"" + id + "\" yet; /list shows what did."));
            return;
        }
        StringBuilder text = new StringBuilder();
        executions.forEach(e -> text.append(desk.log().transcript(e)));
        desk.operator().page("output of " + id, desk.log().textFile(text.toString()));
    }

    private void why(Step step) {
        if (step.executables().isEmpty()) {
            parts.why().show(step);
        }
        step.executables().forEach(b -> parts.why().show(step, b));
    }

    private void unknownStep(String argument) {
        desk.operator().say(List.of("  There is no step \"" + argument + "\"; /list shows them."));
    }

    private void note(String text, Question question) {
        if (text.isEmpty()) {
            desk.operator().say(List.of("  A note needs words: /note the dump took longer than usual"));
            return;
        }
        String step = stepOf(question);
        desk.log().append(new Event.NoteAdded(step.isEmpty() ? Unit.RUN : Unit.step(step), text, ""));
        desk.operator().say(List.of("  noted"));
    }

    private static String stepOf(Question question) {
        return question.id().startsWith("step-") ? question.id().substring(5).split("\\.", 2)[0] : "";
    }

    private void tty(String argument, Question question) {
        Optional<Step> step = desk.runbook().step(stepOf(question));
        if (step.isEmpty() || !argument.isEmpty() && !argument.equals("off")) {
            desk.operator().say(List.of("  /tty at the question of a step; /tty off takes it back."));
            return;
        }
        parts.attachments().say(step.get(), argument.isEmpty());
        desk.operator().say(List.of("  " + step.get().id() + (argument.isEmpty() ? " gets this terminal when it runs;"
                + " its screen is recorded, what you type is not" : " runs with its output captured")));
    }

    private List<String> vars() {
        List<String> out = new ArrayList<>();
        for (Map.Entry<String, Event.ValueBound> entry : desk.log().state().values().entrySet()) {
            Event.ValueBound bound = entry.getValue();
            Optional<String> secret = parts.values().secret(entry.getKey());
            String shown = bound.secret().isEmpty() ? bound.value() : secret.map(s -> "(set, " + s.length()
                    + " characters)").orElse("(secret)");
            out.add("  " + entry.getKey() + " = " + shown + "  (" + bound.source() + ")");
        }
        return out.isEmpty() ? List.of("  There are no values.") : out;
    }

    private List<String> results() {
        List<String> out = new ArrayList<>();
        desk.log().state().captures().forEach((name, c) -> out.add("  " + name + "  "
                + (c.rows() < 0 ? "no rows" : Texts.count(c.rows(), "row")) + ", from " + c.exec()));
        return out.isEmpty() ? List.of("  No result is kept by name yet.") : out;
    }

    private List<String> sessions() {
        List<String> out = new ArrayList<>();
        parts.pool().labels().forEach((id, label) -> out.add("  " + id + "  " + label));
        return out.isEmpty() ? List.of("  No session is open.") : out;
    }

    private static List<String> help() {
        List<String> out = new ArrayList<>();
        ALL.forEach(h -> out.add(String.format(Locale.ROOT, "  /%-9s %-5s %s", h.name(), h.arguments(), h.text())));
        out.add("  SQL;            into the open SQL session, besides the plan; recorded");
        out.add("  !command        into the open shell, besides the plan; recorded");
        out.add("  ?               the choices of the question on the screen");
        return out;
    }
}
