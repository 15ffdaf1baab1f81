package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import dev.stepmark.sql.Interpolation;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.MetaArguments.Type;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.Variables;
import dev.stepmark.table.Pset;
import dev.stepmark.table.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands that send the statement in front of them, or the last one again. */
final class SendCommands {

    private final Interpreter interpreter;

    private SendCommands(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    static void register(Map<String, MetaCommands.Handler> handlers, Interpreter interpreter) {
        SendCommands send = new SendCommands(interpreter);
        handlers.put("\\g", call -> send.go(call, false));
        handlers.put("\\gx", call -> send.go(call, true));
        handlers.put("\\gset", send::gset);
        handlers.put("\\gexec", send::gexec);
        handlers.put("\\gdesc", send::gdesc);
        handlers.put("\\watch", send::watch);
    }

    /** The statement with its variables, or the last one when none stands in front. */
    private Optional<SqlText> query(Call call) {
        // psql ends a line of its buffer only when another follows
        String text = Interpreter.withoutRemarks(call.command().query()).replaceFirst("[\\r\\n]+$", "");
        if (text.isBlank()) {
            return call.client().lastQuery().isEmpty() ? Optional.empty()
                    : Optional.of(SqlText.of(call.client().lastQuery()));
        }
        Interpolation.Filled filled = interpreter.fill(text, call.run());
        boolean several = filled.several() || SqlSplitter.split(filled.text(),
                call.run().wire().standardStrings()).size() > 1;
        return Optional.of(several ? SqlText.together(filled.text()) : SqlText.of(filled.text()));
    }

    private static Outcome noQuery(Call call) {
        return new Outcome.Refused(call.name() + ": there is no statement in front of it, and none was sent before");
    }

    private Outcome go(Call call, boolean expanded) {
        Optional<SqlText> query = query(call);
        Optional<MetaArguments.Argument> where = call.arguments().next(Type.FILE_OR_PIPE, false);
        if (query.isEmpty()) {
            return noQuery(call);
        }
        TableOptions before = call.client().table();
        try {
            Optional<String> problem = options(call, where, expanded);
            if (problem.isPresent()) {
                return new Outcome.Refused(problem.get());
            }
            Optional<String> target = where.map(MetaArguments.Argument::text).filter(w -> !w.startsWith("("))
                    .or(call::nextTarget);
            return target.isEmpty() ? new Statements(call.run()).send(query.get()) : to(call, query.get(), target.get());
        } finally {
            call.client().table(before);
        }
    }

    /** Rows go to the file, which is made for them only; what else the server says goes where it always goes. */
    private static Outcome to(Call call, SqlText query, String where) {
        LaterTarget target = new LaterTarget(call.run(), where);
        Run run = call.run().with(call.output().to(target));
        Outcome outcome = query.copiesOut() ? new Statements(run).send(query) : new Statements(call.run())
                .send(query, () -> new RowPrinter(run.output(), call.client().table()));
        Optional<String> problem = target.close();
        return problem.isPresent() && outcome instanceof Outcome.Done done ? new Outcome.Done(0, List.of(
                new Outcome.Problem(0, call.name(), problem.get())), done.results(), done.transaction(),
                done.change()) : outcome;
    }

    /** {@code \g (option=value ...)}: print settings for this statement only. */
    private static Optional<String> options(Call call, Optional<MetaArguments.Argument> first, boolean expanded) {
        if (first.isPresent() && first.get().text().startsWith("(")) {
            String word = first.get().text().substring(1);
            while (true) {
                boolean last = word.endsWith(")");
                String option = last ? word.substring(0, word.length() - 1) : word;
                if (!option.isEmpty()) {
                    int equals = option.indexOf('=');
                    Pset.Applied applied = Pset.apply(call.client().table(), equals < 0 ? option
                            : option.substring(0, equals), equals < 0 ? Optional.empty()
                            : Optional.of(option.substring(equals + 1)));
                    if (!applied.accepted()) {
                        return Optional.of(applied.text());
                    }
                    call.client().table(applied.options());
                }
                if (last) {
                    break;
                }
                Optional<String> next = call.next();
                if (next.isEmpty()) {
                    return Optional.of(call.name() + ": missing right parenthesis");
                }
                word = next.get();
            }
        }
        if (expanded) {
            call.client().table(Pset.apply(call.client().table(), "expanded", Optional.of("on")).options());
        }
        return Optional.empty();
    }

    private Outcome gset(Call call) {
        Optional<SqlText> query = query(call);
        String prefix = call.next().orElse("");
        if (query.isEmpty()) {
            return noQuery(call);
        }
        List<KeptRows> results = new ArrayList<>();
        Outcome outcome = new Statements(call.run()).send(query.get(), () -> add(results, new KeptRows(2)));
        if (!(outcome instanceof Outcome.Done done)) {
            return outcome;
        }
        KeptRows rows = results.get(results.size() - 1);
        if (!rows.started()) {
            return done;
        }
        if (rows.rows() != 1) {
            return call.run().failed(rows.rows() == 0 ? "no rows returned for \\gset"
                    : "more than one row returned for \\gset");
        }
        return assign(call, done, prefix, rows);
    }

    private static KeptRows add(List<KeptRows> all, KeptRows one) {
        all.add(one);
        return one;
    }

    private static Outcome assign(Call call, Outcome.Done done, String prefix, KeptRows rows) {
        Optional<Outcome.Change> change = done.change();
        for (int i = 0; i < rows.names().size(); i++) {
            String name = prefix + rows.names().get(i);
            String value = rows.kept().get(0).get(i);
            if (Variables.special(name)) {
                call.output().problem("attempt to \\gset into specially treated variable \"" + name + "\" ignored\n");
                continue;
            }
            if (!Variables.validName(name)) {
                return call.run().failed("invalid variable name: \"" + name + "\"");
            }
            Outcome.Change one = (value == null ? unset(call, name) : set(call, name, value)).orElseThrow();
            change = Optional.of(change.map(c -> Changes.then(c, one)).orElse(one));
        }
        // the values are no table for the screen: nobody asked to see them
        List<Result> silent = done.results().stream().map(r -> new Result(r.tag(), List.of(), List.of(), r.rowCount(),
                false)).toList();
        return new Outcome.Done(0, done.problems(), silent, done.transaction(), change);
    }

    private static Optional<Outcome.Change> unset(Call call, String name) {
        call.client().variables().unset(name);
        return Changes.unset(name);
    }

    private static Optional<Outcome.Change> set(Call call, String name, String value) {
        call.client().variables().set(name, value);
        if (Changes.looksSecret(name)) {
            call.client().surroundings().secret().accept(value.toCharArray());
        }
        return Changes.variable(name, value);
    }

    private Outcome gexec(Call call) {
        Optional<SqlText> query = query(call);
        if (query.isEmpty()) {
            return noQuery(call);
        }
        List<KeptRows> results = new ArrayList<>();
        Outcome outcome = new Statements(call.run()).send(query.get(), () -> add(results,
                new KeptRows(Integer.MAX_VALUE)));
        if (!(outcome instanceof Outcome.Done done)) {
            return outcome;
        }
        Made made = new Made(call.run().inside(call.run().script()), results.get(results.size() - 1).rows());
        for (List<String> row : results.get(results.size() - 1).kept()) {
            for (String statement : row) {
                Optional<Outcome> ended = statement == null ? Optional.empty() : made.send(statement);
                if (ended.isPresent()) {
                    return ended.get();
                }
            }
        }
        return made.done(done);
    }

    private Outcome gdesc(Call call) {
        Optional<SqlText> query = query(call);
        return query.isEmpty() ? noQuery(call) : new Describer(call.run()).describe(query.get());
    }

    private Outcome watch(Call call) {
        Optional<SqlText> query = query(call);
        WatchPace pace = WatchPace.of(call.arguments().rest());
        if (!pace.problem().isEmpty()) {
            return new Outcome.Refused(pace.problem());
        }
        return query.isEmpty() ? noQuery(call) : new Watch(call.run(), query.get(), pace).run();
    }
}
