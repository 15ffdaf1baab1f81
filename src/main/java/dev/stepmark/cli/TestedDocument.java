package dev.stepmark.cli;

import dev.stepmark.demo.ThrowawayServer;
import dev.stepmark.doctest.DocumentResult;
import dev.stepmark.doctest.Order;
import dev.stepmark.doctest.Results;
import dev.stepmark.doctest.StepResult;
import dev.stepmark.doctest.StepResults;
import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.Runs;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.sandbox.Sandbox;
import dev.stepmark.sandbox.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One document under test, seen from outside: its places, its sandbox, and what became of it. */
final class TestedDocument {

    private static final String WORK = "/work";
    private static final String STATE = "/var/lib/stepmark";
    private static final String PROGRAMS = "/stepmark/bin";
    private static final String TEMPORARY = "/tmp";

    private final App app;
    private final TestTerms terms;
    private final Path file;
    private final Path place;

    /**
     * @param app   surroundings
     * @param terms what holds for all documents
     * @param file  the document
     * @param place an empty directory for all that it needs
     */
    TestedDocument(App app, TestTerms terms, Path file, Path place) {
        this.app = app;
        this.terms = terms;
        this.file = file;
        this.place = place;
    }

    /** Runs it and says what became of it; whatever is wrong with it becomes part of the result. */
    DocumentResult run() {
        long begin = System.nanoTime();
        DocumentResult result;
        try {
            result = tested();
        } catch (StepmarkException e) {
            result = DocumentResult.refused(file.toString(), Messages.lines("error", e.message()));
        } catch (IOException e) {
            result = DocumentResult.refused(file.toString(), List.of("error: it could not be tested: " + e.getMessage()));
        }
        return result.as(file.toString(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    private DocumentResult tested() throws IOException {
        Runbook runbook = RunSetup.Source.read(file, false).runbook();
        if (runbook.mainSteps().stream().allMatch(s -> s.executables().isEmpty())) {
            return new DocumentResult(file.toString(), runbook.title(), List.of(), List.of(), StepResults.byHand(runbook), 0,
                    "");
        }
        Path directory = terms.directory() != null ? terms.directory().toAbsolutePath().normalize() : parent();
        Optional<Path> setup = companion(".setup.md").or(() -> Optional.ofNullable(terms.setup()));
        if (!terms.sealed() && !terms.shell()) {
            refuseReachingOut(runbook);
            if (setup.isPresent()) {
                refuseReachingOut(RunSetup.Source.read(setup.get(), false).runbook());
            }
        }
        if (setup.isPresent() || DatabasePrograms.in(runbook)) {
            ThrowawayServer.prepare(terms.binaries());
        }
        WorkingCopy.make(directory, place.resolve("work"));
        String document = inCopy(file, directory, "document-");
        String prepared = setup.isPresent() ? inCopy(setup.get(), directory, "setup-") : "";
        for (String name : List.of("home", "tmp", "state/own")) {
            Files.createDirectories(place.resolve(name));
        }
        Map<String, String> answers = new LinkedHashMap<>(terms.answers());
        companion(".answers.yaml").ifPresent(f -> answers.putAll(dev.stepmark.plan.AnswersFile.read(f)));
        Order.Ending ending = terms.sealed() ? sealed(document, prepared, answers) : open(document, prepared, answers);
        return result(ending);
    }

    private Path parent() {
        return file.toAbsolutePath().normalize().getParent();
    }

    /** A file beside the document with its name and another ending. */
    private Optional<Path> companion(String suffix) {
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + suffix;
        return Optional.of(parent().resolve(name)).filter(Files::isRegularFile);
    }

    /** The document by its name in the copy; one that lies elsewhere is put there. */
    private String inCopy(Path document, Path directory, String prefix) throws IOException {
        Path whole = document.toAbsolutePath().normalize();
        Path copy = place.resolve("work");
        if (whole.startsWith(directory) && Files.isRegularFile(copy.resolve(directory.relativize(whole).toString()))) {
            return directory.relativize(whole).toString();
        }
        String name = prefix + whole.getFileName();
        Files.copy(whole, copy.resolve(name));
        return name;
    }

    private void refuseReachingOut(Runbook runbook) {
        List<dev.stepmark.runbook.Block> blocks = DatabasePrograms.reachingOut(runbook);
        if (!blocks.isEmpty()) {
            throw new StepmarkException(ExitCode.REFUSED, Message.of(runbook.path() + ":" + blocks.get(0).span().first()
                    + ": this could change something outside, and there is no sandbox here", "A sandbox cannot be made on"
                    + " this machine: " + terms.unsealed() + ".\nNothing of the document was run.", "--allow shell   (runs"
                    + " it as you, with your network and your files)"));
        }
    }

    private Order.Ending sealed(String document, String setup, Map<String, String> answers) throws IOException {
        Path state = place.resolve("state");
        Order order = new Order(WORK + "/" + document, setup.isEmpty() ? "" : WORK + "/" + setup, WORK, Sandbox.HOME,
                TEMPORARY, STATE + "/runs", STATE + "/server", STATE + "/binaries", true, true, terms.version(),
                terms.set(), terms.vars(), answers, terms.skip(), STATE + "/ending.json");
        Results.write(state.resolve("order.json"), order);
        ProgramFiles program = new ProgramFiles();
        program.script(place.resolve("programs"), Path.of(TEMPORARY));
        Files.createDirectories(state.resolve("binaries"));
        List<View> views = new ArrayList<>(List.of(View.writable(place.resolve("tmp"), TEMPORARY), View.writable(
                place.resolve("home"), Sandbox.HOME), View.writable(place.resolve("work"), WORK), View.writable(state,
                        STATE), View.instead(terms.binaries(), STATE + "/binaries")));
        views.addAll(program.views());
        views.add(View.instead(place.resolve("programs"), PROGRAMS));
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "cd " + WORK + " && exec \"$@\"", "sh"));
        command.addAll(program.command(Path.of(STATE, "own")));
        command.addAll(List.of(TestInside.WORD, STATE + "/order.json"));
        ProcessBuilder builder = new Sandbox(Files.createDirectories(place.resolve("sandbox")), views).command(command,
                environment());
        Path log = state.resolve("program.txt");
        builder.redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        return ended(builder.start(), state, log);
    }

    /** Ends the sandbox when the time is over, and when this process ends. */
    private Order.Ending ended(Process process, Path state, Path log) throws IOException {
        Thread hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            if (!process.waitFor(terms.limit().toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                return new Order.Ending("", ExitCode.FAILED.code(), Messages.lines("error", Message.of("it was not done after "
                        + terms.limit().toSeconds() + " s", "It was ended with everything that it had started.",
                        "--time-limit TIME, or skip what never ends: --skip STEP")), List.of());
            }
            Path ending = state.resolve("ending.json");
            if (process.exitValue() == 0 && Files.exists(ending)) {
                return Results.read(ending, Order.Ending.class);
            }
            String said = Files.readString(log).strip();
            return new Order.Ending("", ExitCode.INTERNAL.code(), List.of("error: the program ended in the sandbox with exit status "
                    + process.exitValue() + (said.isEmpty() ? "" : ": " + said)), List.of());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process is ending: the hook is what ends the sandbox
                hook.setName("stepmark-sandbox");
            }
        }
    }

