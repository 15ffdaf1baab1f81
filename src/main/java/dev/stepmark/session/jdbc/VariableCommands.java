package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.PsqlBoolean;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code \set}, {@code \\unset}, {@code \getenv}, {@code \setenv}. */
final class VariableCommands {

    /** Ways to read a script that a runbook does not have: its statements end at semicolons and wait for nobody. */
    private static final List<String> NOT_HERE = List.of("SINGLELINE", "SINGLESTEP");

    private VariableCommands() { }

    static void register(Map<String, MetaCommands.Handler> handlers) {
        handlers.put("\\set", VariableCommands::set);
        handlers.put("\\unset", VariableCommands::unset);
        handlers.put("\\getenv", VariableCommands::getenv);
        handlers.put("\\setenv", VariableCommands::setenv);
    }

    private static Outcome set(Call call) {
        Optional<String> name = call.next();
        if (name.isEmpty()) {
            call.output().out(call.client().variables().list());
            return call.run().done();
        }
        String value = String.join("", call.arguments().rest());
        return assign(call, name.get(), value);
    }

    /** Sets a variable; psql's own ones only to what they take. */
    static Outcome assign(Call call, String name, String value) {
        if (NOT_HERE.contains(name) && PsqlBoolean.parse(value).orElse(true)) {
            return new Outcome.Refused(name + " is not supported: statements end at their semicolons here, and each is"
                    + " confirmed as part of its block");
        }
        if (name.equals("ECHO_HIDDEN") && !PsqlBoolean.parse(value).map(on -> !on).orElse(false)) {
            return new Outcome.Refused("ECHO_HIDDEN is not supported: the queries of \\d are not those of psql here");
        }
        Optional<String> problem = call.client().variables().set(name, value);
        if (problem.isPresent()) {
            return new Outcome.Refused(problem.get());
        }
        if (name.equals("ON_ERROR_STOP") && PsqlBoolean.parse(value).map(on -> !on).orElse(false)) {
            call.output().err("ON_ERROR_STOP is off, and yet a block stops at its first failure here\n");
        }
        return call.run().done(remember(call, name, value));
    }

    private static Optional<Outcome.Change> remember(Call call, String name, String value) {
        if (Changes.looksSecret(name)) {
            call.client().surroundings().secret().accept(value.toCharArray());
        }
        return Changes.variable(name, value);
    }

    private static Outcome unset(Call call) {
        Optional<String> name = call.next();
        if (name.isEmpty()) {
            return call.missing();
        }
        if (!dev.stepmark.sql.Variables.validName(name.get())) {
            return new Outcome.Refused("invalid variable name: \"" + name.get() + "\"");
        }
        call.client().variables().unset(name.get());
        return call.run().done(Changes.unset(name.get()));
    }

    private static Outcome getenv(Call call) {
        Optional<String> variable = call.next();
        Optional<String> name = call.next();
        if (name.isEmpty()) {
            return call.missing();
        }
        String value = call.client().environment().get(name.get());
        if (value != null && Changes.looksSecret(name.get())) {
            call.client().surroundings().secret().accept(value.toCharArray());
        }
        return value == null ? call.run().done() : assign(call, variable.get(), value);
    }

    private static Outcome setenv(Call call) {
        Optional<String> name = call.next();
        Optional<String> value = call.next();
        if (name.isEmpty()) {
            return call.missing();
        }
        if (name.get().contains("=")) {
            return new Outcome.Refused("\\setenv: environment variable name must not contain \"=\"");
        }
        if (value.isEmpty()) {
            call.client().environment().remove(name.get());
            return call.run().done(Changes.raw("\\setenv " + name.get(), ""));
        }
        if (Changes.looksSecret(name.get())) {
            call.client().surroundings().secret().accept(value.get().toCharArray());
        }
        call.client().environment().put(name.get(), value.get());
        return call.run().done(Changes.looksSecret(name.get()) ? Changes.notKept("\\setenv " + name.get())
                : Changes.of("\\setenv " + name.get(), value.get()));
    }
}
