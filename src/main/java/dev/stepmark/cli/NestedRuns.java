package dev.stepmark.cli;

import dev.stepmark.classify.Reparser;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.Runs;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Desk;
import dev.stepmark.run.NestedRunbooks;
import dev.stepmark.run.Operator;
import dev.stepmark.run.Runner;
import dev.stepmark.runbook.Runbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runbooks that a runbook sends to: local ones, inside the repository or the directory of the document, and none that
 * leads back to itself. Each is a run of its own, whose options name the run and the step that it belongs to.
 */
final class NestedRuns implements NestedRunbooks {

    private static final String PARENT = "parent";
    private static final String STEP = "parent-step";
    private static final int DEEPEST = 10;
    private static final List<String> PLACES = List.of("", "_includes", "includes", "snippets", "docs");

    private final App app;
    private final RunOptions options;
    private final NamedConnections connections;
    private final Path runs;
    private final Operator operator;
    private final List<Path> chain;
    private volatile Runner inner;

    /** @param chain the documents that are being run, the outermost first */
    NestedRuns(App app, RunOptions options, NamedConnections connections, Path runs, Operator operator, List<Path> chain) {
        this.app = app;
        this.options = options;
        this.connections = connections;
        this.runs = runs;
        this.operator = operator;
        this.chain = List.copyOf(chain);
    }

    @Override
    public Offer offer(String path) {
        try {
            Path file = resolve(path);
            Runbook runbook = RunSetup.Source.read(file, true).runbook();
            String shown = shown(file);
            return runbook.mainSteps().isEmpty() ? new Offer(shown, "", 0, shown + " has no steps")
                    : new Offer(shown, runbook.title(), runbook.mainSteps().size(), "");
        } catch (Refusal e) {
            return new Offer(path, "", 0, e.getMessage());
        } catch (StepmarkException e) {
            return new Offer(path, "", 0, e.message().what());
        }
    }

    private static String shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }

    /** Why a document is not run. */
    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        Refusal(String why) {
            super(why, null, false, false);
        }
    }

    /** The file that is meant, never one outside of the document's own tree, whatever links say. */
    private Path resolve(String path) throws Refusal {
        Path own = chain.get(chain.size() - 1);
        try {
            Path directory = own.toRealPath().getParent();
            Path root = root(directory);
            if (path.isBlank() || path.contains("://") || path.contains("{")) {
                throw new Refusal("\"" + path + "\" names no file here");
            }
            for (Path base : List.of(directory, root)) {
                for (String place : PLACES) {
                    Optional<Path> file = file(base.resolve(place).resolve(path.replaceFirst("^/+", "")).normalize(), root);
                    if (file.isPresent()) {
                        return checked(file.get());
                    }
                }
            }
            throw new Refusal("there is no file " + path + " in " + shown(root));
        } catch (IOException | InvalidPathException e) {
            throw new Refusal(path + " cannot be read");
        }
    }

    private static Optional<Path> file(Path named, Path root) throws IOException, Refusal {
        for (Path file : List.of(named, named.resolveSibling(named.getFileName() + ".md"))) {
            if (Files.isRegularFile(file)) {
                if (!file.toRealPath().startsWith(root)) {
                    throw new Refusal(file.getFileName() + " lies outside of " + shown(root) + ", where this document belongs");
                }
                return Optional.of(file.toRealPath());
            }
        }
        return Optional.empty();
    }

    private Path checked(Path file) throws IOException, Refusal {
        for (Path outer : chain) {
            if (outer.toRealPath().equals(file)) {
                throw new Refusal(file.getFileName() + " is being run already: it leads back to itself");
            }
        }
        if (chain.size() >= DEEPEST) {
            throw new Refusal("runbooks are nested deeper than " + DEEPEST);
        }
        return file;
    }

    /** The repository, or the directory of the document where there is none. */
    private static Path root(Path directory) {
        for (Path at = directory; at != null && at.getParent() != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return directory;
    }

    @Override
    public Ended run(Offer offer, String parent, String step) {
        Path file = Path.of(offer.path()).toAbsolutePath();
        Optional<Runs.Entry> before = of(parent, step, file);
        if (before.isPresent() && finished(before.get())) {
            return new Ended(before.get().shortId(), true, "finished before");
        }
        RunOptions own = own();
        RunSetup setup = new RunSetup(app, Path.of("").toAbsolutePath(), own).with(connections);
        RunSetup.Source source = RunSetup.Source.read(file, true);
        Map<String, String> recorded = new LinkedHashMap<>(Map.of(PARENT, parent, STEP, step));
        Desk desk = before.isPresent() ? setup.attach(before.get().directory(), operator, "step " + step + " of run " + parent,
                source.runbook().sha256()) : setup.begin(source, runs, operator, recorded);
        List<Path> deeper = new ArrayList<>(chain);
        deeper.add(file);
        inner = new Runner(desk, Reparser::reparse, RunSetup::reread, new NestedRuns(app, own, connections, runs, operator, deeper));
        try {
            ExitCode code = inner.run();
            return new Ended(desk.log().shortId(), code == ExitCode.OK, code == ExitCode.OK ? "finished" : "not finished, exit " + code.code());
        } finally {
            inner = null;
            desk.log().close();
        }
    }

    /** What was said about this run that another document can use: where, and values; no step and no answer of it. */
    private RunOptions own() {
        return new RunOptions(options.connect(), options.targets(), options.set(), options.vars(), Optional.empty(), Optional.empty(), Set.of(),
                Set.of(), options.yes(), options.allowDestructive(), options.assumeManual(), Map.of(), options.window());
    }

    private Optional<Runs.Entry> of(String parent, String step, Path file) {
        return new Runs(runs).list().stream().filter(e -> e.state().map(RunState::started).map(s -> parent.equals(s.options().get(PARENT))
                && step.equals(s.options().get(STEP)) && s.path().equals(file.normalize().toString())).orElse(false)).findFirst();
    }

    private static boolean finished(Runs.Entry entry) {
        return entry.state().flatMap(RunState::last).map(e -> e.event() instanceof Event.RunEnded ended && ended.exit() == 0).orElse(false);
    }

    @Override
    public void interrupt() {
        Runner running = inner;
        if (running != null) {
            running.interrupt();
        }
    }
}
