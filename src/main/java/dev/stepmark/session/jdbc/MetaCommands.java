package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.CommandText;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.MetaCommand;
import dev.stepmark.sql.PsqlBoolean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The table of meta-commands: a family of commands is a class, and what none of them knows goes to a real psql. */
final class MetaCommands {

    /** Carries out one command. */
    interface Handler {
        Outcome run(Call call);
    }

    private final Interpreter interpreter;
    private final Map<String, Handler> handlers = new LinkedHashMap<>();

    MetaCommands(Interpreter interpreter) {
        this.interpreter = interpreter;
        VariableCommands.register(handlers);
        PrintCommands.register(handlers);
        DisplayCommands.register(handlers);
        ConnectionCommands.register(handlers);
        SendCommands.register(handlers, interpreter);
        FileCommands.register(handlers, interpreter);
        PersonCommands.register(handlers);
    }

    boolean knows(String name) {
        return handlers.containsKey(name) || DescribeCommands.find(name).isPresent() || RealPsql.knows(name)
                || !name.startsWith("\\") || name.equals("\\q") || name.equals("\\quit");
    }

    Outcome run(CommandText command, Run run) {
        if (command.quits()) {
            run.session().end();
            return new Outcome.Ended(0, "\\q");
        }
        Optional<String> refusal = writesAlthoughItMayNot(command, run);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        Handler handler = handlers.get(command.name());
        if (handler == null) {
            handler = DescribeCommands.find(command.name()).orElse(null);
        }
        if (handler == null) {
            return RealPsql.run(command, run);
        }
        Values values = new Values(run);
        MetaArguments arguments = new MetaArguments(command.arguments(), values);
        Outcome outcome = handler.run(new Call(command, arguments, run));
        if (arguments.broken()) {
            return new Outcome.Refused("a quote in the arguments of " + command.name() + " is not closed");
        }
        if (outcome instanceof Outcome.Done done) {
            values.inert = true;
            arguments.rest().forEach(extra -> run.output().problem(command.name() + ": extra argument \"" + extra
                    + "\" ignored\n"));
            return values.problems(done);
        }
        return outcome;
    }

    /** What must not change anything (a probe) is kept so by the server; commands of psql act on this machine. */
    private static Optional<String> writesAlthoughItMayNot(CommandText command, Run run) {
        if (!run.request().readOnly()) {
            return Optional.empty();
        }
        MetaCommand parsed = MetaCommand.parse(command.query() + command.name() + command.arguments());
        return parsed.onlyLooks() ? Optional.empty() : Optional.of(command.name() + " may do more than read, and this text may not");
    }

    boolean condition(CommandText command, Run run) {
        Values values = new Values(run);
        String expression = String.join(" ", new MetaArguments(command.arguments(), values).rest());
        Optional<Boolean> value = PsqlBoolean.parse(expression);
        if (value.isEmpty()) {
            run.output().problem("unrecognized value \"" + expression + "\" for \"\\" + command.name().substring(1)
                    + " expression\": Boolean expected\n");
        }
        return value.orElse(false);
    }
}
