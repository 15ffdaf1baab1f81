package dev.stepmark.plan;

import dev.stepmark.binding.Filler;
import dev.stepmark.binding.Hole;
import dev.stepmark.runbook.Alternative;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Condition;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.FrontMatter.Variable;
import dev.stepmark.runbook.FrontMatter.VersionSource;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import dev.stepmark.secret.SecretName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every question that a run of a runbook can ask, in the order in which it would be asked. It depends on the runbook
 * alone, not on the options, so that an answers file made once stays valid whatever else is given.
 */
public final class Questionnaire {

    /** The place of blocks whose session a command of the text opens. */
    static final String OPENED = "opened";

    private static final List<String> AT_A_TERMINAL = List.of("read at a terminal only");

    private final Runbook runbook;
    private final Function<SessionDeclaration, List<ConnectionNeed>> needs;
    private final Map<String, String> environment;
    private final List<PlannedQuestion> questions = new ArrayList<>();
    private final RowQuestions rows;

    /**
     * Something a connection needs and the text does not say.
     *
     * @param field      {@code host}, {@code user}, ...
     * @param suggestion what is offered, never taken silently
     * @param reason     why it is asked
     */
    public record ConnectionNeed(String field, String suggestion, String reason) { }

    private Questionnaire(Runbook runbook, Function<SessionDeclaration, List<ConnectionNeed>> needs,
            Map<String, String> environment) {
        this.runbook = runbook;
        this.needs = needs;
        this.environment = environment;
        this.rows = new RowQuestions(runbook);
    }

    /**
     * All questions.
     *
     * @param runbook     the plan
     * @param needs       what the connection of a session needs and nobody said
     * @param environment for values that name an environment variable as their source
     */
    public static List<PlannedQuestion> of(Runbook runbook, Function<SessionDeclaration, List<ConnectionNeed>> needs,
            Map<String, String> environment) {
        Questionnaire questionnaire = new Questionnaire(runbook, needs, environment);
        questionnaire.build();
        return List.copyOf(questionnaire.questions);
    }

    /** The steps that are decided for a runbook: what a plain run walks through. */
    private void build() {
        version();
        choices();
        values();
        connections();
        add("start", PlannedQuestion.Kind.START, "", "Start " + runbook.title() + "?", List.of(), "", "", "--yes");
        runbook.mainSteps().forEach(this::step);
    }

    private void version() {
        boolean gated = !runbook.frontMatter().gates().isEmpty()
                || runbook.steps().stream().anyMatch(s -> !s.gates().isEmpty());
        if (!gated) {
            return;
        }
        VersionSource source = runbook.frontMatter().version();
        String subject = source.product().isEmpty() ? "the installed version" : "the installed version of "
                + source.product();
        if (source.kind() == VersionSource.Kind.SQL || source.kind() == VersionSource.Kind.SHELL) {
            add("version.discover", PlannedQuestion.Kind.DISCOVERY, "", "Find " + subject + " by running: "
                    + source.text().strip() + "?", List.of(), "", "", "--installed-version V");
        }
        add("version", PlannedQuestion.Kind.VERSION, "", "What is " + subject + "?", List.of(), "", "",
                "--installed-version V");
    }

    /** Which of several ways applies; known before everything that only one of them needs. */
    private void choices() {
        Choosing choosing = new Choosing(runbook);
        for (Alternative alternative : runbook.alternatives()) {
            Set<String> steps = choosing.steps(alternative);
            if (!steps.isEmpty()) {
                add(alternative.answerId(), PlannedQuestion.Kind.CHOICE, "", "Which applies: " + choosing.labels(alternative,
                        " or ") + "?", Stream.concat(alternative.ways().stream().map(w -> w.id() + ": " + w.label() + ", "
                        + Choosing.lines(w)), Stream.of(Alternative.ALL + ": all of them, one after the other")).toList(), "", "", "");
                last(alternative.id(), steps);
            }
        }
    }

