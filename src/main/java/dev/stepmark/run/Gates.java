package dev.stepmark.run;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.FrontMatter.VersionSource;
import dev.stepmark.runbook.Gate;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import dev.stepmark.session.Session;
import dev.stepmark.version.Bounds;
import dev.stepmark.version.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The installed version and the bounds on it. The document's gate binds when a run starts, not when it goes on. */
final class Gates {

    /** Session for discovering a version by SQL where the document opens none before its first step. */
    static final String VERSION_SESSION = "version";
    private static final Pattern VERSION = Pattern.compile("(v?\\d+(?:\\.\\d+){0,3})([-+][0-9A-Za-z.+-]+)?");

    private final Desk desk;
    private final Parts parts;

    Gates(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Whether anything in the runbook depends on the version. */
    boolean gated() {
        return !desk.runbook().frontMatter().gates().isEmpty()
                || desk.runbook().steps().stream().anyMatch(s -> !s.gates().isEmpty());
    }

    /** The version, observed once and recorded. */
    Version installed() {
        Optional<Event.VersionObserved> known = desk.log().state().version();
        return known.isPresent() ? Version.parse(known.get().value()) : observe();
    }

    /** Evaluates the document's bounds; refuses the run when one is not met. */
    void document() {
        for (Gate gate : desk.runbook().frontMatter().gates()) {
            String scope = "document:" + gate.line();
            boolean passed = desk.log().state().gate(scope).filter(g -> g.verdict().equals("passes")).isPresent();
            if (passed) {
                continue;
            }
            Version installed = installed();
            Bounds.Verdict verdict = Bounds.check(gate, installed);
            String word = verdict.passes() ? "passes" : "refused";
            desk.log().append(new Event.GateEvaluated(scope, gate.constraint(), installed.toString(), word, "",
                    verdict.explanation()));
            if (!verdict.passes()) {
                desk.operator().problem(Operator.Severity.ERROR, refusal(gate, installed, verdict));
                throw new StopRun("refused", ExitCode.REFUSED);
            }
        }
    }

    /** Evaluates a bound of one step; a step's gate looks again each time it is reached. */
    boolean step(dev.stepmark.runbook.Step step, Gate gate) {
        String scope = "step-" + step.id() + ":" + gate.line();
        Optional<Event.GateEvaluated> before = desk.log().state().gate(scope);
        if (before.isPresent() && holds(scope, step)) {
            return before.get().verdict().equals("passes");
        }
        Version installed = again();
        Bounds.Verdict verdict = Bounds.check(gate, installed);
        desk.log().append(new Event.GateEvaluated(scope, gate.constraint(), installed.toString(),
                verdict.passes() ? "passes" : "refused", "", verdict.explanation()));
        return verdict.passes();
    }

    /** Whether nobody went back to the step, and no other process took the run over, since its bound was evaluated. */
    private boolean holds(String scope, dev.stepmark.runbook.Step step) {
        List<Envelope> events = desk.log().events();
        for (int i = events.size() - 1; i >= 0; i--) {
            Event event = events.get(i).event();
            if (event instanceof Event.GateEvaluated e && e.scope().equals(scope)) {
                return true;
            }
            if (event instanceof Event.RunAttached || event instanceof Event.WentTo w && w.to().equals(step.id())) {
                return false;
            }
        }
        return false;
    }

    /** An upgrade raises the version in the middle: what was discovered is discovered again, as agreed at the start. */
    private Version again() {
        boolean discovered = desk.log().state().version().map(v -> v.source().equals("sql")
                || v.source().equals("shell")).orElse(false);
        return discovered ? discover(subject()).orElseGet(this::installed) : installed();
    }

    private Message refusal(Gate gate, Version installed, Bounds.Verdict verdict) {
        String subject = gate.subject().isEmpty() ? "the product" : gate.subject();
        Event.VersionObserved observed = desk.log().state().version().orElseThrow();
        String bound = gate.maximum().isEmpty() ? "from " + gate.minimum() + " on" : "up to " + gate.maximum();
        return new Message("this runbook is for " + subject + " " + bound + ", and " + installed + " is installed",
                List.of("  gate       " + desk.runbook().path() + ":" + gate.line() + "  " + gate.source()
                                + ": " + (gate.maximum().isEmpty() ? gate.minimum() : gate.maximum())
                                + ", that one included",
                        "  installed  " + installed + ", from " + source(observed)),
                List.of(verdict.explanation() + ". Nothing was run."),
                List.of("the procedure for your version; or, when the version is wrong,",
                        "--installed-version V (goes into the log as your statement)"));
    }

    /** Where a version came from, for people. */
    static String source(Event.VersionObserved observed) {
        return switch (observed.source()) {
            case "option" -> "--installed-version (your statement)";
            case "answers" -> "the answers (your statement)";
            case "asked" -> "your answer";
            default -> observed.source();
        };
    }

    private Version observe() {
        String subject = subject();
        Optional<String> option = desk.options().installedVersion();
        if (option.isPresent()) {
            return record(subject, parseOption("--installed-version", option.get()), "option", "");
        }
        String answer = desk.options().answers().getOrDefault("version", "");
        if (!answer.isBlank()) {
            return record(subject, parseOption("the answer version", answer), "answers", "");
        }
        Optional<Version> discovered = discover(subject);
        return discovered.orElseGet(() -> ask(subject));
    }

    private String subject() {
        return desk.runbook().frontMatter().version().product();
    }

    private Version record(String subject, Version version, String source, String exec) {
        desk.log().append(new Event.VersionObserved(subject, version.toString(), source, exec));
        return version;
    }

    /** A version that is none is a wrong use of the option, found before anything is run. */
    static Version parseOption(String option, String text) {
        try {
            return Version.parse(text);
        } catch (IllegalArgumentException e) {
            throw new StepmarkException(ExitCode.USAGE, Message.of(option + ": \"" + text + "\" is no version",
                    "A version is two to four numbers with dots, for example 0.9.5 or v1.10.0-rc1. Nothing was run.",
                    "--installed-version 0.9.5"));
        }
    }

    private Version ask(String subject) {
        if (desk.batch()) {
            throw new StepmarkException(ExitCode.REFUSED, Message.of("the installed version is not known",
                    "The runbook is for certain versions only, and nobody can be asked. Nothing was run.",
                    "--installed-version V"));
        }
        while (true) {
            String text = parts.asking().text("version", "Installed version" + (subject.isEmpty() ? ""
                    : " of " + subject), "", "").text();
            try {
                return record(subject, Version.parse(text), "asked", "");
            } catch (IllegalArgumentException e) {
                desk.operator().say(List.of("  \"" + text + "\" is no version; 0.9.5 or v1.10.0-rc1 are."));
            }
        }
    }

    private Optional<Version> discover(String subject) {
        VersionSource source = desk.runbook().frontMatter().version();
        boolean sql = source.kind() == VersionSource.Kind.SQL;
        if (!sql && source.kind() != VersionSource.Kind.SHELL) {
            if (source.kind() == VersionSource.Kind.LATER) {
                desk.operator().say(List.of("  The runbook names a way to find the version that is not supported yet: "
                        + source.text()));
            }
            return Optional.empty();
        }
        String shown = Texts.sha256(source.text());
        if (desk.log().state().answer("version.discover").isEmpty()) {
            desk.operator().say(List.of("The version can be found by running this (front matter, line " + source.line()
                    + "):", "  > " + source.text().strip()));
            if (sql) {
                parts.banners().show(sqlSession(source));
            }
            boolean agreed = parts.asking().yes("version.discover", "Run it?", (char) 0, shown);
            desk.log().append(new Event.QuestionAnswered("version.discover", "discovery", shown, agreed ? "yes" : "no",
                    desk.batch() ? "answer" : "key", source.text()));
        }
        if (!desk.log().state().answer("version.discover").orElseThrow().answer().equals("yes")) {
            return Optional.empty();
        }
        return execute(subject, source, sql);
    }

    private Optional<Version> execute(String subject, VersionSource source, boolean sql) {
        String session = sql ? sqlSession(source) : "shell";
        try {
            Session open = parts.pool().ensure(session);
            Executions.Executed executed = parts.executions().execute(new Executions.Order(new Unit("version", "", 0,
                    -1), Origin.DISCOVERY, "", "version", session, source.text().strip(), "read-only", Map.of(),
                    Optional.of(java.time.Duration.ofMinutes(1)), sql, "", false), open);
            Optional<Version> found = found(executed, sql);
            if (found.isEmpty()) {
                desk.operator().say(List.of("  It gave no version: " + Outcomes.line(executed.outcome(),
                        executed.millis(), !sql)));
            }
            return found.map(v -> record(subject, v, sql ? "sql" : "shell", executed.exec()));
        } catch (CannotOpen e) {
            desk.operator().problem(Operator.Severity.WARNING, e.message());
            return Optional.empty();
        }
    }

    private String sqlSession(VersionSource source) {
        return desk.runbook().sessions().stream()
                .filter(s -> s.kind() == dev.stepmark.runbook.SessionDeclaration.Kind.PSQL && s.openedBy() == 0)
                .filter(s -> source.connection().isEmpty() || s.connection().equals(source.connection()))
                .map(dev.stepmark.runbook.SessionDeclaration::id).findFirst().orElse(VERSION_SESSION);
    }

    private Optional<Version> found(Executions.Executed executed, boolean sql) {
        if (!Outcomes.succeeded(executed.outcome())) {
            return Optional.empty();
        }
        List<String> candidates = new ArrayList<>();
        if (sql) {
            for (Result result : ((Outcome.Done) executed.outcome()).results()) {
                result.rows().stream().limit(1).filter(r -> !r.isEmpty()).forEach(r -> candidates.add(
                        String.valueOf(r.get(0))));
            }
        } else {
            executed.outputs().stream().filter(o -> o.stream().equalsIgnoreCase("stdout")).forEach(o -> candidates.add(
                    new String(desk.log().artefact(o.artefact()), StandardCharsets.UTF_8)));
        }
        for (String candidate : candidates) {
            Matcher matcher = VERSION.matcher(candidate);
            if (matcher.find()) {
                return Optional.of(version(matcher));
            }
        }
        return Optional.empty();
    }

    /** With what stands behind the numbers, where that has the form of a pre-release or a build. */
    private static Version version(Matcher matcher) {
        try {
            return Version.parse(matcher.group());
        } catch (IllegalArgumentException e) {
            return Version.parse(matcher.group(1));
        }
    }
}
