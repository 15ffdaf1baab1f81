package dev.stepmark.session.psql;

import dev.stepmark.message.Message;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.PsqlProgram;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why psql could not connect, in words for the operator: what it said, what that means, what to do. */
final class PsqlErrors {

    private static final String NOTHING = "No step was started.";

    /**
     * A known complaint.
     *
     * @param said    what psql, libpq, the server or the program in front of psql says
     * @param what    what happened; {@code {n}} stands for a group, {@code {host}} and the like for the connection
     * @param meaning what it means
     * @param tryThis what to do
     * @param state   SQLSTATE where the server's words have one
     */
    private record Known(Pattern said, String what, String meaning, String tryThis, String state) { }

    private static final List<Known> KNOWN = List.of(
            known("no password supplied", "the server wants a password for user {user}, and none was found",
                    "Looked at by psql: PGPASSWORD, the password file, the service file. {launched}",
                    "an entry in ~/.pgpass of the user who runs psql, or a terminal, where it is asked for", "28P01"),
            known("Peer authentication failed for user \"(.*?)\"", "the server does not take the operating system user"
                    + " {os} for role {1}", "On this socket a role is let in by the name of the operating system user"
                    + " (peer in pg_hba.conf).", "sudo -u {1} psql ..., or -U with the role of that name", "28000"),
            known("password authentication failed for user \"(.*?)\"", "the server refused the password for user {1}",
                    "The password that psql found is not the right one.",
                    "the right entry in ~/.pgpass, or leave PGPASSWORD out and be asked", "28P01"),
            known("role \"(.*?)\" does not exist", "there is no role {1} on {host}:{port}",
                    "Without -U psql takes the name of the operating system user.",
                    "another user: -U NAME, or CREATE ROLE by an administrator", "28000"),
            known("database \"(.*?)\" does not exist", "there is no database {1} on {host}:{port}",
                    "Without a database name psql takes the name of the user.",
                    "psql -l on that server   (lists them)", "3D000"),
            known("no pg_hba.conf entry for", "the server does not let {user} connect from here",
                    "No line of pg_hba.conf fits this user, database, address and encryption.",
                    "a line in pg_hba.conf of the server, or another user or database", "28000"),
            known("too many clients|remaining connection slots|too many connections",
                    "the server has no connection left for {user}", "Others use them all.",
                    "again when others have disconnected", "53300"),
            known("the database system is (?:starting up|shutting down|in recovery|not yet accepting)",
                    "the server at {host}:{port} takes no connections at the moment",
                    "It is starting, stopping or recovering.", "again in a minute", "57P03"),
            known("session is read-only|server is not in hot standby mode|session is not read-only"
                    + "|server is in hot standby mode", "no server of {host} is what target_session_attrs wants",
                    "Each one answered, and none is {attrs}.", "another target_session_attrs, or look which one is"
                    + " primary", "08001"),
            known("on socket \"(.*?)\" failed: No such file or directory", "no server listens on the socket {1}",
                    "There is no such file: no server on this machine uses that directory and port.",
                    "-h with the directory of the socket (SHOW unix_socket_directories), -p, or -h HOST for TCP", ""),
            known("on socket \"(.*?)\" failed: Connection refused", "no server listens on the socket {1}",
                    "The file is there, and nobody takes connections on it: a server that has ended left it.",
                    "start the server; pg_isready -h {host} -p {port}", ""),
            known("on socket \"(.*?)\" failed: Permission denied", "{os} may not use the socket {1}",
                    "Its mode or that of its directory keeps this user out (unix_socket_permissions).",
                    "sudo -u postgres psql, or -h HOST for TCP", ""),
            known("could not translate host name \"(.*?)\" to address", "no host is known as {1}",
                    "The name does not resolve from this machine.", "another -h, or look at DNS", ""),
            known("timeout expired", "{host}:{port} did not answer in time",
                    "A firewall that drops packets, a hanging server, or something else that listens there.",
                    "pg_isready -h {host} -p {port}", ""),
            known("failed: Connection refused", "connection to {host}:{port} was refused",
                    "Nothing listens there, or a firewall rejects it.", "pg_isready -h {host} -p {port}", ""),
            known("No route to host|Network is unreachable", "there is no route to {host}",
                    "The network or a firewall rejects it.", "pg_isready -h {host} -p {port}", ""),
            known("server certificate for \"(.*?)\"(?: \\(and .*?\\))? does not match host name \"(.*?)\"",
                    "the server's certificate is for {1}, not for {2}",
                    "sslmode=verify-full wants the name that you connect to in the certificate: this may be another"
                    + " server than you mean.", "-h {1} when that is its name; never a weaker sslmode to get through",
                    ""),
            known("certificate verify failed", "the server's certificate is not trusted",
                    "No authority in sslrootcert has signed it.", "sslrootcert=FILE with the right authority", ""),
            known("root certificate file \"(.*?)\" does not exist", "the file of trusted authorities {1} is missing",
                    "sslmode={sslmode} checks the server's certificate against it.", "sslrootcert=FILE", ""),
            known("server does not support SSL", "the server at {host}:{port} does not speak TLS",
                    "sslmode={sslmode} wants it.", "ssl = on in the server's configuration", ""),
            known("requires a valid client certificate|certificate authentication failed|tlsv13? alert"
                    + "|could not (?:load|open) (?:private key|certificate) file",
                    "the client certificate was not accepted, or could not be used", "sslcert and sslkey name it; the"
                    + " key must be readable by its owner only, and its name must be the user's.",
                    "sslcert=FILE sslkey=FILE", "28000"),
            known("definition of service \"(.*?)\" not found", "there is no service {1}",
                    "Looked at: PGSERVICEFILE, ~/.pg_service.conf, PGSYSCONFDIR/pg_service.conf.",
                    "the service's name, or the connection itself: -h HOST -d DATABASE", ""),
            known("requirepeer specifies \"(.*?)\", but actual peer user name is \"(.*?)\"",
                    "the server on the socket runs as {2}, not as {1}",
                    "requirepeer keeps you from a server that somebody else has started.", "requirepeer={2} when that"
                    + " is right", ""),
            known("invalid (?:connection option|port number|integer value|sslmode value).*|missing \"=\" after.*",
                    "psql does not take the connection: {0}", "A parameter of the connection is wrong.",
                    "the connection of the psql command", ""),
            known("sudo: \\d+ incorrect password attempt.*", "sudo did not take your password",
                    "It was tried once, and psql was not started.", "the same again: it asks again", ""),
            known("sudo: .*(?:password is required|terminal is required|no tty present|askpass).*",
                    "sudo wants your password to start psql as another user",
                    "psql has no terminal here, so that sudo cannot ask, and nobody has given the password (or sudo does"
                    + " not remember it: timestamp_timeout).", "at a terminal, or start stepmark as that user,"
                    + " or a NOPASSWD rule for psql, or -h localhost with a password", ""),
            known("is not (?:in the sudoers file|allowed to (?:execute|run))", "sudo does not let {os} start psql as"
                    + " another user", "Nothing in sudoers allows it.", "start stepmark as a user who may", ""),
            known("su: Authentication failure|su: must be run from a terminal|runuser: may not be used by non-root",
                    "the other user's psql could not be started: {0}", "su asks for a password at a terminal, which psql"
                    + " does not have here; runuser is for root only.", "start stepmark as that user, or sudo -u", ""),
            known("(?:su|runuser|sudo): (?:user|unknown user:?) (\\S+).*", "there is no operating system user {1}",
                    "psql was not started.", "the name of the user", ""),
            known("command not found|: not found|No such file or directory", "psql cannot be started: {0}",
                    "It is not on the PATH of the user who would run it.", "install the PostgreSQL client, or -h HOST for"
                    + " a connection without psql", ""));

