package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Gate;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.CannotOpen;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The opening of a run: the gate, the values, the brief, and the question whether to start. */
final class Opening {

    private static final String START = "start";

    private final Desk desk;
    private final Parts parts;
    private final Gates gates;

    Opening(Desk desk, Parts parts, Gates gates) {
        this.desk = desk;
        this.parts = parts;
        this.gates = gates;
    }

    /** Brings the run to its first step; does again only what the log does not have. */
    void run() {
        gates.document();
        if (gates.gated()) {
            gates.installed();
        }
        requirePrograms();
        parts.overruling().given();
        parts.transactions().refuse();
        new Alternatives(desk, parts.asking()).ask();
        parts.values().bind();
        parts.reroutes().begin();
        if (desk.log().state().answer(START).filter(a -> a.answer().equals("yes")).isPresent()) {
            return;
        }
        openNamedConnections();
        Brief brief = brief();
        desk.operator().brief(brief);
        parts.banners().opening();
        confirm(Texts.sha256(brief.toString()));
    }

    private void requirePrograms() {
        List<String> missing = Requirements.missingPrograms(desk.runbook(), desk.environment());
        if (!missing.isEmpty()) {
            desk.operator().problem(Operator.Severity.ERROR, Message.of("not on the path: " + String.join(", ", missing),
                    "The runbook requires " + (missing.size() == 1 ? "it" : "them") + " (front matter, requires). No"
                            + " step was started.", "install " + String.join(" ", missing) + ", or set PATH"));
            throw new StopRun("refused", ExitCode.REFUSED);
        }
    }

    /** Connections that the operator or the front matter names are opened now, so that the brief says what they are. */
    private void openNamedConnections() {
        for (SessionDeclaration session : desk.runbook().sessions()) {
            boolean here = parts.targets().of(session.id()).map(Targets.LOCAL::equals).orElse(false);
            if (session.kind() != SessionDeclaration.Kind.PSQL || session.openedBy() != 0 || !here
                    || !used(session.id())) {
                continue;
            }
            try {
                dev.stepmark.session.Opened opened = parts.pool().ensure(session.id()).opened();
                Optional<CannotOpen> refusal = Requirements.server(desk.runbook(), opened);
                if (refusal.isPresent()) {
                    throw refusal.get();
                }
            } catch (CannotOpen e) {
                desk.operator().problem(Operator.Severity.ERROR, e.message());
                throw new StopRun("refused", ExitCode.REFUSED);
            }
        }
    }

    /** Whether a step that this run does not leave out works in the session. */
    private boolean used(String session) {
        Set<String> leftOut = new LeftOut(desk.runbook(), desk.options()).ids();
        return desk.runbook().mainSteps().stream().filter(s -> !leftOut.contains(s.id()))
                .flatMap(s -> s.executables().stream()).anyMatch(b -> b.session().equals(session));
    }

    private void confirm(String shown) {
        List<Question.Choice> choices = List.of(Choices.YES, Choices.NO, Choices.WHY, Choices.QUIT);
        Question question = new Question(START, Question.Kind.START, "Start" + on() + "?", choices, (char) 0, "", "",
                "", shown, false);
        while (true) {
            Reply.Key key = parts.asking().key(question);
            if (key.key() == 'y') {
                desk.log().append(new Event.QuestionAnswered(START, START, shown, "yes", key.by(), ""));
                return;
            }
            if (key.key() == 'n' || key.key() == 'q') {
                desk.log().append(new Event.QuestionAnswered(START, START, shown, "no", key.by(), ""));
                desk.operator().say(List.of("Nothing was run."));
                throw new StopRun("refused", ExitCode.STOPPED);
            }
            desk.operator().say(inferences());
        }
    }

    private String on() {
        List<String> labels = new ArrayList<>(parts.pool().labels().values());
        if (!labels.isEmpty()) {
            return " on " + labels.get(0).split(",", 2)[0];
        }
        boolean here = desk.runbook().sessions().stream().anyMatch(s -> s.kind() == SessionDeclaration.Kind.SHELL
                || parts.targets().of(s.id()).map(Targets.LOCAL::equals).orElse(false));
        return here ? " on " + parts.where().host() : "";
    }

