package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.MetaArguments.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Commands that print something: {@code \echo}, {@code \qecho}, {@code \warn}, {@code \p}, {@code \r}. */
final class PrintCommands {

    private PrintCommands() { }

    static void register(Map<String, MetaCommands.Handler> handlers) {
        handlers.put("\\echo", call -> echo(call, Output::out));
        handlers.put("\\qecho", call -> echo(call, Output::queryOut));
        handlers.put("\\warn", call -> echo(call, Output::err));
        handlers.put("\\p", PrintCommands::print);
        handlers.put("\\print", PrintCommands::print);
        handlers.put("\\r", PrintCommands::reset);
        handlers.put("\\reset", PrintCommands::reset);
        handlers.put("\\errverbose", PrintCommands::errverbose);
    }

    private static Outcome echo(Call call, BiConsumer<Output, String> to) {
        List<String> words = new ArrayList<>();
        boolean newline = true;
        boolean first = true;
        Optional<MetaArguments.Argument> next = call.arguments().next(Type.NORMAL, false);
        while (next.isPresent()) {
            if (first && next.get().plain() && next.get().text().equals("-n")) {
                newline = false;
            } else {
                words.add(next.get().text());
            }
            first = false;
            next = call.arguments().next(Type.NORMAL, false);
        }
        to.accept(call.output(), String.join(" ", words) + (newline ? "\n" : ""));
        return call.run().done();
    }

    private static Outcome print(Call call) {
        String query = call.client().lastQuery();
        call.output().out(query.isEmpty() ? "Query buffer is empty.\n" : query + "\n");
        return call.run().done();
    }

    private static Outcome reset(Call call) {
        call.output().out(call.client().quiet() ? "" : "Query buffer reset (cleared).\n");
        return call.run().done();
    }

    private static Outcome errverbose(Call call) {
        call.client().lastError().ifPresentOrElse(
                e -> call.output().err(ServerMessages.verbose(e.error(), e.statement())),
                () -> call.output().out("There is no previous error.\n"));
        return call.run().done();
    }
}
