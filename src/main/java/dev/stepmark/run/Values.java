package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.runbook.FrontMatter.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of placeholders and variables: asked once, before the first step; secrets stay in memory only. */
final class Values {

    private final Desk desk;
    private final Asking asking;
    private final Map<String, String> secrets = new HashMap<>();

    Values(Desk desk, Asking asking) {
        this.desk = desk;
        this.asking = asking;
    }

    /** Binds everything that has no value yet, asking for what nobody gave. */
    void bind() {
        List<PlannedQuestion> wanted = desk.questions().stream().filter(this::isVariable)
                .filter(q -> !q.spared(new Alternatives(desk, asking).leftOut())).toList();
        for (PlannedQuestion question : wanted) {
            if (question.kind() == PlannedQuestion.Kind.SECRET) {
                bindSecret(question);
            } else if (!desk.log().state().values().containsKey(question.id())) {
                bindPlain(question);
            }
        }
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

    /** Declared plain variables with their values: shells get them exported. */
    Map<String, String> exported() {
        Map<String, String> out = new LinkedHashMap<>();
        for (Variable variable : desk.runbook().frontMatter().variables()) {
            String value = plain(variable.name());
            if (value != null) {
                out.put(variable.name(), value);
            }
        }
        return out;
    }

    /** Declared secrets with their values: shells get them by a way that shows them to nobody. */
    Map<String, String> exportedSecrets() {
        Map<String, String> out = new LinkedHashMap<>();
        desk.runbook().frontMatter().variables().stream().filter(v -> secrets.containsKey(v.name()))
                .forEach(v -> out.put(v.name(), secrets.get(v.name())));
        return out;
    }

    private boolean isVariable(PlannedQuestion question) {
        return question.kind() == PlannedQuestion.Kind.SECRET || question.kind() == PlannedQuestion.Kind.VALUE;
    }

    private void bindPlain(PlannedQuestion question) {
        String name = question.id();
        Map<String, String> set = desk.options().set();
        Map<String, String> vars = desk.options().vars();
        String answer = desk.options().answers().getOrDefault(name, "");
        if (set.containsKey(name)) {
            record(name, set.get(name), "--set");
        } else if (vars.containsKey(name)) {
            record(name, vars.get(name), "--vars");
        } else if (!answer.isBlank()) {
            record(name, answer, "--answers");
        } else if (desk.batch()) {
            record(name, question.prefilled(), question.source());
        } else {
            Reply.Text text = asking.text(name, name, question.prefilled(),
                    question.source().isEmpty() ? "" : "from " + question.source());
            record(name, text.text(), "asked");
        }
    }

    private void record(String name, String value, String source) {
        desk.log().append(new Event.ValueBound(name, "text", value, "", source, "run"));
    }

    /** A secret is not in the log: a later process reads it again. */
    private void bindSecret(PlannedQuestion question) {
        String name = question.subject();
        if (secrets.containsKey(name)) {
            return;
        }
        String fromEnv = question.source().isEmpty() ? null : desk.environment().get(question.source());
        String source = question.source();
        String value = fromEnv;
        while (value == null || !desk.secrets().add(name, value).masked()) {
            if (value != null) {
                desk.operator().say(List.of("  It has " + value.length() + " characters: too short to be masked"
                        + " reliably in output. Use another", "  way to log in (a .pgpass entry) or a longer password."));
            }
            if (desk.batch()) {
                desk.operator().problem(Operator.Severity.ERROR, Message.of("there is no secret " + name
                        + " that can be used", "Nobody can be asked for another one. No step was started.",
                        question.source().isEmpty() ? "a source in the front matter: from: {env: NAME}"
                                : "a longer value in the environment variable " + question.source()));
                throw new StopRun("refused", ExitCode.REFUSED);
            }
            value = new String(asking.secret(name, name + " (secret; not shown, not logged)"));
            source = "asked";
        }
        secrets.put(name, value);
        if (!desk.log().state().values().containsKey(name)) {
            desk.log().append(new Event.ValueBound(name, "text", "", source, source, "run"));
        }
    }
}