    private List<String> inferences() {
        List<String> out = new ArrayList<>();
        for (Step step : desk.runbook().mainSteps()) {
            step.condition().filter(c -> !c.expression().isEmpty()).ifPresent(c -> out.add("  step " + step.id()
                    + ", line " + c.line() + ": \"" + c.text() + "\" is decided by the result of step "
                    + c.dependsOn()));
            for (Block block : step.executables()) {
                for (Inference inference : block.inferences()) {
                    out.add("  step " + step.id() + ", line " + block.span().first() + ": " + inference.reason());
                }
            }
        }
        return out.isEmpty() ? List.of("  Nothing was inferred: the document says it all.") : out;
    }

    private Brief brief() {
        Runbook runbook = desk.runbook();
        List<Brief.Fact> facts = new ArrayList<>();
        version(facts);
        needs(facts);
        target(facts);
        new Alternatives(desk, parts.asking()).chosen().forEach(c -> facts.add(fact("Applies", c)));
        facts.add(fact("Steps", kinds(runbook)));
        facts.add(fact("Risk", risks(runbook)));
        long inferred = desk.questions().stream().filter(q -> q.kind() == PlannedQuestion.Kind.INFERENCE).count();
        if (inferred > 0) {
            facts.add(fact("Inferred", Texts.count(inferred, "thing") + " that the document does not say: w shows "
                    + (inferred == 1 ? "it" : "them")));
        }
        parts.deadline().fact().ifPresent(facts::add);
        facts.add(fact("Will ask", "nothing more before step 1; each step before it runs"));
        leftOut(runbook).ifPresent(l -> facts.add(fact("Left out", l)));
        facts.add(fact("Log", desk.log().shownDirectory() + "  (times: " + ZoneId.systemDefault()
                .getDisplayName(TextStyle.SHORT, Locale.ROOT) + ")"));
        String file = String.valueOf(java.nio.file.Path.of(runbook.path()).getFileName());
        return new Brief(runbook.title(), file + ", " + Texts.count(runbook.mainSteps().size(), "step"), facts);
    }

    private static Brief.Fact fact(String label, String text) {
        return new Brief.Fact(label, List.of(text), "");
    }

