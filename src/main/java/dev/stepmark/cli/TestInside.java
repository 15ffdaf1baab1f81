package dev.stepmark.cli;

import dev.stepmark.classify.Reparser;
import dev.stepmark.demo.ThrowawayServer;
import dev.stepmark.doctest.Order;
import dev.stepmark.doctest.Results;
import dev.stepmark.doctest.StepResults;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.Runs;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.Choosing;
import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.plan.Preflight;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Desk;
import dev.stepmark.run.Runner;
import dev.stepmark.runbook.Alternative;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.terminal.BatchOperator;
import dev.stepmark.terminal.ColorMode;
import dev.stepmark.terminal.Screen;
import dev.stepmark.terminal.Style;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One document that is run for a test: inside the sandbox, or in this process where nothing has to be sealed. */
final class TestInside {

    /** The word with which the program starts itself in the sandbox; help does not name it. */
    static final String WORD = "__test";
    private static final String SECRET_SOURCE = "STEPMARK_TEST_SECRET";

    private final App app;
    private final Order order;
    private final List<String> notes = new ArrayList<>();
    private final List<String> problem = new ArrayList<>();

    /**
     * @param app   surroundings; the environment is that of the document's commands
     * @param order what to run, and where
     */
    TestInside(App app, Order order) {
        this.app = app;
        this.order = order;
    }

    /** Reads the order of a file and leaves the ending in another: how the process outside hands it over. */
    static int main(App app, Path file) throws IOException {
        Order order = Results.read(file, Order.class);
        Results.write(Path.of(order.output()), new TestInside(app, order).run());
        return ExitCode.OK.code();
    }

    /** Runs it, with what prepares it. */
    Order.Ending run() {
        String title = "";
        int exit = ExitCode.REFUSED.code();
        problem.clear();
        try (ThrowawaySessions.Once server = new ThrowawaySessions.Once(this::start)) {
            if (order.shell()) {
                // programs of a shell block find a server where they look for one by themselves
                startFor(server);
            }
            if (order.setup().isEmpty() || prepared(server)) {
                title = RunSetup.Source.read(Path.of(order.document()), false).runbook().title();
                exit = one(order.document(), Path.of(order.runs()), server).code();
            }
        } catch (StepmarkException e) {
            problem.addAll(Messages.lines("error", e.message()));
        }
        return new Order.Ending(title, exit, List.copyOf(problem), List.copyOf(new LinkedHashSet<>(notes)));
    }

    /** Whether the runbook that prepares it came to its end. */
    private boolean prepared(ThrowawaySessions.Once server) {
        Path runs = Path.of(order.runs()).resolveSibling("setup");
        boolean done = one(order.setup(), runs, server) == ExitCode.OK;
        if (!done) {
            String name = String.valueOf(Path.of(order.setup()).getFileName());
            problem.add(0, "error: " + name + ", which prepares it, did not come to its end; nothing of it was run");
            new Runs(runs).list().stream().findFirst().flatMap(run -> run.state().map(state -> new StepResults(
                    RunSetup.storedPlan(run.directory(), state), JournalReader.read(run.directory().journal()).events(),
                    run.directory().artefacts()).all()))
                    .ifPresent(steps -> steps.stream().filter(s -> s.verdict().bad()).forEach(s -> s.details().forEach(
                            d -> problem.add("  " + d))));
        }
        return done;
    }

    private void startFor(ThrowawaySessions.Once server) {
        Runbook runbook = RunSetup.Source.read(Path.of(order.document()), false).runbook();
        boolean setup = !order.setup().isEmpty();
        if (setup || DatabasePrograms.in(runbook)) {
            server.get();
        }
    }

    private ThrowawayServer start() throws IOException {
        Path data = Path.of(order.server());
        return order.sealed() ? ThrowawayServer.start(data, Path.of(order.binaries()), ThrowawayServer.USUAL_PORT,
                "/run/postgresql,/tmp") : ThrowawayServer.start(data, Path.of(order.binaries()), 0, "");
    }

