package dev.stepmark.session.mysql;

import dev.stepmark.message.Message;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ClientSpec;
import dev.stepmark.session.Opened;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Opens a session: starts the client and believes it only after the server has answered. */
final class MysqlOpening {

    private static final long LIMIT_MILLIS = 120_000;

    private final ClientSpec spec;
    private final MysqlSession.Options options;

    /** A connection that has answered. */
    record Connection(Start start, ClientProcess process, Opened opened, Server server) { }

    MysqlOpening(ClientSpec spec, MysqlSession.Options options) {
        this.spec = spec;
        this.options = options;
    }

    Connection open() throws CannotOpen {
        char[] known = options.password().orElse(null);
        Start.Started started = start(known);
        boolean denied = ServerError.in(started.first().err()).map(ServerError::denied).orElse(false);
        if (denied && known == null) {
            // a password in an option file or no password at all may do; who said -p is asked only when they do not
            Optional<char[]> asked = options.ask().apply(spec.display());
            if (asked.isPresent()) {
                started.process().close();
                known = asked.get();
                started = start(known);
            }
        }
        if (started.end() != ClientProcess.End.COMPLETE || ServerError.in(started.first().err()).isPresent()) {
            started.process().leave();
            throw started.end() == ClientProcess.End.LEFT ? silent() : MysqlErrors.explain(spec, started.first().err());
        }
        return connected(new Start(spec, options.directory(), options.environment(), known), started.process());
    }

    private Start.Started start(char[] password) throws CannotOpen {
        try {
            return new Start(spec, options.directory(), options.environment(), password)
                    .start(Server.asking("DO 0").exchange(), "DO 0", LIMIT_MILLIS);
        } catch (IOException e) {
            throw MysqlErrors.notStarted(spec, e.getMessage());
        }
    }

    private Connection connected(Start start, ClientProcess process) throws CannotOpen {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String question : new String[] {Server.QUESTION, Server.IDENTIFIERS}) {
            Server.Asked asked = Server.asking(question);
            if (process.run(process.statement(question), asked.exchange(), LIMIT_MILLIS) != ClientProcess.End.COMPLETE) {
                process.leave();
                throw silent();
            }
            facts.putAll(Server.read(question, asked.results().all()));
        }
        Server server = new Server(facts);
        return new Connection(start, process, opened(server), server);
    }

    private Opened opened(Server server) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("host", spec.host().isEmpty() ? "localhost" : spec.host());
        identity.put("port", server.fact("server_port"));
        identity.put("database", server.fact("database_name"));
        identity.put("user", server.fact("current_user_name"));
        identity.put("server_host", server.fact("server_host"));
        identity.put("product", server.product());
        String id = server.fact("server_uuid").isEmpty() ? server.fact("server_uid") : server.fact("server_uuid");
        identity.put("system_identifier", id);
        identity.put("backend_pid", server.fact("connection_id"));
        identity.put("client", spec.by());
        String database = server.fact("database_name");
        return new Opened("mysql", (database.isEmpty() ? "no database" : database) + " as "
                + server.fact("current_user_name") + " on " + server.fact("server_host") + ":" + server.fact("server_port")
                + ", " + server.product() + ", by " + spec.by(), identity);
    }

    private CannotOpen silent() {
        return new CannotOpen(Message.of(spec.name() + " gave no answer", "It was started and said nothing for "
                + LIMIT_MILLIS / 1000 + " seconds. No statement of the runbook was sent.", "the same command by hand"), "");
    }
}
