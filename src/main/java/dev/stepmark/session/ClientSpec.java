package dev.stepmark.session;

import java.util.List;
import java.util.Optional;

/**
 * A database client that is started as the text says, and that finds its server itself: mysql, mariadb.
 *
 * @param launcher words in front of it ({@code sudo}); empty when it is started directly
 * @param program  its name or path
 * @param defaults options about option files, which stand before all others
 * @param options  its further options, without host, user, password and database
 * @param host     as the text says, or empty
 * @param port     as the text says, or empty
 * @param user     as the text says, or empty
 * @param socket   as the text says, or empty
 * @param database as the text says, or empty
 * @param asks     whether the text has it ask for a password
 */
public record ClientSpec(List<String> launcher, String program, List<String> defaults, List<String> options, String host,
        String port, String user, String socket, String database, boolean asks) {

    public ClientSpec {
        launcher = List.copyOf(launcher);
        defaults = List.copyOf(defaults);
        options = List.copyOf(options);
    }

    /** The same on another database. */
    public ClientSpec withDatabase(String other) {
        return new ClientSpec(launcher, program, defaults, options, host, port, user, socket, other, asks);
    }

    /** Where it goes, for people, as far as the text says it. */
    public String display() {
        String place = !socket.isEmpty() ? "the socket " + socket : host.isEmpty() ? "the default server of " + name()
                : host + (port.isEmpty() ? "" : ":" + port);
        return (database.isEmpty() ? "" : database + " ") + "as " + (user.isEmpty() ? "the default user" : user) + " on "
                + place;
    }

    /** For people: {@code mysql}, or {@code mysql, started by sudo}. */
    public String by() {
        return name() + Optional.of(launcher).filter(l -> !l.isEmpty()).map(l -> ", started by " + String.join(" ", l))
                .orElse("");
    }

    /** The program without its directory. */
    public String name() {
        return program.replaceFirst("^.*/", "");
    }
}
