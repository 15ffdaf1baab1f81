package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.jdbc.describe.CatalogError;
import dev.stepmark.session.jdbc.describe.Describe;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.MetaArguments.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code \d} and its kin, asked for on the session's own connection. */
final class DescribeCommands {

    private DescribeCommands() { }

    /** What carries out the command, when it is one of these. */
    static Optional<MetaCommands.Handler> find(String name) {
        return Describe.find(name).map(command -> call -> run(command, call));
    }

    private static Outcome run(Describe.Command command, Call call) {
        Run run = call.run();
        StringBuilder errors = new StringBuilder();
        Describe.Output output = new Describe.Output() {
            @Override
            public void out(String text) {
                run.output().queryOut(text);
            }

            @Override
            public void err(String text) {
                errors.append(text);
                run.output().problem(text);
            }
        };
        WireCatalog catalog = new WireCatalog(run.wire(), run.session().connected().spec().database());
        try {
            boolean success = command.run(catalog, arguments(call), call.client().table(), output);
            return success ? run.done()
                    : new Outcome.Failed("", run.output().prefix() + errors.toString().stripTrailing(),
                            run.wire().transaction());
        } catch (CatalogError e) {
            run.output().problem(e.getMessage());
            return failed(e, run);
        }
    }

    private static Outcome failed(CatalogError e, Run run) {
        Execution execution = run.execution();
        String text = e.getMessage().stripTrailing();
        if (execution.abandoned() || run.wire().closed()) {
            return new Outcome.Lost(text);
        }
        return e.sqlState().equals("57014") && execution.cancelAsked()
                ? new Outcome.Cancelled(e.sqlState(), execution.timedOut(), List.of(), run.wire().transaction())
                : new Outcome.Failed(e.sqlState(), run.output().prefix() + text, run.wire().transaction());
    }

    /** As many as the command takes; those that are left are reported as ignored. */
    private static List<String> arguments(Call call) {
        List<String> arguments = new ArrayList<>();
        boolean source = call.name().startsWith("\\s");
        for (int i = 0; i < most(call.name()); i++) {
            Optional<String> next = source ? call.arguments().next(Type.WHOLE_LINE, true)
                    .map(MetaArguments.Argument::text) : call.nextPlain();
            if (next.isEmpty()) {
                break;
            }
            arguments.add(next.get());
        }
        return arguments;
    }

    private static int most(String name) {
        if (name.startsWith("\\df") || name.startsWith("\\do")) {
            return 101;
        }
        if (name.startsWith("\\lo_") || name.startsWith("\\dl")) {
            return 0;
        }
        return name.startsWith("\\drds") || name.matches("\\\\dA[cfop].*") ? 2 : 1;
    }
}
