package dev.stepmark.cli;

import dev.stepmark.classify.Reparser;
import dev.stepmark.demo.ThrowawayServer;
import dev.stepmark.doctest.Order;
import dev.stepmark.doctest.Results;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.plan.Preflight;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Desk;
import dev.stepmark.run.Runner;
import dev.stepmark.runbook.Gate;
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

/** One document that is run for a test: inside the sandbox, or in this process where nothing has to be sealed. */
final class TestInside {

    /** The word with which the program starts itself in the sandbox; help does not name it. */
    static final String WORD = "__test";
    private static final String SECRET_SOURCE = "STEPMARK_TEST_SECRET";

    private final App app;
    private final Order order;
    private final List<String> notes = new ArrayList<>();

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
        List<String> problem = new ArrayList<>();
        try (ThrowawaySessions.Once server = new ThrowawaySessions.Once(this::start)) {
            if (order.shell() && order.sealed()) {
                // programs of a shell block find a server where they look for one by themselves
                startFor(server);
            }
            if (!order.setup().isEmpty()) {
                Runbook setup = RunSetup.Source.read(Path.of(order.setup()), false).runbook();
                problem.addAll(one(order.setup(), Path.of(order.runs()).resolve("setup"), server).stream()
                        .map(l -> "setup " + setup.path() + ": " + l).toList());
            }
            if (problem.isEmpty()) {
                title = RunSetup.Source.read(Path.of(order.document()), false).runbook().title();
                problem.addAll(one(order.document(), Path.of(order.runs()), server));
            }
        } catch (StepmarkException e) {
            problem.addAll(Messages.lines("error", e.message()));
        }
        return new Order.Ending(title, problem, List.copyOf(new LinkedHashSet<>(notes)));
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

    /** Runs one document; returns why it could not be run to its end. */
    private List<String> one(String file, Path runs, ThrowawaySessions.Once server) throws StepmarkException {
        RunSetup.Source source = RunSetup.Source.read(Path.of(file), false);
        if (source.runbook().mainSteps().isEmpty()) {
            notes.add("it has no steps");
            return List.of();
        }
        Map<String, String> environment = new HashMap<>(app.env());
        ThrowawaySessions sessions = new ThrowawaySessions(new RealSessions(new App(app.io(), environment, app.clock()),
                Path.of(order.directory())), order.shell(), server);
        List<PlannedQuestion> questions = questions(source.runbook(), sessions, environment);
        RunOptions options = options(source.runbook(), questions);
        List<PlannedQuestion> missing = new Preflight(questions, options, order.skip(), environment.keySet(), Map.of())
                .missing().stream().filter(q -> q.kind() == PlannedQuestion.Kind.VALUE
                        || q.kind() == PlannedQuestion.Kind.ASKED).toList();
        if (!missing.isEmpty()) {
            return missing(missing);
        }
        try (BufferedWriter transcript = Files.newBufferedWriter(Path.of(order.output()).resolveSibling("transcript.txt"),
                StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            TestOperator operator = new TestOperator(new BatchOperator(options, new Screen(transcript, () -> 0,
                    Style.of(ColorMode.NEVER, environment, false), false), app.clock(), true));
            return run(source, runs, sessions, options, operator, questions, environment);
        } catch (IOException e) {
            return List.of("error: the transcript cannot be written: " + e.getMessage());
        } finally {
            notes.addAll(sessions.notes());
        }
    }

    private List<String> run(RunSetup.Source source, Path runs, ThrowawaySessions sessions, RunOptions options,
            TestOperator operator, List<PlannedQuestion> questions, Map<String, String> environment) {
        Desk made = new RunSetup(new App(app.io(), environment, app.clock()), sessions, options).begin(source, runs,
                operator, recorded());
        Desk desk = new Desk(made.runbook(), questions, made.options(), environment, made.operator(), made.log(),
                made.secrets(), made.sessions(), made.clock(), made.directory());
        try {
            new Runner(desk, Reparser::reparse).run();
            return operator.errors().stream().flatMap(m -> Messages.lines("error", m).stream()).toList();
        } finally {
            desk.log().close();
        }
    }

    /** The questions of a run; a secret gets a value of its own, because everybody is let in. */
    private List<PlannedQuestion> questions(Runbook runbook, RunSessions sessions, Map<String, String> environment) {
        List<PlannedQuestion> out = new ArrayList<>();
        for (PlannedQuestion q : new RunSetup(app, sessions, RunOptions.NONE).questions(runbook)) {
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
        return new RunOptions(Map.of(), Map.of("", "local"), order.set(), order.vars(), version(runbook), Optional.empty(),
                Set.of(), order.skip(), true, true, true, answers);
    }

    /** A document for certain versions is tested as if one of them was installed. */
    private Optional<String> version(Runbook runbook) {
        if (!order.version().isEmpty()) {
            return Optional.of(order.version());
        }
        Optional<Gate> gate = runbook.frontMatter().gates().stream().findFirst().or(() -> runbook.steps().stream()
                .flatMap(s -> s.gates().stream()).findFirst());
        Optional<String> version = gate.map(g -> g.maximum().isEmpty() ? g.minimum() : g.maximum());
        version.ifPresent(v -> notes.add("tested as if version " + v + " was installed (--installed-version says"
                + " another)"));
        return version;
    }

    private Map<String, String> recorded() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("test", order.sealed() ? "sealed" : order.shell() ? "allow shell" : "throwaway server only");
        return out;
    }

    private static List<String> missing(List<PlannedQuestion> missing) {
        List<String> out = new ArrayList<>();
        out.addAll(Messages.lines("error", Message.of((missing.size() == 1 ? "1 answer is" : missing.size()
                + " answers are") + " missing, so nothing of it was run", "", "")).stream().filter(l -> !l.isBlank())
                .toList());
        out.addAll(Preflight.asList(missing).stream().map(l -> "  " + l).toList());
        return out;
    }
}