    private void values() {
        Map<String, Variable> declared = new LinkedHashMap<>();
        runbook.frontMatter().variables().forEach(v -> declared.put(v.name(), v));
        Map<String, Boolean> names = new LinkedHashMap<>();
        declared.values().forEach(v -> names.put(v.name(), v.secret()));
        placeholders().forEach(h -> names.merge(h.name(), h.secret(), Boolean::logicalOr));
        Set<String> variables = placeholders().stream().filter(h -> h.raw().startsWith("$")).map(Placeholder::name)
                .collect(Collectors.toSet());
        names.forEach((name, secret) -> {
            if (rows.given(name)) {
                questions.add(rows.override(name));
                return;
            }
            value(name, secret, declared.get(name), variables.contains(name) ? name : "");
            // a declared value is exported to every shell, whatever steps are left out
            last(name, declared.containsKey(name) ? Set.of() : stepsThat(b -> b.placeholders().stream()
                    .anyMatch(p -> p.name().equals(name))));
        });
    }

    private void last(String subject, Set<String> steps) {
        questions.add(questions.remove(questions.size() - 1).about(subject, steps));
    }

    private Set<String> stepsThat(Predicate<Block> have) {
        return runbook.mainSteps().stream().filter(s -> s.executables().stream().anyMatch(have)).map(Step::id)
                .collect(Collectors.toSet());
    }

