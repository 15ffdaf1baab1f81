package dev.stepmark.cli;

import dev.stepmark.config.Configuration;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.Runs;
import dev.stepmark.journal.StepState;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.plan.Choosing;
import dev.stepmark.plan.Preflight;
import dev.stepmark.plan.Progress;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Desk;
import dev.stepmark.run.Doubts;
import dev.stepmark.run.LeftOut;
import dev.stepmark.run.Operator;
import dev.stepmark.run.Question;
import dev.stepmark.run.Reply;
import dev.stepmark.run.Runner;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepmark run}: walks through a runbook. */
@Command(name = "run", addMethodSubcommands = false, description = "Walks through a runbook: each step is shown, asked for, run and recorded.",
        customSynopsis = {"  stepmark run work-orders.md --installed-version 0.9.4",
            "  stepmark run work-orders.md --yes --assume-manual --answers answers.yaml"})
final class RunCommand implements OneOperand {

    private static final String RESUME = "resume";

    @Parameters(paramLabel = "RUNBOOK", description = "a Markdown file")
    private Path file;

    @Mixin
    private RunFlags flags = new RunFlags();

    @Mixin
    private Common common = new Common();

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never")
    private String color;

    private final App app;

    RunCommand(App app) {
        this.app = app;
    }

    @Override
    public void operand(String text) {
        file = Path.of(text);
    }

    @Override
    public Integer call() {
        file = RunSetup.Source.named(file);
        RunOptions given = flags.options(app.clock().instant());
        RunSetup.Source source = RunSetup.Source.read(file, app.attended());
        refuseNothing(source.runbook());
        Configuration config = app.configuration(directory());
        NamedConnections connections = new NamedConnections(config);
        RunOptions options = connections.complete(given, source.runbook());
        config.warnings().forEach(w -> Messages.lines("warning", w).forEach(app.io().err()::println));
        RunSetup setup = new RunSetup(app, Path.of("").toAbsolutePath(), options).with(connections);
        Path runs = app.runs(common.journal);
        Optional<Runs.Entry> unfinished = new Runs(runs).unfinished(file);
        if (options.yesNo(RESUME).orElse(true)) {
            unfinished.ifPresent(entry -> BeingRun.refuse(entry, source.runbook()));
        }
        Runbook said = RunSetup.said(source.runbook(), source.bytes(), options);
        Preflight preflight = preflight(setup, said, options, new LeftOut(said, options).ids());
        flags.checkSteps(source.runbook());
        new GivenNames(source.runbook(), options).check(preflight.questions(), setup.sessions(), app.env());
        preflight.refuseUnknownIds(furtherIds(source.runbook(), unfinished));
        preflight.refuseBadAnswers();
        if (!app.attended()) {
            connections.suggested().keySet().stream().findFirst().ifPresent(n -> {
                throw new StepmarkException(ExitCode.REFUSED, connections.refusal(n));
            });
            TerminalSteps.refuse(source.runbook(), options, new LeftOut(source.runbook(), options).ids());
            refuseWhatCannotBeAsked(source.runbook(), preflight, options, unfinished);
            if (options.yesNo(RESUME).orElse(false)) {
                unfinished.ifPresent(entry -> refuseMissing(stillMissing(setup, entry, options)));
            } else {
                refuseMissing(preflight.missing());
            }
        }
        try (Operators operators = new Operators(app, color, options, false, config)) {
            Operator operator = operators.operator();
            Suggestions suggestions = new Suggestions(connections, operator);
            RunOptions agreed = suggestions.ask(options);
            RunSetup ready = agreed == options ? setup
                    : new RunSetup(app, Path.of("").toAbsolutePath(), agreed).with(connections);
            Desk desk = goOn(operator, agreed, unfinished, source.runbook())
                    ? ready.attach(unfinished.get().directory(), operator, "stepmark run", source.runbook().sha256())
                    : ready.begin(source, runs, operator, recorded(agreed, connections));
            operators.run(desk.log().runId());
            try {
                return Signals.run(app, new Runner(desk, dev.stepmark.classify.Reparser::reparse, RunSetup::reread,
                        new NestedRuns(app, agreed, connections, runs, operator, List.of(file.toAbsolutePath()))), operators::close)
                        .code();
            } finally {
                desk.log().close();
            }
        }
    }

