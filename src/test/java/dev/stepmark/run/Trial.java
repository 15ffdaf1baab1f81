package dev.stepmark.run;

import dev.stepmark.classify.Classifier;
import dev.stepmark.classify.Reparser;
import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Journal;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.PlanCodec;
import dev.stepmark.plan.Questionnaire;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.secret.Secrets;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.FakeSession;
import dev.stepmark.session.Session;
import dev.stepmark.shell.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A runbook walked through in this process with fakes at the far ends; the process may "die" after any record. */
final class Trial implements SessionFactory {

    private final Runbook runbook;
    private final byte[] document;
    private String path = "/runbook.md";
    private NestedRunbooks nested = NestedRunbooks.NONE;
    private final Path runs;
    private final List<Map<String, String>> shells = new ArrayList<>();
    private final List<ConnectionSpec> connected = new ArrayList<>();
    private final List<Session> opened = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    private FakeDatabase database = new FakeDatabase();
    private Supplier<FakeSession> shell = FakeSession::new;
    private RunOptions options = RunOptions.NONE;
    private Clock clock = Clock.systemUTC();
    private RunDirectory run;
    private Log log;
    private Secrets secrets;
    private volatile Runner runner;

    /** The process is gone: no handler of the program runs for it. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    Trial(Path runs, String... lines) {
        this.runs = runs;
        this.document = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        this.runbook = Classifier.classify(DocumentReader.read("runbook.md", document));
    }

    /** Other runbooks can be run inside. */
    Trial nested(NestedRunbooks others) {
        nested = others;
        return this;
    }

    /** The document is a file, which the run may be asked to annotate. */
    Trial file(Path written) throws IOException {
        Files.write(written, document);
        path = written.toString();
        return this;
    }

    Trial options(RunOptions given) {
        options = given;
        return this;
    }

    /** The time that the run sees. */
    Trial at(Clock now) {
        clock = now;
        return this;
    }

    Trial env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Trial shell(Supplier<FakeSession> made) {
        shell = made;
        return this;
    }

    Runbook runbook() {
        return runbook;
    }

    FakeDatabase database() {
        return database;
    }

    /** A server where nothing has happened yet. */
    Trial freshDatabase() {
        database = new FakeDatabase();
        return this;
    }

    /** Options of a run that nobody attends. */
    static RunOptions batch(boolean yes, boolean destructive, boolean manual, Map<String, String> answers) {
        return new RunOptions(Map.of(), Map.of(), Map.of(), Map.of(), Optional.empty(), Optional.empty(), Set.of(),
                Set.of(), yes, destructive, manual, answers);
    }

    /** A new run to its end. */
    ExitCode begin(Operator operator) {
        run = null;
        return go(operator, 0);
    }

    /** A later process goes on with the run. */
    ExitCode resume(Operator operator) {
        return go(operator, 0);
    }

    /** A new run that dies right after the record with this number (from 1); false when it ended before. */
    boolean dieAfter(int records, Operator operator) {
        run = null;
        try {
            go(operator, records);
            return false;
        } catch (Died e) {
            return true;
        }
    }

    private ExitCode go(Operator operator, int deadly) {
        secrets = new Secrets();
        boolean fresh = run == null;
        run = fresh ? RunDirectory.create(runs, Clock.systemUTC()) : run;
        Journal journal = fresh ? Journal.create(run.path(), run.id(), "test@here", Clock.systemUTC(), secrets.masker())
                : Journal.attach(run.path(), "test@here", Clock.systemUTC(), secrets.masker());
        try {
            log = new Log(journal, secrets.masker(), null);
            journal.afterAppend(e -> dieAt(e, deadly));
            log.append(fresh ? new Event.RunStarted(path, "", log.put(document), log.put(PlanCodec.write(
                    runbook)), runbook.title(), "test", Map.of("name", "here"), Map.of(), !operator.interactive())
                    : new Event.RunAttached("test", 0, "", Map.of()));
            Desk desk = new Desk(runbook, Questionnaire.of(runbook, s -> List.of(), environment), options, environment,
                    operator, log, secrets, this, clock, run.path());
            runner = new Runner(desk, Reparser::reparse, (path, bytes, as) -> Classifier.classify(DocumentReader.read(path, bytes), as), nested)
                    .patient();
            return runner.run();
        } finally {
            journal.close();
            opened.forEach(Session::close);
        }
    }

    private static void dieAt(Envelope envelope, int deadly) {
        if (deadly > 0 && envelope.seq() + 1 == deadly) {
            throw new Died();
        }
    }

    /** The log of the run. */
    Log log() {
        return log;
    }

    /** What walks through it now. */
    Runner runner() {
        return runner;
    }

    /** Events of one type, in order. */
    <T extends Event> List<T> events(Class<T> type) {
        return log.events().stream().map(Envelope::event).filter(type::isInstance).map(type::cast).toList();
    }

    /** Variables of each shell that was opened. */
    List<Map<String, String>> shells() {
        return shells;
    }

    /** Where connections went. */
    List<ConnectionSpec> connected() {
        return connected;
    }

    @Override
    public Session openShell(String cwd, Map<String, String> variables, Map<String, String> secret, String cookie) {
        shells.add(new LinkedHashMap<>(variables));
        FakeSession session = shell.get();
        opened.add(session);
        return session;
    }

    @Override
    public ConnectionPlan plan(String opener, Map<String, String> env) {
        String host = env.getOrDefault("PGHOST", "localhost");
        String database = "postgres";
        if (opener.contains("://")) {
            host = opener.replaceAll(".*://([^/@]*@)?([^/:]*).*", "$2");
            database = opener.replaceAll(".*/", "").strip();
        }
        List<String> words = Words.split(opener).orElse(List.of());
        if (words.indexOf("-h") > 0) {
            host = words.get(words.indexOf("-h") + 1);
        }
        return new ConnectionPlan(Optional.of(new ConnectionSpec(host, 5432, env.getOrDefault("PGUSER", "me"),
                database, Map.of(), Map.of())), List.of(), "", Optional.empty());
    }

    @Override
    public Session openSql(ConnectionSpec spec, PasswordSource password) throws CannotOpen {
        connected.add(spec);
        FakeSession session = database.connect(spec.host(), spec.user(), spec.database());
        opened.add(session);
        return session;
    }
}
