package dev.stepmark.session.psql;

import dev.stepmark.session.Ask;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.jdbc.PersonAsks;
import dev.stepmark.session.jdbc.Verifier;
import dev.stepmark.session.psql.PsqlChecks.Checked;
import dev.stepmark.session.psql.PsqlProcess.End;
import dev.stepmark.sql.CommandText;
import dev.stepmark.sql.MetaCommand;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code \prompt} and {@code \password}. psql would read its input, which holds what comes next; so the operator is asked
 * before the command runs, and psql is told the answer: the value, or the verifier of the password.
 */
final class PersonCommands {

    private static final Set<String> NAMES = Set.of("\\prompt", "\\password");

    private final Psql psql;
    private final Consumer<char[]> secret;
    private Map<String, char[]> answers = Map.of();

    /**
     * @param psql   where it runs
     * @param secret told what must not be seen or kept
     */
    PersonCommands(Psql psql, Consumer<char[]> secret) {
        this.psql = psql;
        this.secret = secret;
    }

    static boolean has(String command) {
        return NAMES.contains(command);
    }

    /** What a text asks for. */
    List<Ask> asks(Checked text) {
        boolean command = text.refusal().isEmpty() && text.command().map(c -> has(c.name())).orElse(false);
        return command ? PersonAsks.of(CommandText.of(text.text()), psql::variable) : List.of();
    }

    /** Answers for the next text; none any more when they are empty. */
    void answers(Map<String, char[]> given) {
        answers = Map.copyOf(given);
    }

    Outcome run(MetaCommand command, Request request, PieceRunner runner, OutputSink sink) {
        CommandText text = CommandText.of(request.text().strip());
        return command.name().equals("\\prompt") ? prompt(text, runner) : password(text, request, sink);
    }

    private Outcome prompt(CommandText text, PieceRunner runner) {
        String name = PersonAsks.variable(PersonAsks.arguments(text, psql::variable).rest());
        char[] answer = answers.get(PersonAsks.prompt(name));
        if (name.isEmpty() || answer == null) {
            return new Outcome.Refused(name.isEmpty() ? "\\prompt: missing required argument" : "\\prompt asks for " + name
                    + ", and nobody answered; give it as " + PersonAsks.prompt(name) + " in the answers file");
        }
        if (PersonAsks.secret(name)) {
            secret.accept(answer);
        }
        String value = new String(answer);
        Checked set = PsqlChecks.check("\\set " + ClientState.quoted(name) + " " + ClientState.quoted(value),
                true);
        if (set.refusal().isPresent()) {
            return new Outcome.Refused(set.refusal().get());
        }
        Outcome outcome = runner.command(set.command().orElseThrow(), set.text(), "");
        return outcome instanceof Outcome.Done done ? new Outcome.Done(done.exit(), done.problems(), done.results(),
                done.transaction(), Remembered.variable(name, value)) : outcome;
    }

    private Outcome password(CommandText text, Request request, OutputSink sink) {
        char[] first = answers.get(PersonAsks.PASSWORD);
        char[] again = answers.get(PersonAsks.AGAIN);
        if (request.readOnly()) {
            return new Outcome.Refused("\\password may do more than read, and this text may not");
        }
        if (first == null || again == null) {
            return new Outcome.Refused("\\password needs a person who types the new password");
        }
        if (!Arrays.equals(first, again)) {
            return failed("Passwords didn't match.", sink);
        }
        secret.accept(first);
        List<List<String>> facts = psql.query(outside("SELECT CURRENT_USER, "
                + "pg_catalog.current_setting('password_encryption')"));
        if (facts.isEmpty()) {
            return failed("the server did not say who this is; the password was not changed", sink);
        }
        String user = PersonAsks.user(text, psql::variable).orElse(facts.get(0).get(0));
        try {
            return send(Verifier.command(user, first, facts.get(0).get(1)), sink);
        } catch (IllegalArgumentException e) {
            return failed(e.getMessage(), sink);
        }
    }

    private Outcome send(String statement, OutputSink sink) {
        Said said = new Said(sink);
        Exchange exchange = new Exchange((buffer, offset, length) -> { }, ClientEncoding.toUtf8(psql.charset(), said));
        if (psql.process().run(outside(statement), psql.charset(), exchange) != End.COMPLETE) {
            return new Outcome.Lost(said.firstLine());
        }
        Fields fields = psql.fields(exchange);
        psql.transaction().unknown();
        psql.look(false);
        return fields.error() ? new Outcome.Failed(fields.sqlState(), said.error(), psql.transaction().state())
                : new Outcome.Done(0, List.of(), List.of(), psql.transaction().state(), Optional.empty());
    }

    /** As psql sends statements of its own: AUTOCOMMIT off opens no transaction for them. */
    private String outside(String statement) {
        return psql.state().commits() ? statement + ";\n"
                : "\\set AUTOCOMMIT on\n" + statement + ";\n\\set AUTOCOMMIT off\n";
    }

    private Outcome failed(String why, OutputSink sink) {
        byte[] bytes = (why + "\n").getBytes(StandardCharsets.UTF_8);
        sink.write(OutputSink.Stream.STDERR, bytes, 0, bytes.length);
        return new Outcome.Failed("", why, psql.transaction().state());
    }
}
