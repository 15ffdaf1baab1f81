package dev.stepmark.cli;

import dev.stepmark.classify.Classifier;
import dev.stepmark.classify.Declared;
import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Journal;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.markdown.Document;
import dev.stepmark.journal.RunState;
import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.PlanCodec;
import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.plan.Questionnaire;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Desk;
import dev.stepmark.run.Log;
import dev.stepmark.run.Operator;
import dev.stepmark.run.SessionFactory;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.secret.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Puts a run together: the stored plan, the journal, the desk. Used by {@code run} and {@code demo}. */
final class RunSetup {

    private final App app;
    private final RunSessions sessions;
    private final RunOptions options;
    private Consumer<Envelope> afterAppend = envelope -> { };

    RunSetup(App app, Path directory, RunOptions options) {
        this(app, new RealSessions(app, directory), options);
    }

    RunSetup(App app, RunSessions sessions, RunOptions options) {
        this.app = app;
        this.options = options;
        this.sessions = sessions;
    }

    /** Connections of the configuration. */
    RunSetup with(NamedConnections connections) {
        sessions.with(connections);
        return this;
    }

    /** Tells somebody of every record once it is durable; tests end the process there. */
    RunSetup observed(Consumer<Envelope> observer) {
        this.afterAppend = observer;
        return this;
    }

    /** A document with the exact bytes that were read: what is parsed, hashed and stored is one buffer. */
    record Source(Path file, byte[] bytes, Runbook runbook) {

        static Source read(Path file) {
            return read(file, true);
        }

        /** A run goes on with the same file, and compares it: what can be read only once is none. */
        private static void refuseWhatIsNoFile(Path file) {
            if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
                throw new StepmarkException(ExitCode.USAGE, Message.of(file + " is a pipe or a device, and a run needs"
                        + " a file", "A run that was cut off is found again by its file. Nothing was run.",
                        "save it first: cat > runbook.md; then stepmark run runbook.md"));
            }
        }

        /** The file itself where it is named by a descriptor: /dev/stdin is another one in the next run. */
        static Path named(Path file) {
            Path whole = file.toAbsolutePath().normalize();
            try {
                return (whole.startsWith("/dev") || whole.startsWith("/proc")) && Files.isRegularFile(file)
                        ? file.toRealPath() : file;
            } catch (IOException e) {
                return file;
            }
        }

        /** @param asks whether somebody is there to decide what becomes of a fence that is never closed */
        static Source read(Path file, boolean asks) {
            refuseWhatIsNoFile(file);
            byte[] bytes = DocumentReader.bytes(file);
            Document document = DocumentReader.read(file.toString(), bytes);
            if (!asks) {
                OpenFences.refuse(document);
            }
            return new Source(file, bytes, Classifier.classify(document));
        }
    }

    /** The document once more, with what an operator says that some of its blocks are. */
    static Runbook reread(String path, byte[] document, Map<Integer, String> as) {
        return Classifier.classify(DocumentReader.read(path, document), as);
    }

    /** The runbook as the answers given beforehand overrule it ({@code block-3.2.as}): what a run will ask rests on that. */
    static Runbook said(Runbook runbook, byte[] document, RunOptions options) {
        Map<Integer, String> as = new LinkedHashMap<>();
        runbook.steps().stream().flatMap(s -> s.blocks().stream()).forEach(b -> {
            String said = options.answers().getOrDefault("block-" + b.id() + ".as", "").strip();
            if (Declared.WORDS.contains(said)) {
                as.put(b.span().first(), said);
            } else if (!said.isEmpty()) {
                throw new StepmarkException(ExitCode.USAGE, Message.of("\"" + said + "\" is no answer to block-" + b.id() + ".as",
                        "It takes one of " + String.join(", ", Declared.WORDS) + ". Nothing was run.", "--answer block-" + b.id()
                                + ".as=shell"));
            }
        });
        return as.isEmpty() ? runbook : reread(runbook.path(), document, as);
    }

    List<PlannedQuestion> questions(Runbook runbook) {
        return Questionnaire.of(runbook, s -> sessions.needs(Openers.withoutHoles(runbook, s), options.connect(),
                runbook.frontMatter().connections()), app.env());
    }

    SessionFactory sessions() {
        return sessions;
    }

    /** A new run: the document and the plan are stored before the first event names them. */
    Desk begin(Source source, Path runs, Operator operator, Map<String, String> recorded) {
        Secrets secrets = new Secrets();
        knownSecrets(secrets);
        RealSessions.passwords(source.runbook()).forEach(p -> secrets.add("password in the document", p));
        ForeignHome.warning(app, runs).ifPresent(m -> operator.problem(Operator.Severity.WARNING, m));
        ForeignHome.remark(app, runs).ifPresent(operator::remark);
        RunDirectory directory = RunDirectory.create(runs, app.clock());
        Journal journal = Journal.create(directory.path(), directory.id(), actor(), app.clock(), secrets.masker());
        journal.afterAppend(afterAppend);
        Log log = new Log(journal, secrets.masker(), app.home());
        String document = log.put(source.bytes());
        String plan = log.put(PlanCodec.write(source.runbook()));
        log.append(new Event.RunStarted(source.file().toAbsolutePath().normalize().toString(), Git.commit(
                source.file()), document, plan, source.runbook().title(), "stepmark " + Version.number(), Host.facts(
                app), recorded, !operator.interactive()));
        return desk(log, source.runbook(), source.bytes(), operator, secrets);
    }

    /** An earlier run goes on: its stored plan is what runs, whatever the document says now. */
    Desk attach(RunDirectory directory, Operator operator, String reason, String runbookHash) {
        Secrets secrets = new Secrets();
        knownSecrets(secrets);
        Journal journal = Journal.attach(directory.path(), actor(), app.clock(), secrets.masker());
        journal.afterAppend(afterAppend);
        Log log = new Log(journal, secrets.masker(), app.home());
        Runbook stored = storedPlan(directory, log.state());
        RealSessions.passwords(stored).forEach(p -> secrets.add("password in the document", p));
        log.append(new Event.RunAttached(reason, journal.tornBytes(), runbookHash, Host.facts(app)));
        return desk(log, stored, directory.artefacts().get(log.state().started().runbook()), operator, secrets);
    }

    /** The plan that a run was started with. */
    static Runbook storedPlan(RunDirectory directory, RunState state) {
        try {
            return PlanCodec.read(directory.artefacts().get(state.started().plan()));
        } catch (IOException e) {
            throw new StepmarkException(ExitCode.USAGE, Message.of("the stored plan of this run cannot be read",
                    "It was written by another version of Stepmark, or damaged. Nothing was run.",
                    "stepmark verify " + directory.shortId()));
        }
    }

    private Desk desk(Log log, Runbook runbook, byte[] document, Operator operator, Secrets secrets) {
        return new Desk(runbook, questions(said(runbook, document, options)), options, app.env(), operator, log, secrets, sessions, app.clock(),
                log.directory().path());
    }

    /** Secrets of the environment are masked from the first byte on, whoever uses them. */
    private void knownSecrets(Secrets secrets) {
        String password = app.env().getOrDefault("PGPASSWORD", "");
        if (!password.isEmpty()) {
            secrets.add("PGPASSWORD", password);
        }
    }

    private String actor() {
        return app.user() + "@" + Host.name();
    }

    /** The options of a run for the log, in a fixed order. */
    static Map<String, String> ordered(Map<String, String> options) {
        return new LinkedHashMap<>(new java.util.TreeMap<>(options));
    }
}