    private void version(List<Brief.Fact> facts) {
        Optional<Event.VersionObserved> observed = desk.log().state().version();
        if (observed.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add((observed.get().subject() + " " + observed.get().value()).strip() + ", from "
                + Gates.source(observed.get()));
        for (Gate gate : desk.runbook().frontMatter().gates()) {
            lines.add("the runbook is for versions " + (gate.maximum().isEmpty() ? "from " + gate.minimum() + " on"
                    : "up to " + gate.maximum()) + ", that one included");
        }
        facts.add(new Brief.Fact("Version", lines, desk.runbook().frontMatter().gates().isEmpty() ? "" : "passes"));
    }

    private void needs(List<Brief.Fact> facts) {
        List<String> programs = Requirements.programs(desk.runbook());
        String server = desk.runbook().frontMatter().requires().getOrDefault("postgresql", "");
        if (!programs.isEmpty()) {
            facts.add(new Brief.Fact("Needs", List.of(String.join(", ", programs) + ", found on the path"), "passes"));
        }
        if (!server.isEmpty()) {
            boolean known = parts.pool().labels().keySet().stream().anyMatch(parts.pool()::isSql);
            facts.add(new Brief.Fact("Needs", List.of("PostgreSQL " + server + (known ? "" : ", looked at when the"
                    + " session opens")), known ? "passes" : ""));
        }
    }

    private void target(List<Brief.Fact> facts) {
        List<String> lines = new ArrayList<>();
        parts.pool().labels().forEach((id, label) -> {
            lines.add(label);
            String origin = parts.pool().isSql(id) ? desk.sessions().origin(Banners.connection(parts.pool()
                    .declaration(id))) : "";
            if (!origin.isEmpty()) {
                lines.add("the connection is from " + origin);
            }
            String system = parts.pool().live(id).map(s -> s.opened().identity().getOrDefault("system_identifier", ""))
                    .orElse("");
            if (!system.isEmpty()) {
                lines.add("system " + system + ", as the server reports it");
            }
        });
        for (SessionDeclaration session : desk.runbook().sessions()) {
            if (parts.targets().nested(session.id())) {
                lines.add(session.label() + ", opened at line " + session.openedBy() + " by " + session.opener().strip()
                        .lines().findFirst().orElse(""));
            } else if (session.kind() == SessionDeclaration.Kind.REMOTE_SHELL && session.parent().isEmpty()) {
                String target = parts.targets().of(session.id()).orElse("");
                lines.add(session.label() + ": " + switch (target) {
                    case Targets.LOCAL -> "here, on " + parts.where().host() + " (--target local)";
                    case Targets.BY_HAND -> "by hand (--target by-hand)";
                    default -> "not said yet; asked when it comes up";
                });
            } else if (session.openedBy() > 0 && session.kind() == SessionDeclaration.Kind.PSQL) {
                lines.add(session.label() + ", opened at line " + session.openedBy());
            } else if (session.kind() == SessionDeclaration.Kind.SHELL) {
                lines.add("a shell on " + parts.where().host());
            }
        }
        if (!lines.isEmpty()) {
            facts.add(new Brief.Fact("Target", lines, ""));
        }
    }

    private static String kinds(Runbook runbook) {
        int sql = 0;
        int shell = 0;
        int hand = 0;
        int session = 0;
        for (Step step : runbook.mainSteps()) {
            List<Block> blocks = step.executables();
            boolean opens = !step.opens().isEmpty() || !step.closes().isEmpty()
                    || blocks.stream().anyMatch(b -> !b.opens().isEmpty() || b.closes());
            if (opens) {
                session++;
            } else if (blocks.isEmpty()) {
                hand++;
            } else if (blocks.get(0).executor() == dev.stepmark.runbook.Executor.SHELL) {
                shell++;
            } else {
                sql++;
            }
        }
        List<String> out = new ArrayList<>();
        addCount(out, sql, "SQL");
        addCount(out, shell, "shell");
        addCount(out, hand, "by hand");
        addCount(out, session, session == 1 ? "opens or closes a session" : "open or close a session");
        return String.join(", ", out);
    }

    private static void addCount(List<String> out, int count, String what) {
        if (count > 0) {
            out.add(count + " " + what);
        }
    }

    /** Destructive steps are points of no return: they are named. */
    private static String risks(Runbook runbook) {
        Map<Risk, List<String>> byRisk = new EnumMap<>(Risk.class);
        runbook.mainSteps().stream().filter(s -> !s.executables().isEmpty())
                .forEach(s -> byRisk.computeIfAbsent(s.risk(), r -> new ArrayList<>()).add(s.id()));
        return byRisk.entrySet().stream().map(e -> e.getValue().size() + " " + e.getKey().word()
                + (e.getKey() == Risk.DESTRUCTIVE ? ": step " + String.join(", ", e.getValue()) : ""))
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> leftOut(Runbook runbook) {
        Map<Step.Section, Long> counts = runbook.steps().stream().filter(s -> !s.section().inMainRun())
                .collect(Collectors.groupingBy(Step::section, () -> new EnumMap<>(Step.Section.class),
                        Collectors.counting()));
        return counts.isEmpty() ? Optional.empty() : Optional.of(counts.entrySet().stream().map(e ->
                e.getKey().name().charAt(0) + e.getKey().name().substring(1).toLowerCase(Locale.ROOT) + " ("
                        + content(runbook, e.getKey(), e.getValue()) + ")").collect(Collectors.joining(", ")));
    }

    /** A section that is only to be read has the errors that it speaks of, not steps. */
    private static String content(Runbook runbook, Step.Section section, long steps) {
        List<Step> own = runbook.steps().stream().filter(s -> s.section() == section).toList();
        long known = own.stream().allMatch(Progress::reading) ? runbook.tolerated().stream().filter(t -> own.stream().anyMatch(s ->
                s.span().first() <= t.line() && t.line() <= s.span().last())).count() : 0;
        return known > 0 ? Texts.count(known, "known error") : Texts.count(steps, "step");
    }
}
