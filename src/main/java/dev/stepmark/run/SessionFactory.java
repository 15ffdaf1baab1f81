package dev.stepmark.run;

import dev.stepmark.message.Message;
import dev.stepmark.plan.Questionnaire.ConnectionNeed;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ClientSpec;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Console;
import dev.stepmark.session.Elsewhere;
import dev.stepmark.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Opens sessions: the only way from the runner to bash and to a database, so that tests can put fakes there. */
public interface SessionFactory {

    /**
     * Opens a shell on this machine.
     *
     * @param cwd       where it starts; empty for the tool's own directory
     * @param variables exported besides the tool's own environment
     * @param secrets   exported too, by a way that shows them to nobody
     * @param cookie    names the run in the environment of every process
     */
    Session openShell(String cwd, Map<String, String> variables, Map<String, String> secrets, String cookie)
            throws CannotOpen;

    /**
     * Works out a connection, asking nobody.
     *
     * @param opener      a {@code psql ...} command, or a URL
     * @param environment PG* variables of the shell it was typed in
     */
    ConnectionPlan plan(String opener, Map<String, String> environment);

    /**
     * The same for a psql that is typed in a shell of another place.
     *
     * @param place that shell's
     * @param user  the account there
     */
    default ConnectionPlan plan(String opener, Map<String, String> environment, Elsewhere place, String user) {
        return new ConnectionPlan(Optional.empty(), List.of(), "a psql of another place cannot be opened here",
                Optional.empty());
    }

    /**
     * Opens a shell inside another.
     *
     * @param nested  how
     * @param console the terminal of the person who is asked for a password
     * @param goesOn  whether nobody has asked to stop opening it
     */
    default Session openNested(Nested nested, Console console, BooleanSupplier goesOn) throws CannotOpen {
        throw new CannotOpen(Message.of("no shell can be opened by " + nested.opener(), "Nothing was run in it.",
                "do this part by hand: m"), "");
    }

    /**
     * How a shell is opened inside another.
     *
     * @param words       the program that leads there, with its arguments, on three streams
     * @param preamble    what the program wants on its input before the shell's commands; empty for nothing
     * @param asksOnInput whether it asks for a password on its standard input
     * @param command     the words that start another command at the same place; empty where there is no way
     * @param trusted     whether its exit status is that of the shell
     * @param directory   where it is started; empty for the tool's own
     * @param environment of the program, besides the tool's own; empty values of it hold too
     * @param secrets     exported in the shell by a way that shows them to nobody
     * @param cookie      names the run in the environment of every process
     * @param opener      the command as the text has it
     */
    record Nested(List<String> words, String preamble, boolean asksOnInput, Function<List<String>, Optional<List<String>>> command,
            boolean trusted, String directory, Map<String, String> environment, Map<String, String> secrets,
            String cookie, String opener) { }

    /**
     * Connects.
     *
     * @param spec     where to
     * @param password asks for a password, called only when the server wants one and none was found
     */
    Session openSql(ConnectionSpec spec, PasswordSource password) throws CannotOpen;

    /**
     * Works out how a client of another database is started, asking nobody.
     *
     * @param opener      the command as the text has it
     * @param environment of the shell it was typed in
     */
    default ClientPlan planClient(String opener, Map<String, String> environment) {
        return new ClientPlan(Optional.empty(), "not supported here", Optional.empty());
    }

    /**
     * Starts a client and connects.
     *
     * @param spec      how
     * @param directory where it was typed, or empty
     * @param password  asks for a password, called only when the server refuses without one
     */
    default Session openClient(ClientSpec spec, String directory, PasswordSource password) throws CannotOpen {
        throw new CannotOpen(Message.of("a session of " + spec.name() + " cannot be opened here", "Nothing was run.",
                "do it by hand"), "");
    }

    /**
     * A client as far as its command tells.
     *
     * @param spec     how it is started, when that is clear
     * @param problem  why it can never be opened, or empty
     * @param password the password that the command itself names, or empty; never shown
     */
    record ClientPlan(Optional<ClientSpec> spec, String problem, Optional<char[]> password) { }

    /**
     * What the operator wants to see wherever something runs on a connection.
     *
     * @param connection the name of the connection, or empty
     * @param identity   {@code host}, {@code port} and {@code database}, as far as they are known
     */
    default Optional<Banner> banner(String connection, Map<String, String> identity) {
        return Optional.empty();
    }

    /** Where the address of a connection was written down, when that is not the document; else empty. */
    default String origin(String connection) {
        return "";
    }

    /**
     * A connection as far as it could be worked out.
     *
     * @param spec     complete, when nothing is missing
     * @param needs    what is missing; filled in as PGHOST, PGUSER, ... of the environment
     * @param problem  why it can never be opened (an option that is not supported yet), or empty
     * @param password the password that the opener itself names, or empty; never shown
     */
    record ConnectionPlan(Optional<ConnectionSpec> spec, List<ConnectionNeed> needs, String problem,
            Optional<char[]> password) { }

    /**
     * Where a password can come from.
     *
     * @param environment PG* variables, for PGPASSWORD and PGPASSFILE
     * @param known       a password that is known already, or empty
     * @param ask         asks a person for the password of what it is given (user, host, port); empty when there is nobody
     * @param found       told every password that is used, so that it can be masked
     * @param warn        told what is wrong with a source of passwords
     */
    record PasswordSource(Map<String, String> environment, Optional<char[]> known,
            Function<String, Optional<char[]>> ask,
            java.util.function.Consumer<char[]> found, java.util.function.Consumer<String> warn) { }
}
