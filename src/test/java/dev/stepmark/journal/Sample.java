package dev.stepmark.journal;

import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.secret.Masker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Runs made for tests: fixed clocks, fixed id, one event of each type. */
final class Sample {

    static final String ID = "20261120-0211-k7qd";
    static final String ACTOR = "anna@ops-1";
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T02:11:20.007Z"), ZoneOffset.UTC);
    static final Unit S0 = Unit.block("3", "3.1").statement(0);
    static final Unit S1 = Unit.block("3", "3.1").statement(1);

    private Sample() { }

    static LongSupplier ticking() {
        AtomicLong nanos = new AtomicLong();
        return () -> nanos.getAndAdd(5_000_000);
    }

    /** An empty run directory under the given one. */
    static RunDirectory directory(Path runs, String id) {
        try {
            RunDirectory run = new RunDirectory(Files.createDirectories(runs.resolve(id)));
            Files.createDirectories(run.artefactFiles());
            Files.createDirectories(run.outputs());
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Journal create(RunDirectory run) {
        return Journal.create(run.path(), run.id(), ACTOR, CLOCK, Masker.none(), ticking());
    }

    static Journal attach(RunDirectory run) {
        return Journal.attach(run.path(), ACTOR, CLOCK, Masker.none(), ticking());
    }

    /** A run of two processes with every type of event; the second one is closed with RunEnded and a seal. */
    static RunDirectory whole(Path runs) {
        RunDirectory run = directory(runs, ID);
        String text = run.artefacts().put("SELECT 1;");
        try (Journal journal = create(run)) {
            firstProcess(run, text).forEach(journal::append);
        }
        try (Journal journal = attach(run)) {
            secondProcess(text).forEach(journal::append);
            journal.append(new Event.Sealed(journal.head(), journal.events().size(), ""));
        }
        return run;
    }

    private static List<Event> firstProcess(RunDirectory run, String text) {
        String output = run.artefacts().put("1\n");
        return List.of(
                started("/srv/work-orders.md", text),
                new Event.VersionObserved("plantwatch", "0.9.5", "option", ""),
                new Event.GateEvaluated("document", "<=0.9.5", "0.9.5", "passes", "", ""),
                new Event.ValueBound("LINE", "literal", "7", "", "asked", "run"),
                new Event.QuestionAnswered("go", "start", "", "yes", "enter", ""),
                new Event.SessionOpened("psql1", "", "jdbc", "psql -d plant", identity(), -1),
                new Event.Decided(Unit.block("3", "3.1"), Action.RUN, "enter", "", text, "", "", ""),
                new Event.TransactionOpened("t1", "psql1", List.of(S0)),
                execStarted("x1", S0, Origin.STEP, "t1", text),
                new Event.ExecFinished("x1", "done", 0, List.of(), "", 1, List.of("SELECT 1"),
                        List.of(new Event.Output("result", output, 2, false)), "", 31, List.of(), List.of()),
                new Event.Captured("conflicts", "x1", 1, output),
                new Event.SessionChanged("psql1", "x1", "", List.of(), "plant", List.of("search_path=app")),
                new Event.TransactionEnding("t1", "commit", "774", "8964518", "1"),
                new Event.TransactionEnded("t1", "committed", "server said COMMIT"),
                new Event.LockChanged("plant", "4711", "held", ACTOR),
                new Event.NoteAdded(Unit.step("3"), "caf\u00e9 \ud83d\ude00 \u202eevil\u0000\u001b[31m\u00a0\ufeff", ""),
                new Event.LoopPlanned(Unit.step("4"), "conflicts", output),
                execStarted("x2", S1, Origin.STEP, "", text));
    }

    private static List<Event> secondProcess(String text) {
        return List.of(
                new Event.RunAttached("resume", 0, text, Map.of("name", "ops-1")),
                new Event.RunbookRevised(text, text, Map.of("3", "3", "4", "5")),
                new Event.SessionEnded("psql1", "lost", "the process that held it is gone"),
                new Event.WentTo("5", "3", true, List.of("2"), "command"),
                new Event.StillValid("5", "key", "", "its rows are the same", "step 3 ran again"),
                new Event.OutputCompared("x1", "lines 20-24", "differs", "", List.of("21: shows 1; came 2"), 0),
                new Event.RollbackBegun("5", List.of("13", "14"), "key"),
                new Event.DoubtResolved("x2", "not-done", "the row is not there", "anna", "looked"),
                new Event.RunEnded("stopped", 4, List.of("step 5")));
    }

    static Event.RunStarted started(String path, String artefact) {
        return new Event.RunStarted(path, "", artefact, artefact, "Change the key", "stepmark 0.1.0",
                Map.of("user", "anna", "name", "ops-1", "os", "Linux"), Map.of("target", "local"), false);
    }

    static Map<String, String> identity() {
        return Map.of("user", "anna", "database", "plant", "port", "5432", "host", "localhost");
    }

    static Event.ExecStarted execStarted(String id, Unit unit, Origin origin, String transaction, String text) {
        return new Event.ExecStarted(id, "", origin, unit, 1, "psql1", transaction, text, "", "read-only", false,
                OutputRecorder.path(id));
    }

    static Event.ExecFinished finished(String id, String outcome, int exit, String... problems) {
        return new Event.ExecFinished(id, outcome, exit, List.of(problems), "", -1, List.of(), List.of(), "", 1,
                List.of(), List.of());
    }

    static Event.Decided decided(Unit unit, Action action) {
        return new Event.Decided(unit, action, "key", "", "", "", "", "");
    }
}
