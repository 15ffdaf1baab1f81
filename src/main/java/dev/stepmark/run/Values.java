package dev.stepmark.run;

import dev.stepmark.journal.EarlierValues;
import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.FrontMatter.Variable;
import dev.stepmark.runbook.Placeholder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values of placeholders and variables: asked once, before the first step; secrets stay in memory only. */
final class Values {

    private final Desk desk;
    private final ValueQuestions ask;
    private final ValueUses uses;
    private final Alternatives alternatives;
    private final Map<String, String> secrets = new HashMap<>();
    private Map<String, String> last;

    Values(Desk desk, Asking asking) {
        this.desk = desk;
        this.uses = new ValueUses(desk.runbook());
        this.alternatives = new Alternatives(desk, asking);
        this.ask = new ValueQuestions(desk, asking, uses);
    }

    /** Binds everything that has no value yet and that a step needs, asking for what nobody gave. */
    void bind() {
        Set<String> leftOut = new HashSet<>(new LeftOut(desk.runbook(), desk.options()).ids());
        leftOut.addAll(alternatives.leftOut());
        bind(desk.questions().stream().filter(q -> !q.spared(leftOut)).toList());
    }

    /** Binds what a block needs: a step that the options left out may be gone to all the same. */
    void ensure(Block block) {
        Set<String> names = block.placeholders().stream().map(Placeholder::name)
                .collect(java.util.stream.Collectors.toSet());
        bind(desk.questions().stream().filter(q -> names.contains(q.subject())).toList());
    }

    private void bind(List<PlannedQuestion> questions) {
        List<PlannedQuestion> wanted = questions.stream().filter(this::unbound).toList();
        ask.announce((int) wanted.stream().filter(this::asks).count());
        for (PlannedQuestion question : wanted) {
            if (question.kind() == PlannedQuestion.Kind.SECRET) {
                bindSecret(question);
            } else {
                bindPlain(question);
            }
        }
    }

    private boolean unbound(PlannedQuestion question) {
        return question.kind() == PlannedQuestion.Kind.SECRET ? !secrets.containsKey(question.subject())
                : (question.kind() == PlannedQuestion.Kind.VALUE || instead(question))
                        && !desk.log().state().values().containsKey(question.id());
    }

    /** What rows give is bound only when the operator said something else beforehand. */
    private boolean instead(PlannedQuestion question) {
        return question.kind() == PlannedQuestion.Kind.COLUMN && given(question).isPresent();
    }

    private boolean asks(PlannedQuestion question) {
        if (desk.batch()) {
            return false;
        }
        return question.kind() == PlannedQuestion.Kind.SECRET ? fromEnvironment(question) == null
                : given(question).isEmpty();
    }

    /** The value of a name, or null; a secret has none here. */
    String plain(String name) {
        Event.ValueBound bound = desk.log().state().values().get(name);
        return bound == null || !bound.secret().isEmpty() ? null : bound.value();
    }

    /** A secret of this process. */
    Optional<String> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    /** Plain variables that are declared, or that the text uses and nothing sets: shells get them exported. */
    Map<String, String> exported() {
        Map<String, String> out = new LinkedHashMap<>();
        for (String name : variables()) {
            String value = plain(name);
            if (value != null) {
                out.put(name, value);
            }
        }
        return out;
    }

    /** Secrets among them: shells get these by a way that shows them to nobody. */
    Map<String, String> exportedSecrets() {
        Map<String, String> out = new LinkedHashMap<>();
        variables().stream().filter(secrets::containsKey).forEach(v -> out.put(v, secrets.get(v)));
        return out;
    }

    private Set<String> variables() {
        Set<String> out = new java.util.LinkedHashSet<>();
        desk.runbook().frontMatter().variables().stream().map(Variable::name).forEach(out::add);
        desk.runbook().mainSteps().stream().flatMap(s -> s.executables().stream()).flatMap(b -> b.placeholders().stream())
                .filter(p -> p.raw().startsWith("$")).map(Placeholder::name).forEach(out::add);
        return out;
    }

    /** A value that was given beforehand. */
    private record Given(String value, String source) { }

    private Optional<Given> given(PlannedQuestion question) {
        String name = question.id();
        String answer = desk.options().answers().getOrDefault(name, "");
        if (desk.options().set().containsKey(name)) {
            return Optional.of(new Given(desk.options().set().get(name), "--set"));
        }
        if (desk.options().vars().containsKey(name)) {
            return Optional.of(new Given(desk.options().vars().get(name), "--vars"));
        }
        return answer.isBlank() ? Optional.empty() : Optional.of(new Given(answer, "--answers"));
    }

    private void bindPlain(PlannedQuestion question) {
        Optional<Given> given = given(question);
        if (given.isPresent() || desk.batch()) {
            Given value = given.orElse(new Given(question.prefilled(), question.source()));
            refuseUnfit(question, value);
            record(question.id(), value.value(), value.source());
            return;
        }
        boolean prefilled = !question.prefilled().isEmpty();
        String remembered = prefilled ? question.prefilled() : lastRun().getOrDefault(question.id(), "");
        String source = prefilled ? question.source() : remembered.isEmpty() ? "" : "last run";
        Reply.Text text = ask.plain(question, remembered, source);
        record(question.id(), text.text(), text.by().equals("enter") && !source.isEmpty() ? source : "asked");
    }

    /** Values of the document's last run are offered, never taken without a person. */
    private Map<String, String> lastRun() {
        if (last == null) {
            last = EarlierValues.read(desk.directory().toAbsolutePath().getParent(), desk.log().state().started(),
                    desk.log().runId());
        }
        return last;
    }

    /** What nobody typed here cannot be asked again here: the run says where it came from, and stops. */
    private void refuseUnfit(PlannedQuestion question, Given given) {
        uses.unfit(question.id(), given.value()).ifPresent(why -> {
            desk.operator().problem(Operator.Severity.ERROR, Message.of(why, "It is from " + given.source()
                    + ". No step was started.", "another value: --set " + question.id() + "=..."));
            throw new StopRun("refused", ExitCode.REFUSED);
        });
    }

    private void record(String name, String value, String source) {
        desk.log().append(new Event.ValueBound(name, "text", value, "", source, "run"));
    }

    private String fromEnvironment(PlannedQuestion question) {
        String value = question.source().isEmpty() ? null : desk.environment().get(question.source());
        return value == null || value.isEmpty() ? null : value;
    }

    /** A secret is not in the log: a later process reads it again. */
    private void bindSecret(PlannedQuestion question) {
        String name = question.subject();
        String source = question.source();
        String value = fromEnvironment(question);
        while (value == null || !desk.secrets().add(name, value).masked()) {
            if (value != null) {
                ask.tooShort(value.length());
            }
            if (desk.batch()) {
                desk.operator().problem(Operator.Severity.ERROR, Message.of("there is no secret " + name
                        + " that can be used", "Nobody can be asked for another one. No step was started.",
                        question.source().isEmpty() ? "a source in the front matter: from: {env: NAME}"
                                : "a longer value in the environment variable " + question.source()));
                throw new StopRun("refused", ExitCode.REFUSED);
            }
            value = ask.secret(question);
            source = "asked";
        }
        secrets.put(name, value);
        if (!desk.log().state().values().containsKey(name)) {
            desk.log().append(new Event.ValueBound(name, "text", "", source, source, "run"));
        }
    }
}