    private Path directory() {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private Map<String, String> recorded(RunOptions options, NamedConnections connections) {
        Map<String, String> out = new LinkedHashMap<>(flags.recorded(options));
        out.putAll(connections.recorded());
        return out;
    }

    /** A document without a step is more likely the wrong file than a run that is done at once. */
    private static void refuseNothing(Runbook runbook) {
        if (runbook.mainSteps().isEmpty()) {
            throw RunFlags.usage(runbook.path() + " has no steps", "A step is a block of SQL or shell, or an item of a"
                    + " list. Nothing was run.", "stepmark plan " + runbook.path());
        }
    }

    /** Ids that answers may have besides the questions that are known before a run. */
    private static Set<String> furtherIds(Runbook runbook, Optional<Runs.Entry> unfinished) {
        Set<String> out = new LinkedHashSet<>(Set.of(RESUME, "cleanup"));
        unfinished.flatMap(Runs.Entry::state).ifPresent(state -> state.inDoubt().stream().map(Doubts::answerId)
                .forEach(id -> out.addAll(List.of(id, id + ".reason"))));
        for (Step step : runbook.steps()) {
            out.add("step-" + step.id() + ".doubt");
            out.add("step-" + step.id() + ".doubt.reason");
            out.add("step-" + step.id() + ".reason");
            out.add("step-" + step.id() + ".applies");
            step.blocks().forEach(b -> out.add("block-" + b.id() + ".as"));
            out.add("step-" + step.id() + ".session");
        }
        // not asked on a machine whose own server decides, and an answer wins over that
        runbook.sessions().forEach(s -> List.of("host", "port", "user").forEach(f -> out.add(s.id() + "." + f)));
        return out;
    }

    private void refuseWhatCannotBeAsked(Runbook runbook, Preflight preflight, RunOptions options,
            Optional<Runs.Entry> unfinished) {
        if (unfinished.isPresent() && options.yesNo(RESUME).isEmpty()) {
            throw new StepmarkException(ExitCode.REFUSED, Message.of("run " + unfinished.get().shortId()
                    + " of this runbook is not finished", "Going on with it, or beginning a new one, is your choice."
                    + " Nothing was run.", "--answer resume=yes   (goes on; resume=no begins a new run)"));
        }
        refuseNo(preflight, options, runbook);
    }

    private Preflight preflight(RunSetup setup, Runbook runbook, RunOptions options, Set<String> leftOut) {
        Set<String> given = new LinkedHashSet<>(app.env().keySet());
        given.removeIf(name -> app.env().get(name).isEmpty());
        return new Preflight(setup.questions(runbook), options, leftOut, given, runbook.frontMatter().targets());
    }

    /** What a run that goes on will ask: about the text of its start, and not what it was told already. */
    private List<PlannedQuestion> stillMissing(RunSetup setup, Runs.Entry entry, RunOptions options) {
        RunState state = entry.state().orElseThrow();
        Runbook stored = RunSetup.storedPlan(entry.directory(), state);
        Set<String> leftOut = new LinkedHashSet<>(new LeftOut(stored, options).ids());
        leftOut.addAll(new Choosing(stored).leftOut(a -> state.answer(a.answerId()).map(Event.QuestionAnswered::answer)));
        Progress progress = new Progress(stored, state);
        stored.mainSteps().stream().filter(s -> Progress.settled(progress.step(s))).forEach(s -> leftOut.add(s.id()));
        return preflight(setup, stored, options, leftOut).missing().stream().filter(q -> !told(q, state)).toList();
    }

    private static boolean told(PlannedQuestion question, RunState state) {
        return switch (question.kind()) {
            case START -> state.answer("start").isPresent();
            case VERSION, DISCOVERY -> state.version().isPresent();
            case VALUE, CONNECTION -> state.values().containsKey(question.id());
            case TARGET -> state.answer("target." + question.subject()).isPresent();
            case CHOICE -> state.answer(question.id()).isPresent();
            default -> false;
        };
    }

    private void refuseMissing(List<PlannedQuestion> missing) {
        if (!missing.isEmpty()) {
            app.io().err().println("error: " + (missing.size() == 1 ? "1 answer is" : missing.size()
                    + " answers are") + " missing, so nothing was run");
            Preflight.asList(missing).forEach(app.io().err()::println);
            throw new Refused();
        }
    }

    /** "No" to a conclusion that other steps rest on leaves them without a place to run. */
    private void refuseNo(Preflight preflight, RunOptions options, Runbook runbook) {
        for (PlannedQuestion question : preflight.questions()) {
            boolean no = question.kind() == PlannedQuestion.Kind.INFERENCE
                    && options.yesNo(question.id()).map(y -> !y).orElse(false);
            if (no) {
                throw new StepmarkException(ExitCode.REFUSED, Message.of(question.id() + ": no, and Stepmark has no"
                        + " other reading", question.text() + "\nNothing was run.", "--skip " + question.step()
                        + ", or an annotation in " + runbook.path()));
            }
        }
    }

    /** An unfinished run of the same runbook is offered first. */
    private boolean goOn(Operator operator, RunOptions options, Optional<Runs.Entry> unfinished, Runbook now) {
        if (unfinished.isEmpty()) {
            return false;
        }
        if (!operator.interactive() || options.yesNo(RESUME).isPresent()) {
            return options.yesNo(RESUME).orElse(false);
        }
        Runs.Entry entry = unfinished.get();
        operator.say(describe(entry, now));
        Question question = new Question(RESUME, Question.Kind.YES_NO, "Go on with run " + entry.shortId() + "?",
                List.of(new Question.Choice('y', "", "go on where it stopped"), new Question.Choice('n', "",
                        "begin a new run; the old one stays as it is"), new Question.Choice('q', "", "do neither")),
                (char) 0, "", "", "", "", false);
        Reply reply = operator.ask(question);
        if (reply instanceof Reply.Key key && key.key() != 'q') {
            return key.key() == 'y';
        }
        operator.say(List.of("Nothing was run."));
        throw new Refused();
    }

    private static List<String> describe(Runs.Entry entry, Runbook now) {
        List<String> out = new java.util.ArrayList<>();
        out.add("Run " + entry.shortId() + " of this runbook is not finished; it began " + entry.startedAt() + ".");
        entry.state().ifPresent(state -> {
            Progress progress = new Progress(now, state.writerGone());
            List<Integer> done = now.mainSteps().stream().filter(s -> !Progress.open(progress.step(s)))
                    .map(s -> Integer.valueOf(s.id())).toList();
            out.add("  Steps     " + (done.isEmpty() ? "none done" : dev.stepmark.run.Texts.ranges(done) + " done")
                    + ids(", in doubt: ", now, progress, StepState.IN_DOUBT)
                    + ids(", stale: ", now, progress, StepState.STALE)
                    + progress.next().map(s -> ", next: " + s.id() + " " + s.title()).orElse(""));
            Event.RunStarted started = state.started();
            if (!started.runbook().equals(now.sha256())) {
                out.add("  The document has changed since. Going on uses the text of the start.");
            }
        });
        return out;
    }

    private static String ids(String before, Runbook runbook, Progress progress, StepState state) {
        List<String> ids = runbook.mainSteps().stream().filter(s -> progress.step(s) == state).map(Step::id).toList();
        return ids.isEmpty() ? "" : before + String.join(", ", ids);
    }

    /** A refusal that has been explained already. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused() {
            super("refused", null, false, false);
        }
    }
}
