package dev.stepmark.session.jdbc;

import dev.stepmark.message.Message;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.postgresql.util.ServerErrorMessage;

/** Why a connection could not be opened, in words for the operator. Never holds a password. */
final class ConnectionErrors {

    /** The state of {@link CannotOpen} when the server wants a password and none was given: invalid_password. */
    static final String PASSWORD_WANTED = "28P01";

    private static final String NOTHING = "No step was started.";

    private final ConnectionSpec spec;
    private final boolean passwordGiven;
    private final int seconds;

    /**
     * @param spec          what was to be opened
     * @param passwordGiven whether a password was at hand
     * @param seconds       how long was waited for an answer
     */
    ConnectionErrors(ConnectionSpec spec, boolean passwordGiven, int seconds) {
        this.spec = spec;
        this.passwordGiven = passwordGiven;
        this.seconds = seconds;
    }

    /**
     * Whether the server wanted a password and none was given: then asking for one and trying again makes sense.
     *
     * @param e             what the driver said
     * @param passwordGiven whether a password was at hand
     */
    static boolean passwordWanted(SQLException e, boolean passwordGiven) {
        boolean driverMissesIt = "08004".equals(e.getSQLState()) && ServerMessages.of(e) == null
                && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("password");
        return !passwordGiven && (driverMissesIt || "28P01".equals(e.getSQLState()));
    }

    /**
     * @param e       what the driver said
     * @param nearest the nearest name of an existing database, where one is missing
     */
    CannotOpen explain(SQLException e, Optional<String> nearest) {
        if (passwordWanted(e, passwordGiven)) {
            return cannot("the server wants a password for user " + spec.user() + ", and none was found",
                    "Looked at: PGPASSWORD, ~/.pgpass, service file, URL. " + NOTHING,
                    "an entry in ~/.pgpass, or a terminal, where it is asked for", PASSWORD_WANTED);
        }
        ServerErrorMessage server = ServerMessages.of(e);
        CannotOpen why = server != null ? refusedByServer(e, server, nearest) : unreachable(e);
        return another(e, server) ? why.notReached() : why;
    }

    /** As libpq: whoever was reached and says no is the last one asked, unless it only says "not now". */
    private static boolean another(SQLException e, ServerErrorMessage server) {
        Throwable cause = root(e);
        return server != null ? "57P03".equals(ServerMessages.state(e)) : cause instanceof UnknownHostException
                || cause instanceof SocketTimeoutException || cause instanceof NoRouteToHostException
                || cause instanceof ConnectException;
    }

    private CannotOpen refusedByServer(SQLException e, ServerErrorMessage server, Optional<String> nearest) {
        String state = ServerMessages.state(e);
        return switch (state) {
            case "28P01" -> cannot("the server refused the password for user " + spec.user(),
                    quote(server, state) + NOTHING,
                    "the right entry in ~/.pgpass, or leave PGPASSWORD out and be asked", state);
            case "3D000" -> cannot("there is no database " + spec.database() + " on " + server(),
                    quote(server, state) + NOTHING, nearest.map(name -> connectTo(name) + "     (the nearest name there)")
                            .orElse("psql -l " + uri("postgres") + "     (lists them)"), state);
            case "28000" -> authorization(server, state);
            case "53300" -> cannot("the server has no connection left for " + spec.user(),
                    quote(server, state) + NOTHING, "again when others have disconnected", state);
            case "57P03" -> cannot("the server at " + spec.host() + ":" + spec.port()
                    + " takes no connections at the moment", quote(server, state) + NOTHING,
                    "again in a minute: it is starting, stopping or recovering", state);
            default -> cannot("the server at " + spec.host() + ":" + spec.port() + " refused the connection",
                    quote(server, state) + NOTHING, look(), state);
        };
    }

    private CannotOpen authorization(ServerErrorMessage server, String state) {
        // the name of the server's function is the same in every language, its message is not
        if ("InitializeSessionUserId".equals(server.getRoutine())) {
            return cannot("there is no role " + spec.user() + " on " + server(), quote(server, state) + NOTHING,
                    "another user in the connection, or CREATE ROLE by an administrator", state);
        }
        return cannot("the server does not let " + spec.user() + " connect from here",
                quote(server, state) + NOTHING, "a line in pg_hba.conf of the server, or another user or database",
                state);
    }

