package dev.stepmark.session.psql;

import dev.stepmark.session.PsqlProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How psql is started for a session: always without a start-up file and without asking for a password. A password goes by
 * the environment of the child alone.
 */
final class Start {

    /** Seconds that libpq waits for an answer of each host, unless something else is said. */
    private static final String CONNECT_TIMEOUT = "10";

    private final PsqlProgram program;
    private final Path directory;
    private final Map<String, String> environment;
    /** What reaches a psql of another place, in its preamble. */
    private final Map<String, String> sent;
    private final String forget;
    private final Optional<SudoPassword> account;

    Start(PsqlProgram program, Path directory, Map<String, String> environment, char[] password,
            Optional<SudoPassword> account) {
        this.program = program;
        this.directory = directory;
        boolean far = program.elsewhere().isPresent();
        Map<String, String> complete = new LinkedHashMap<>(far ? program.elsewhere().get().environment() : environment);
        this.forget = password == null ? "" : ("\\setenv PGPASSWORD " + Optional.ofNullable(complete.get("PGPASSWORD"))
                .map(ClientState::quoted).orElse("")).strip() + "\n";
        if (password != null) {
            complete.put("PGPASSWORD", new String(password));
        }
        complete.putIfAbsent("PGCONNECT_TIMEOUT", CONNECT_TIMEOUT);
        complete.putIfAbsent("PGCLIENTENCODING", "UTF8");
        complete.putIfAbsent("PGAPPNAME", "stepmark");
        // psql's own words are read here: connection errors, failed meta-commands
        complete.remove("LANGUAGE");
        String all = complete.remove("LC_ALL");
        if (all != null) {
            complete.put("LC_CTYPE", all);
            complete.put("LC_COLLATE", all);
        }
        complete.put("LC_MESSAGES", "C");
        this.environment = far ? environment : complete;
        this.sent = complete;
        this.account = account;
    }

    /**
     * Commands for a psql that is connected: the password was for this connection only, and libpq would send it wherever
     * {@code \c} leads. psql itself keeps it for the same host, port and user.
     */
    String forget() {
        return forget;
    }

    /** Commands after which a password is known to psql for the command between them only. */
    String with(char[] password, String command) {
        String back = forget.isEmpty() ? new Start(program, directory, environment, password, account).forget : forget;
        return "\\setenv PGPASSWORD " + ClientState.quoted(new String(password)) + "\n" + command + "\n" + back;
    }

    PsqlProgram program() {
        return program;
    }

    /** The session's own psql, with the options of its command. */
    PsqlProcess session() throws IOException {
        return start(program.options());
    }

    /** Another psql on the same way. */
    PsqlProcess plain(List<String> options) throws IOException {
        return start(options);
    }

    private PsqlProcess start(List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-X", "-w"));
        arguments.addAll(options);
        if (!program.written().isEmpty()) {
            arguments.add("-d");
            arguments.add(program.conninfo());
        }
        List<String> command = program.command(arguments);
        List<String> whole = account.isEmpty() ? command : SudoPassword.command(program, command);
        PsqlProcess process = PsqlProcess.start(whole, environment, directory);
        account.ifPresent(password -> process.send(password.line()));
        if (program.elsewhere().isPresent()) {
            process.send(program.preamble(arguments, sent), StandardCharsets.UTF_8);
        }
        return process;
    }
}