    /** All that commands in the sandbox know: the same on every machine but for the programs on the path. */
    private Map<String, String> environment() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("PATH", PROGRAMS + ":" + app.env().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
        out.put("HOME", Sandbox.HOME);
        out.put("USER", Sandbox.USER);
        out.put("LOGNAME", Sandbox.USER);
        out.put("SHELL", "/bin/bash");
        out.put("TMPDIR", TEMPORARY);
        out.put("LANG", "C.UTF-8");
        out.put("TERM", "dumb");
        out.put("TZ", "UTC");
        out.put("PGHOST", "localhost");
        out.put("PGUSER", ThrowawayServer.USER);
        return out;
    }

    /** Without a sandbox: in this process, with the operator's programs, and never with the operator's servers. */
    private Order.Ending open(String document, String setup, Map<String, String> answers) throws IOException {
        Path work = place.resolve("work");
        new ProgramFiles().script(place.resolve("programs"), place.resolve("tmp"));
        Map<String, String> environment = new LinkedHashMap<>(app.env());
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.put("PATH", place.resolve("programs") + ":" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", place.resolve("home").toString());
        environment.put("TMPDIR", place.resolve("tmp").toString());
        environment.put("PGUSER", ThrowawayServer.USER);
        Order order = new Order(work.resolve(document).toString(), setup.isEmpty() ? "" : work.resolve(setup).toString(),
                work.toString(), environment.get("HOME"), environment.get("TMPDIR"), place.resolve("state/runs").toString(),
                place.resolve("state/server").toString(), terms.binaries().toString(), false, terms.shell(),
                terms.version(), terms.set(), terms.vars(), answers, terms.skip(), place.resolve("state/ending.json")
                        .toString());
        return new TestInside(new App(app.io(), environment, app.clock()), order).run();
    }

    private DocumentResult result(Order.Ending ending) {
        List<Runs.Entry> runs = new Runs(place.resolve("state/runs")).list().stream().filter(r -> r.state().isPresent())
                .toList();
        if (runs.isEmpty()) {
            return new DocumentResult(file.toString(), ending.title(), ending.problem(), ending.notes(), List.of(), 0, "");
        }
        RunDirectory run = runs.get(0).directory();
        List<Envelope> events = JournalReader.read(run.journal()).events();
        Runbook plan = RunSetup.storedPlan(run, RunState.of(events));
        List<StepResult> steps = new StepResults(plan, events, run.artefacts()).all();
        List<String> problem = new ArrayList<>(ending.problem());
        if (problem.isEmpty() && ending.exit() != ExitCode.OK.code() && steps.stream().noneMatch(s -> s.verdict().bad())) {
            problem.add("error: the run ended before its end, with exit code " + ending.exit());
        }
        return new DocumentResult(file.toString(), plan.title(), problem, ending.notes(), steps, 0,
                run.path().toString());
    }
}