    private Set<Placeholder> placeholders() {
        return runbook.mainSteps().stream().flatMap(s -> s.executables().stream())
                .flatMap(b -> b.placeholders().stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** @param variable name of the environment variable that the text itself names, or empty */
    private void value(String name, boolean secret, Variable declared, String variable) {
        String description = declared == null || declared.description().isEmpty() ? "the value of " + name
                : declared.description();
        // nothing else is read by the name of a placeholder alone: PASSWORD may be somebody else's
        String own = secret && variable.isEmpty() && name.matches("[A-Za-z_][A-Za-z0-9_]*") ? "STEPMARK_VALUE_" + name : variable;
        String fromEnv = declared == null ? own : declared.fromEnv();
        if (secret) {
            add("", PlannedQuestion.Kind.SECRET, "", "Secret " + name + ": " + description, List.of(fromEnv.isEmpty()
                    ? "read at a terminal only; name a source in the front matter: from: {env: NAME}"
                    : "read from the environment variable " + fromEnv), "", fromEnv, "");
            return;
        }
        String env = fromEnv.isEmpty() ? "" : environment.getOrDefault(fromEnv, "");
        String value = !env.isEmpty() ? env : declared == null ? "" : declared.defaultValue();
        String source = !env.isEmpty() ? fromEnv : value.isEmpty() ? "" : "front matter";
        add(name, PlannedQuestion.Kind.VALUE, "", "Value " + name + ": " + description, List.of(), value, source,
                "--set " + name + "=... or --vars FILE");
    }

    private void connections() {
        for (SessionDeclaration session : runbook.sessions()) {
            if (session.kind() != SessionDeclaration.Kind.PSQL) {
                continue;
            }
            if (!session.parent().isEmpty() && runbook.session(session.parent()).map(Sessions::opensShell).orElse(false)) {
                // the psql of that place decides what its command leaves open
                continue;
            }
            for (ConnectionNeed need : needs.apply(session)) {
                add(session.id() + "." + need.field(), PlannedQuestion.Kind.CONNECTION, "", "The " + need.field()
                        + " for " + session.label() + "?", List.of(need.reason()), need.suggestion(),
                        "a suggestion, not from the document", session.openedBy() == 0
                        ? "--connect " + (session.connection().isEmpty() ? session.id() : session.connection()) + "=URL"
                        : "PG" + need.field().toUpperCase(java.util.Locale.ROOT));
                last(session.id(), stepsThat(b -> b.session().equals(session.id()) || b.opens().equals(session.id())));
            }
        }
    }

    private void step(Step step) {
        String heading = "Step " + step.id() + ", line " + step.span().first() + ": " + step.title();
        if (Progress.reading(step)) {
            return;
        }
        List<Block> blocks = step.executables();
        target(step);
        step.condition().filter(c -> c.source() == Condition.Source.INFERRED).ifPresent(c -> condition(step, c));
        blocks.forEach(b -> b.inferences().forEach(i -> inference(step, i)));
        blocks.forEach(b -> b.statements().forEach(s -> asked(step, s)));
        raw(step, blocks);
        if (step.optional()) {
            add("step-" + step.id(), PlannedQuestion.Kind.OPTIONAL, step.id(), heading, List.of(
                    "optional: the document leaves it to you"), "no", "the document calls it optional", "");
        } else if (blocks.isEmpty() && malformed(step).isEmpty()) {
            add("step-" + step.id(), PlannedQuestion.Kind.BY_HAND, step.id(), heading, List.of(byHand(step)), "", "",
                    "--assume-manual");
            last(step.opens().isEmpty() ? step.closes() : step.opens(), Set.of(step.id()));
        } else if (blocks.stream().anyMatch(b -> !runs(b))) {
            add("step-" + step.id(), PlannedQuestion.Kind.BY_HAND, step.id(), heading, List.of(
                    "for " + blocks.get(0).executor().word() + (blocks.get(0).executor() == Executor.MYSQL
                    ? ", and no command of the text opens it: --connect " + blocks.get(0).session() + "=\"mysql ...\" does"
                    : ", which Stepmark cannot run yet")), "", "", "--assume-manual");
            if (blocks.stream().allMatch(b -> b.executor() == Executor.MYSQL)) {
                last(blocks.get(0).session(), Set.of(step.id()));
            }
        } else if (!blocks.isEmpty()) {
            add("step-" + step.id(), PlannedQuestion.Kind.STEP, step.id(), heading, List.of(
                    "runs: " + firstLine(blocks.get(0).text()), "risk: " + step.risk().word()), "", "", "--yes");
            last(Sessions.root(runbook, blocks.get(0).session()), Set.of(step.id()));
        }
        questions.addAll(rows.of(step));
        questions.addAll(PasswordPrompts.of(step));
        malformed(step).forEach(b -> malformed(step, b, heading));
        if (step.risk() == Risk.DESTRUCTIVE) {
            add("", PlannedQuestion.Kind.DESTRUCTIVE, step.id(), "step " + step.id() + ", destructive: give"
                    + " --allow destructive (no answer replaces it)", List.of(), "", "", "--allow destructive");
            last(Sessions.root(runbook, blocks.get(0).session()), Set.of(step.id()));
        }
    }

    /** What mysql reads can be run where the text says how it is opened. */
    private boolean runs(Block block) {
        boolean opened = runbook.session(block.session()).map(s -> !s.opener().isEmpty()).orElse(false);
        return block.executor() == Executor.SHELL || block.executor() == Executor.PSQL
                || block.executor() == Executor.MYSQL && opened;
    }

    /** What psql itself asks for in the middle of a step. */
    private void asked(Step step, Statement statement) {
        String where = "Step " + step.id() + ", line " + statement.span().first() + ": ";
        if (statement.verb().equals("\\prompt") && !statement.object().isEmpty()) {
            boolean secret = SecretName.looksSecret(statement.object());
            add(secret ? "" : "prompt." + statement.object(), PlannedQuestion.Kind.ASKED, step.id(), where
                    + "\\prompt asks for " + statement.object(), secret ? AT_A_TERMINAL : List.of(), "", "", "");
        } else if (statement.verb().equals("\\password")) {
            add("", PlannedQuestion.Kind.ASKED, step.id(), where + "\\password asks for a new password", AT_A_TERMINAL,
                    "", "", "");
        }
    }

    /** A value that becomes SQL or shell text has a confirmation of its own. */
    private void raw(Step step, List<Block> blocks) {
        List<String> names = blocks.stream().flatMap(b -> Filler.holes(b.text(), b.executor(), b.placeholders()).stream())
                .filter(h -> h.kind() == Hole.Kind.RAW && !rows.given(h.name())).map(Hole::name).distinct().toList();
        if (!names.isEmpty()) {
            boolean shell = blocks.get(0).executor() == Executor.SHELL;
            add("step-" + step.id() + ".raw", PlannedQuestion.Kind.INFERENCE, step.id(), "Step " + step.id() + ": use "
                    + String.join(", ", names) + " as " + (shell ? "shell" : "SQL") + " text, unquoted?", List.of(
                    "the value is read as " + (shell ? "shell" : "SQL") + ", whatever it has"), "", "", "");
        }
    }

    private static List<Block> malformed(Step step) {
        return step.blocks().stream().filter(b -> b.role() == Role.MALFORMED).toList();
    }

    /** The author meant it to be run, so that "all steps by hand are done" does not cover it. */
    private void malformed(Step step, Block block, String heading) {
        List<String> comment = List.of("line " + block.span().first() + " is not run: " + block.why(),
                "yes says that a person has done it by hand");
        add("block-" + block.id(), step.optional() ? PlannedQuestion.Kind.OPTIONAL : PlannedQuestion.Kind.CONDITION,
                step.id(), heading, comment, step.optional() ? "no" : "",
                step.optional() ? "the document calls it optional" : "", "");
    }

    /** A session that Stepmark cannot open by itself is asked for once, before the first step that needs it. */
    private void target(Step step) {
        for (SessionDeclaration session : runbook.sessions()) {
            boolean foreign = session.kind() == SessionDeclaration.Kind.REMOTE_SHELL
                    || session.kind() == SessionDeclaration.Kind.SHELL && !session.opener().isEmpty();
            boolean here = step.opens().equals(session.id())
                    || step.executables().stream().anyMatch(b -> b.opens().equals(session.id()));
            if (Sessions.opensShell(session) && here && usedBySomething(session.id())) {
                add("", PlannedQuestion.Kind.TARGET, step.id(), "the blocks of the " + session.label() + " run in the shell"
                        + " that " + session.opener().strip() + " opens, unless --target " + session.id() + "=local (or"
                        + " =by-hand) says otherwise", List.of(), OPENED, "the document opens it", "--target");
                Set<String> family = Sessions.family(runbook, session.id());
                last(session.id(), stepsThat(b -> family.contains(b.session())));
            } else if (foreign && here && usedBySomething(session.id())) {
                add("", PlannedQuestion.Kind.TARGET, step.id(), "the blocks of the " + session.label() + ": give"
                        + " --target " + session.id() + "=local (or =by-hand); no answer replaces it", List.of(), "",
                        "", "--target");
                Set<String> family = Sessions.family(runbook, session.id());
                last(session.id(), stepsThat(b -> family.contains(b.session())));
            }
        }
    }

    private boolean usedBySomething(String session) {
        Set<String> family = Sessions.family(runbook, session);
        return runbook.mainSteps().stream().flatMap(s -> s.executables().stream())
                .anyMatch(b -> family.contains(b.session()));
    }

    private void condition(Step step, Condition condition) {
        if (condition.expression().isEmpty()) {
            add("step-" + step.id() + ".applies", PlannedQuestion.Kind.CONDITION, step.id(), "Step " + step.id()
                    + ": \"" + condition.text() + "\": does this apply to you?", List.of(), "", "", "");
        } else {
            add("step-" + step.id() + ".condition", PlannedQuestion.Kind.INFERENCE, step.id(), "Step " + step.id()
                    + ": \"" + condition.text() + "\": run it if step " + condition.dependsOn()
                    + " returned rows, and only then?", List.of(), "", "", "");
        }
    }

    private void inference(Step step, Inference inference) {
        if (step.condition().isPresent() && inference.id().endsWith(".condition")) {
            return;
        }
        add(inference.id(), PlannedQuestion.Kind.INFERENCE, step.id(), "Step " + step.id() + ": " + inference.text(),
                List.of(inference.reason()), "", "", "");
    }

    private static String byHand(Step step) {
        if (!step.opens().isEmpty() || !step.closes().isEmpty()) {
            return "by hand, or by Stepmark when --target names where";
        }
        return "by hand: yes says that it is done";
    }

    private static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() > 90 ? line.substring(0, 87) + "..." : line;
    }

    private void add(String id, PlannedQuestion.Kind kind, String step, String text, List<String> comment,
            String prefilled, String source, String option) {
        questions.add(new PlannedQuestion(id, kind, step, text, comment, prefilled, source, option));
    }
}