    private final ConnectionSpec spec;
    private final PsqlProgram program;
    private final String osUser;

    PsqlErrors(ConnectionSpec spec, PsqlProgram program, String osUser) {
        this.spec = spec;
        this.program = program;
        this.osUser = osUser;
    }

    private static Known known(String said, String what, String meaning, String tryThis, String state) {
        return new Known(Pattern.compile(said), what, meaning, tryThis, state);
    }

    /** Explains what was said on standard error when psql ended without a connection. */
    CannotOpen explain(String said) {
        for (Known known : KNOWN) {
            Matcher matcher = known.said.matcher(said);
            if (matcher.find()) {
                String launched = program.launcher().isEmpty() ? "" : "A password of Stepmark's own environment does not"
                        + " reach it through " + program.launcher().get(0) + ".";
                String meaning = fill(known.meaning, matcher).replace("{launched}", launched).strip();
                return cannot(fill(known.what, matcher), meaning, said, fill(known.tryThis, matcher), known.state);
            }
        }
        return cannot("psql could not open the connection", "", said, "the same psql command by hand", "");
    }

    private String fill(String text, Matcher matcher) {
        String filled = text.replace("{0}", matcher.group().strip());
        for (int i = 1; i <= matcher.groupCount(); i++) {
            filled = filled.replace("{" + i + "}", String.valueOf(matcher.group(i)));
        }
        return filled.replace("{user}", spec.user()).replace("{host}", spec.host())
                .replace("{port}", Integer.toString(spec.port())).replace("{os}", osUser)
                .replace("{sslmode}", spec.parameters().getOrDefault("sslmode", "prefer"))
                .replace("{attrs}", spec.parameters().getOrDefault("target_session_attrs", "that"));
    }

    private static CannotOpen cannot(String what, String meaning, String said, String tryThis, String state) {
        List<String> lines = new java.util.ArrayList<>();
        if (!meaning.isEmpty()) {
            lines.add(meaning);
        }
        said.lines().map(String::strip).filter(line -> !line.isEmpty()).limit(6)
                .forEach(line -> lines.add("psql said: " + line.replaceFirst("^psql: error: ", "")));
        lines.add(NOTHING);
        return new CannotOpen(new Message("cannot open the connection: " + what, List.of(), lines, List.of(tryThis)),
                state);
    }
}
