package dev.stepmark.session.mysql;

import dev.stepmark.message.Message;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ClientSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Why the client could not connect, in words for the operator: what it said, what that means, what to do. */
final class MysqlErrors {

    /** What a number means, and what to do. */
    private record Known(String what, String meaning, String tryThis) { }

    private static final Map<Integer, Known> KNOWN = Map.of(
            1045, new Known("the server refused the user or the password", "The client looked for a password in its option"
                    + " files and in MYSQL_PWD; at a terminal it is asked for.",
                    "the right user: -u NAME; or a [client] password in ~/.my.cnf, mode 0600"),
            1698, new Known("the server lets this user in by another way than a password", "Mostly that is the operating"
                    + " system user of that name (unix_socket, auth_socket).", "sudo mysql, or another user: -u NAME"),
            1049, new Known("there is no such database", "The server answered, and does not have it.",
                    "SHOW DATABASES lists them"),
            1044, new Known("this user may not use that database", "The server answered.", "GRANT by an administrator"),
            1130, new Known("the server does not let this machine connect", "No account of the server fits this host.",
                    "an account for this host, or a connection from elsewhere"),
            1040, new Known("the server has no connection left", "Others use them all.", "again when others have left"),
            2002, new Known("no server was reached", "Without -h, or with -h localhost, the client uses a Unix socket.",
                    "-S with the server's socket, or -h 127.0.0.1 for TCP"),
            2003, new Known("no server was reached", "Nothing listens there, or a firewall rejects it.",
                    "mysqladmin ping with the same -h and -P"),
            2005, new Known("the name of the host does not resolve", "No host is known by it from this machine.",
                    "another -h, or look at DNS"),
            2026, new Known("no encrypted connection could be made", "Server and client do not agree on TLS.",
                    "the --ssl options of the command"));

    private MysqlErrors() { }

    static CannotOpen explain(ClientSpec spec, String said) {
        boolean missing = said.contains("failed to execute") || said.contains("command not found");
        if (missing) {
            return notStarted(spec, said.strip());
        }
        ServerError error = ServerError.in(said).orElse(new ServerError(0, "", said));
        Known known = KNOWN.get(error.number());
        if (said.contains("sudo:")) {
            known = new Known("sudo did not start " + spec.name(), "There is no terminal on which it could ask for a"
                    + " password.", "start stepmark as that user, or a NOPASSWD rule for " + spec.name());
        }
        if (known == null) {
            known = new Known(spec.name() + " could not open the connection", "", "the same command by hand");
        }
        List<String> lines = new ArrayList<>();
        if (!known.meaning().isEmpty()) {
            lines.add(known.meaning());
        }
        said.lines().map(String::strip).filter(l -> !l.isEmpty()).limit(6)
                .forEach(l -> lines.add(spec.name() + " said: " + l));
        lines.add("No statement of the runbook was sent.");
        return new CannotOpen(new Message("cannot open the connection " + spec.display() + ": " + known.what(), List.of(),
                lines, List.of(known.tryThis())), error.state());
    }

    static CannotOpen notStarted(ClientSpec spec, String why) {
        return new CannotOpen(Message.of(spec.name() + " cannot be started: " + why, "The connection is opened by the client"
                + " that the text names. No statement was sent.", "install it (mariadb-client or mysql-client), or do this"
                + " part by hand: m"), "");
    }
}
