package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.MetaArguments.Type;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Commands that ask a person: {@code \prompt} and {@code \password}. What they ask is asked before they run, so that a
 * question never stands in the middle of an execution; hence they work as statements of their own only.
 */
final class PersonCommands {

    private PersonCommands() { }

    static void register(Map<String, MetaCommands.Handler> handlers) {
        handlers.put("\\prompt", PersonCommands::prompt);
        handlers.put("\\password", PersonCommands::password);
    }

    private static Outcome prompt(Call call) {
        Optional<String> first = call.next();
        Optional<String> second = call.next();
        if (first.isEmpty()) {
            return call.missing();
        }
        String name = second.orElse(first.get());
        Optional<char[]> answer = call.run().top() ? call.client().answer(PersonAsks.prompt(name)) : Optional.empty();
        if (answer.isEmpty()) {
            return new Outcome.Refused(call.run().top()
                    ? "\\prompt asks for " + name + ", and nobody answered; give it as prompt." + name
                    + " in the answers file, or write \\set " + name + " instead"
                    : "\\prompt is asked before its statement runs, so it must not stand inside \\if or a script");
        }
        return VariableCommands.assign(call, name, new String(answer.get()));
    }

    private static Outcome password(Call call) {
        Optional<String> named = call.arguments().next(Type.SQL_NAME, true).map(MetaArguments.Argument::text);
        Optional<char[]> first = call.run().top() ? call.client().answer(PersonAsks.PASSWORD) : Optional.empty();
        Optional<char[]> again = call.client().answer(PersonAsks.AGAIN);
        if (first.isEmpty() || again.isEmpty()) {
            return new Outcome.Refused(call.run().top() ? "\\password needs a person who types the new password"
                    : "\\password is asked before it runs, so it must not stand inside \\if or a script");
        }
        if (!Arrays.equals(first.get(), again.get())) {
            return call.run().failed("Passwords didn't match.");
        }
        call.client().surroundings().secret().accept(first.get());
        Wire wire = call.run().wire();
        try {
            String user = named.isPresent() ? named.get() : wire.ask("SELECT CURRENT_USER").get(0).get(0);
            String method = wire.ask("SHOW password_encryption").get(0).get(0);
            wire.command(Verifier.command(user, first.get(), method));
            return call.run().done();
        } catch (IllegalArgumentException e) {
            return call.run().failed(e.getMessage());
        } catch (SQLException e) {
            String text = ServerMessages.error(e, "");
            call.output().problem(text);
            return wire.closed() ? new Outcome.Lost(ServerMessages.firstLine(e))
                    : new Outcome.Failed(ServerMessages.state(e), text.stripTrailing(), wire.transaction());
        }
    }
}