    private ExitCode one(String file, Path runs, ThrowawaySessions.Once server) {
        RunSetup.Source source = RunSetup.Source.read(Path.of(file), false);
        if (source.runbook().mainSteps().isEmpty()) {
            return ExitCode.OK;
        }
        Map<String, String> environment = new HashMap<>(app.env());
        if (!order.sealed()) {
            // outside of a sandbox libpq would find the operator's own server by itself
            environment.put("PGHOST", server.started() ? "localhost" : "/nonexistent");
            environment.put("PGPORT", Integer.toString(server.started() ? server.get().port() : 1));
        }
        ThrowawaySessions sessions = new ThrowawaySessions(new RealSessions(new App(app.io(), environment, app.clock()),
                Path.of(order.directory())), order.shell(), server);
        List<PlannedQuestion> questions = questions(source.runbook(), sessions, environment);
        RunOptions options = options(source.runbook(), questions);
        Set<String> leftOut = new LinkedHashSet<>(order.skip());
        leftOut.addAll(new Choosing(source.runbook()).leftOut(a -> Optional.ofNullable(options.answers().get(a.answerId()))));
        List<PlannedQuestion> missing = new Preflight(questions, options, leftOut, environment.keySet(), Map.of())
                .missing().stream().filter(q -> q.kind() == PlannedQuestion.Kind.VALUE
                        || q.kind() == PlannedQuestion.Kind.ASKED).toList();
        if (!missing.isEmpty()) {
            problem.add("error: " + (missing.size() == 1 ? "1 answer is" : missing.size() + " answers are")
                    + " missing, so nothing of it was run");
            Preflight.asList(missing).forEach(line -> problem.add("  " + line));
            return ExitCode.REFUSED;
        }
        try (BufferedWriter transcript = Files.newBufferedWriter(Path.of(order.output()).resolveSibling("transcript.txt"),
                StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            TestOperator operator = new TestOperator(new BatchOperator(options, new Screen(transcript, () -> 0,
                    Style.of(ColorMode.NEVER, environment, false), false), app.clock(), true));
            ExitCode exit = run(source, runs, sessions, options, operator, questions, environment);
            operator.errors().forEach(m -> problem.addAll(Messages.lines("error", m)));
            return exit;
        } catch (IOException e) {
            problem.add("error: the transcript cannot be written: " + e.getMessage());
            return ExitCode.REFUSED;
        } finally {
            notes.addAll(sessions.notes());
        }
    }

    private ExitCode run(RunSetup.Source source, Path runs, ThrowawaySessions sessions, RunOptions options,
            TestOperator operator, List<PlannedQuestion> questions, Map<String, String> environment) {
        Desk made = new RunSetup(new App(app.io(), environment, app.clock()), sessions, options).begin(source, runs,
                operator, recorded());
        Desk desk = new Desk(made.runbook(), questions, made.options(), environment, made.operator(), made.log(),
                made.secrets(), made.sessions(), made.clock(), made.directory());
        try {
            return new Runner(desk, Reparser::reparse).run();
        } finally {
            desk.log().close();
        }
    }

    /** The questions of a run; a secret gets a value of its own, because everybody is let in. */
    private List<PlannedQuestion> questions(Runbook runbook, RunSessions sessions, Map<String, String> environment) {
        List<PlannedQuestion> out = new ArrayList<>();
        App there = new App(app.io(), environment, app.clock());
        for (PlannedQuestion q : new RunSetup(there, sessions, RunOptions.NONE).questions(runbook)) {
            boolean secret = q.kind() == PlannedQuestion.Kind.SECRET;
            String from = q.source().isEmpty() ? SECRET_SOURCE : q.source();
            if (secret && environment.putIfAbsent(from, TestOperator.SECRET) == null) {
                notes.add("the secret " + q.subject() + " has a made-up value");
            }
            out.add(!secret ? q : new PlannedQuestion(q.id(), q.kind(), q.step(), q.text(), q.comment(), q.prefilled(),
                    from, q.option(), q.subject(), q.neededBy()));
        }
        return out;
    }

    private RunOptions options(Runbook runbook, List<PlannedQuestion> questions) {
        Map<String, String> answers = new LinkedHashMap<>(order.answers());
        questions.stream().filter(q -> q.kind() == PlannedQuestion.Kind.INFERENCE).forEach(q -> answers.putIfAbsent(
                q.id(), "yes"));
        runbook.alternatives().forEach(alternative -> choose(alternative, answers));
        Optional<String> version = new TestedVersion(runbook).of(order.version());
        if (version.isEmpty()) {
            answers.putIfAbsent("version.discover", "yes");
        } else if (order.version().isEmpty()) {
            notes.add("tested as if version " + version.get() + " was installed (--installed-version says another)");
        }
        return new RunOptions(Map.of(), Map.of("", "local"), order.set(), order.vars(), version, Optional.empty(),
                Set.of(), order.skip(), true, true, true, answers);
    }

    /** One of the ways is tested, and the report says which: the first for which there is a server. */
    private void choose(Alternative alternative, Map<String, String> answers) {
        Alternative.Way way = alternative.ways().stream().filter(w -> !w.label().matches("(?i).*\\b(mysql|mariadb)\\b.*"))
                .findFirst().orElse(alternative.ways().get(0));
        if (answers.putIfAbsent(alternative.answerId(), way.id()) == null) {
            notes.add("of the ways " + alternative.ways().stream().map(Alternative.Way::label).collect(
                    Collectors.joining(", ")) + " this tests " + way.label() + " (--answer " + alternative.answerId() + "=...)");
        }
    }

    private Map<String, String> recorded() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("test", order.sealed() ? "sealed" : order.shell() ? "allow shell" : "throwaway server only");
        return out;
    }
}
