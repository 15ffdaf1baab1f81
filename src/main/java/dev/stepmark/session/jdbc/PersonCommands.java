package dev.stepmark.session.jdbc;

import dev.stepmark.session.Ask;
import dev.stepmark.session.Outcome;
import dev.stepmark.sql.CommandText;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.MetaArguments.Type;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.util.PasswordUtil;

/**
 * Commands that ask a person: {@code \prompt} and {@code \password}. What they ask is asked before they run, so that a
 * question never stands in the middle of an execution; hence they work as statements of their own only.
 */
final class PersonCommands {

    private static final String FIRST = "password";
    private static final String AGAIN = "password.again";

    private PersonCommands() { }

    static void register(Map<String, MetaCommands.Handler> handlers) {
        handlers.put("\\prompt", PersonCommands::prompt);
        handlers.put("\\password", PersonCommands::password);
    }

    /** What a command would ask. */
    static List<Ask> asks(CommandText command, Client client) {
        MetaArguments arguments = new MetaArguments(command.arguments(), new MetaArguments.Source() {
            @Override
            public Optional<String> variable(String name) {
                return client.variables().get(name);
            }

            @Override
            public String program(String text) {
                return "`" + text + "`";
            }
        });
        if (command.name().equals("\\prompt")) {
            List<String> words = arguments.rest();
            String name = words.isEmpty() ? "" : words.get(words.size() > 1 ? 1 : 0);
            return name.isEmpty() ? List.of() : List.of(new Ask("prompt." + name, words.size() > 1 ? words.get(0)
                    : "Value of " + name, Changes.looksSecret(name)));
        }
        if (!command.name().equals("\\password")) {
            return List.of();
        }
        String user = arguments.next(Type.SQL_NAME, true).map(MetaArguments.Argument::text).orElse("");
        return List.of(new Ask(FIRST, "Enter new password for user \"" + (user.isEmpty()
                ? client.variables().get("USER").orElse("") : user) + "\": ", true), new Ask(AGAIN, "Enter it again: ", true));
    }

    private static Outcome prompt(Call call) {
        Optional<String> first = call.next();
        Optional<String> second = call.next();
        if (first.isEmpty()) {
            return call.missing();
        }
        String name = second.orElse(first.get());
        Optional<char[]> answer = call.run().top() ? call.client().answer("prompt." + name) : Optional.empty();
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
        Optional<char[]> first = call.run().top() ? call.client().answer(FIRST) : Optional.empty();
        Optional<char[]> again = call.client().answer(AGAIN);
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
            String coded = PasswordUtil.encodePassword(user, first.get(), method.equals("on") ? "md5" : method);
            // only the verifier goes out: neither the server's log nor ours sees the password
            wire.command("ALTER USER \"" + user.replace("\"", "\"\"") + "\" PASSWORD '" + coded.replace("'", "''") + "'");
            return call.run().done();
        } catch (SQLException e) {
            String text = ServerMessages.error(e, "");
            call.output().problem(text);
            return wire.closed() ? new Outcome.Lost(ServerMessages.firstLine(e))
                    : new Outcome.Failed(ServerMessages.state(e), text.stripTrailing(), wire.transaction());
        }
    }
}
