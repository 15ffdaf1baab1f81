package dev.stepmark.cli;

import dev.stepmark.demo.ThrowawayServer;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.Questionnaire.ConnectionNeed;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Elsewhere;
import dev.stepmark.session.Session;
import dev.stepmark.session.jdbc.ConnectionResolver;
import dev.stepmark.shell.PsqlCommand;
import dev.stepmark.shell.Words;
import dev.stepmark.sql.PsqlInvocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sessions of a document that is tested: whatever host it names, its statements go to the throwaway server, to the
 * database and as the role that it names; both are made there when they are missing.
 */
final class ThrowawaySessions implements RunSessions {

    /** Who a connection is made by when the text does not say. */
    private static final String OS_USER = ThrowawayServer.USER;

    private final RealSessions real;
    private final boolean shell;
    private final Supplier<ThrowawayServer> server;
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * @param real   opens what is allowed
     * @param shell  whether a shell is
     * @param server starts the server when it is first needed
     */
    ThrowawaySessions(RealSessions real, boolean shell, Supplier<ThrowawayServer> server) {
        this.real = real;
        this.shell = shell;
        this.server = server;
    }

    /** What was done otherwise than the document says. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** A configuration names the operator's own servers: none of them is meant here. */
    @Override
    public RunSessions with(NamedConnections connections) {
        return this;
    }

    @Override
    public List<ConnectionNeed> needs(SessionDeclaration session, Map<String, String> connect,
            Map<String, String> declared) {
        return List.of();
    }

    @Override
    public Session openShell(String cwd, Map<String, String> variables, Map<String, String> secrets, String cookie)
            throws CannotOpen {
        if (!shell) {
            throw new CannotOpen(Message.of("commands of a shell are not run here", "There is no sandbox on this machine,"
                    + " and nobody allowed them. Nothing was run.", "--allow shell"), "");
        }
        return real.openShell(cwd, variables, secrets, cookie);
    }

    @Override
    public ConnectionPlan plan(String opener, Map<String, String> environment) {
        try {
            return redirected(opener.strip(), environment);
        } catch (StepmarkException e) {
            return ConnectionRoutes.impossible(e.message().what());
        }
    }

    /** A psql of another place: the sandbox takes that place too. */
    @Override
    public ConnectionPlan plan(String opener, Map<String, String> environment, Elsewhere place, String user) {
        return plan(opener, environment);
    }

    @Override
    public ClientPlan planClient(String opener, Map<String, String> environment, Optional<Elsewhere> place) {
        return new ClientPlan(Optional.empty(), "a test has no throwaway server of this kind", Optional.empty());
    }

    private ConnectionPlan redirected(String opener, Map<String, String> environment) {
        Optional<PsqlCommand> command = command(opener);
        if (command.isEmpty()) {
            return ConnectionRoutes.impossible("it is neither a URL that begins with postgresql:// nor a psql command");
        }
        PsqlInvocation psql = PsqlInvocation.parse(command.get().words());
        if (!psql.problem().isEmpty() || !psql.interactive()) {
            return ConnectionRoutes.impossible(psql.problem().isEmpty() ? "psql would not read statements here"
                    : psql.problem());
        }
        Map<String, String> surroundings = new LinkedHashMap<>(environment);
        surroundings.putAll(psql.assignments());
        String user = command.get().user().isEmpty() ? OS_USER : command.get().user();
        Optional<ConnectionSpec> meant = ConnectionResolver.forPsql(psql, surroundings, user);
        if (meant.isEmpty()) {
            return ConnectionRoutes.impossible("the connection cannot be told from it");
        }
        note(opener, meant.get());
        List<String> words = new ArrayList<>(List.of("psql"));
        words.addAll(psql.options());
        words.addAll(List.of("-h", "localhost", "-p", Integer.toString(server.get().port()), "-U", meant.get().user(),
                "-d", meant.get().database()));
        Map<String, String> plain = new LinkedHashMap<>(environment);
        plain.keySet().removeIf(name -> name.startsWith("PG"));
        return new ConnectionRoutes(OS_USER).plan(new PsqlCommand(List.of(), false, "", true, words), plain);
    }

    /** The psql in a command: also one that another program would start, whose place the sandbox takes. */
    private static Optional<PsqlCommand> command(String opener) {
        if (opener.isEmpty() || opener.startsWith("postgres://") || opener.startsWith("postgresql://")) {
            return Optional.of(new PsqlCommand(List.of(), false, "", true, opener.isEmpty() ? List.of("psql")
                    : List.of("psql", opener)));
        }
        List<String> words = Words.split(opener).orElse(List.of());
        Optional<PsqlCommand> known = PsqlCommand.of(words);
        int at = words.indexOf("psql");
        return known.isPresent() || at < 0 ? known : PsqlCommand.of(words.subList(at, words.size()));
    }

    private void note(String opener, ConnectionSpec meant) {
        boolean here = meant.host().isEmpty() || meant.host().equals("localhost");
        notes.add((opener.isEmpty() ? "SQL" : "\"" + withoutPassword(opener) + "\"") + " went to the throwaway server"
                + (here ? "" : " instead of " + meant.host()) + ", database " + meant.database() + " as " + meant.user());
    }

    private static String withoutPassword(String opener) {
        return opener.replaceAll("://([^:@/\\s]*):[^@\\s]*@", "://$1:...@").replaceAll("(?i)(password=)\\S+", "$1...");
    }

    @Override
    public Session openSql(ConnectionSpec spec, PasswordSource password) throws CannotOpen {
        try {
            server.get().provide(spec.user(), spec.database());
        } catch (IOException e) {
            throw new CannotOpen(Message.of("database " + spec.database() + " cannot be made on the throwaway server: "
                    + e.getMessage(), "No statement was sent.", ""), "");
        }
        return real.openSql(spec, password);
    }

    /** A server that is started once, by whoever needs it first. */
    static final class Once implements Supplier<ThrowawayServer>, AutoCloseable {

        private final Starting starting;
        private ThrowawayServer server;

        /** Starts it. */
        interface Starting {
            ThrowawayServer start() throws IOException;
        }

        Once(Starting starting) {
            this.starting = starting;
        }

        /** Whether anybody has needed it. */
        boolean started() {
            return server != null;
        }

        @Override
        public ThrowawayServer get() {
            if (server == null) {
                try {
                    server = starting.start();
                } catch (IOException e) {
                    throw new StepmarkException(dev.stepmark.message.ExitCode.FAILED, Message.of("the throwaway"
                            + " PostgreSQL did not start: " + e.getMessage(), "No statement was sent.",
                            "stepmark demo   (starts the same server, and says more)"));
                }
            }
            return server;
        }

        @Override
        public void close() {
            if (server != null) {
                server.close();
            }
        }
    }
}
