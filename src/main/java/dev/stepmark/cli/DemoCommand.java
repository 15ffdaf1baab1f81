package dev.stepmark.cli;

import dev.stepmark.config.ConfigPlaces;
import dev.stepmark.config.Configuration;
import dev.stepmark.classify.Reparser;
import dev.stepmark.demo.DemoServer;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.AnswersFile;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Desk;
import dev.stepmark.run.Runner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stepmark demo}: the main job on a throwaway server; nothing outside is touched. */
@Command(name = "demo", description = "Walks you through a real procedure on a throwaway PostgreSQL. Needs nothing but"
        + " this program; without a terminal it answers by itself and shows the whole.",
        customSynopsis = {"  stepmark demo", "  stepmark demo </dev/null"})
final class DemoCommand implements Callable<Integer> {

    private static final String RUNBOOK = "migrate-ordertable.md";
    private static final String INSTALLED = "0.9.5";

    @Mixin
    private Common common;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never")
    private String color;

    private final App app;

    DemoCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("stepmark-demo-");
        Path runbook = copy(RUNBOOK, directory);
        app.io().out().println("Starting a throwaway PostgreSQL in " + directory + " ...");
        try (DemoServer server = start(directory)) {
            app.io().out().println("It listens on localhost:" + server.port() + "; its table ordertable has orders that"
                    + " conflict.");
            app.io().out().println("What follows is:  stepmark run " + RUNBOOK + " --installed-version " + INSTALLED);
            app.io().out().println("                    --connect factory=" + server.url());
            app.io().out().println();
            int code = run(runbook, directory, server);
            app.io().out().println();
            app.io().out().println("The server is stopped and gone. The log stays: stepmark show " + runs(directory));
            return code;
        }
    }

    private Path runs(Path directory) {
        Path runs = common.journal != null ? common.journal : directory.resolve("runs");
        List<dev.stepmark.journal.Runs.Entry> entries = new dev.stepmark.journal.Runs(runs).list();
        return entries.isEmpty() ? runs : entries.get(0).directory().path();
    }

    private static DemoServer start(Path directory) {
        try {
            return DemoServer.start(directory);
        } catch (IOException | IllegalStateException e) {
            throw new StepmarkException(ExitCode.FAILED, Message.of("the throwaway PostgreSQL did not start: "
                    + e.getMessage(), "The demonstration needs a free port on localhost and a writable " + directory
                    + ".", "TMPDIR=/another/directory stepmark demo"));
        }
    }

    private int run(Path runbook, Path directory, DemoServer server) throws IOException {
        Map<String, String> environment = new HashMap<>(app.env());
        environment.keySet().removeIf(k -> k.startsWith("PG"));
        App demo = new App(app.io(), Map.copyOf(environment), app.clock());
        RunOptions options = options(directory, server);
        Configuration config = Configuration.load(ConfigPlaces.userOnly(app.env()), app.env());
        RunSetup setup = new RunSetup(demo, directory, options);
        RunSetup.Source source = RunSetup.Source.read(runbook);
        Path runs = common.journal != null ? common.journal : directory.resolve("runs");
        try (Operators operators = new Operators(demo, color, options, true, config)) {
            Desk desk = setup.begin(source, runs, operators.operator(), Map.of("installed-version", INSTALLED,
                    "connect.factory", server.url()));
            try {
                return Signals.run(demo, new Runner(desk, Reparser::reparse, RunSetup::reread, dev.stepmark.run.NestedRunbooks.NONE),
                        operators::close).code();
            } finally {
                desk.log().close();
            }
        }
    }

    private RunOptions options(Path directory, DemoServer server) throws IOException {
        Map<String, String> connect = Map.of("factory", server.url());
        boolean attended = app.attended();
        Map<String, String> answers = attended ? Map.of() : AnswersFile.read(copy("demo-answers.yaml", directory));
        return new RunOptions(connect, Map.of(), Map.of(), Map.of(), Optional.of(INSTALLED), Optional.empty(), Set.of(),
                Set.of(), false, !attended, false, answers);
    }

    private static Path copy(String name, Path directory) throws IOException {
        Path target = directory.resolve(name);
        try (InputStream in = DemoServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the program is incomplete: " + name + " is missing");
            }
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }
}