    private CannotOpen unreachable(SQLException e) {
        String state = ServerMessages.state(e);
        String target = spec.host() + ":" + spec.port();
        Throwable cause = root(e);
        if (cause instanceof UnknownHostException) {
            return cannot("cannot reach the database: no host is known as " + spec.host(),
                    "The name does not resolve from this machine. " + NOTHING, look(), state);
        }
        if (cause instanceof SocketTimeoutException) {
            return cannot("cannot reach the database: " + target + " did not answer within " + seconds + " s",
                    "A firewall that drops packets, a hanging server, or something else that listens there. " + NOTHING,
                    look(), state);
        }
        if (cause instanceof NoRouteToHostException) {
            return cannot("cannot reach the database: there is no route to " + spec.host(),
                    "The network or a firewall rejects it. " + NOTHING, look(), state);
        }
        if (cause instanceof ConnectException) {
            return cannot("cannot reach the database: connection to " + target + " was refused",
                    "Nothing listens there, or a firewall rejects it. " + NOTHING, look(), state);
        }
        if (tls(e)) {
            return cannot("cannot reach the database: TLS with " + target + " failed",
                    cause.getMessage() + "\n" + NOTHING, "the sslmode and sslrootcert of the connection", state);
        }
        return other(e, cause, target);
    }

    private CannotOpen other(SQLException e, Throwable cause, String target) {
        String state = ServerMessages.state(e);
        if (cause instanceof EOFException) {
            return cannot("cannot reach the database: " + target + " closed the connection",
                    "It listens, but hung up before the connection was open; perhaps it is no PostgreSQL. " + NOTHING, look(), state);
        }
        if (String.valueOf(e.getMessage()).contains("HostnameVerifier")) {
            return cannot("cannot reach the database: the server's certificate is not for " + spec.host(),
                    "sslmode=verify-full wants the name that you connect to in the certificate: this may be another server"
                    + " than you mean. " + NOTHING, "the server's name as its certificate has it; never a weaker sslmode"
                    + " to get through", state);
        }
        if ("08P01".equals(state) || cause instanceof IOException || cause instanceof RuntimeException) {
            return cannot("cannot reach the database: what listens on " + target + " does not speak PostgreSQL's protocol",
                    "The driver said: " + firstLine(e.getMessage()) + "\n" + NOTHING, "another port", state);
        }
        return cannot("cannot open the connection to " + target, "The driver said: " + firstLine(e.getMessage()) + "\n"
                + NOTHING, look(), state);
    }

    /** The cause at the end may be one of certificates alone. */
    private static boolean tls(Throwable e) {
        boolean found = false;
        for (Throwable cause = e; cause != null && !found; cause = cause.getCause() == cause ? null : cause.getCause()) {
            found = cause instanceof SSLException;
        }
        return found;
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String quote(ServerErrorMessage server, String state) {
        return "The server said: " + firstLine(server.getMessage()) + " (" + state + "). ";
    }

    private static String firstLine(String text) {
        return text == null ? "nothing" : text.lines().findFirst().orElse("nothing");
    }

    private String server() {
        return spec.host() + ":" + spec.port();
    }

    private String look() {
        return "stepmark doctor --connect " + uri(spec.database());
    }

    private String connectTo(String database) {
        return "--connect " + uri(database);
    }

    private String uri(String database) {
        String host = spec.host().indexOf(':') >= 0 ? "[" + spec.host() + "]" : spec.host();
        String port = spec.port() == ConnectionResolver.DEFAULT_PORT ? "" : ":" + spec.port();
        return "postgresql://" + spec.user() + "@" + host + port + "/" + database;
    }

    private static CannotOpen cannot(String what, String meaning, String tryThis, String state) {
        return new CannotOpen(new Message(what, List.of(), meaning.lines().toList(), List.of(tryThis)), state);
    }
}
