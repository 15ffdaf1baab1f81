package dev.stepmark.session.psql;

import dev.stepmark.message.Message;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.PsqlProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Opens a session: starts psql and believes it only after it and the server have answered. */
final class PsqlOpening {

    /** Longer than libpq needs for several hosts that do not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String PASSWORD_WANTED = "no password supplied";

    private final ConnectionSpec spec;
    private final PsqlProgram program;
    private final PsqlSession.Options options;

    PsqlOpening(ConnectionSpec spec, PsqlSession.Options options) {
        this.spec = spec;
        this.program = spec.psql().orElseThrow();
        this.options = options;
    }

    /** What psql said when it did not open a connection. */
    private static final class NotOpened extends Exception {
        private static final long serialVersionUID = 1L;

        NotOpened(String said) {
            super(said, null, false, false);
        }
    }

    Psql open() throws CannotOpen {
        char[] known = options.password().orElse(null);
        try {
            return open(known, Optional.empty());
        } catch (NotOpened first) {
            String said = first.getMessage();
            if (SudoPassword.wanted(program, said)) {
                Optional<char[]> own = options.ask().apply(options.osUser() + " for sudo");
                return own.isEmpty() ? refuse(said) : again(known, own.map(SudoPassword::new));
            }
            boolean ask = known == null && said.contains(PASSWORD_WANTED);
            Optional<char[]> asked = ask ? options.ask().apply(spec.display()) : Optional.empty();
            return asked.isEmpty() ? refuse(said) : again(asked.get(), Optional.empty());
        }
    }

    /** Once more, with what a person has said. */
    private Psql again(char[] password, Optional<SudoPassword> account) throws CannotOpen {
        try {
            return open(password, account);
        } catch (NotOpened second) {
            return refuse(second.getMessage());
        }
    }

    private Psql refuse(String said) throws CannotOpen {
        throw errors().explain(said);
    }

    private PsqlErrors errors() {
        return new PsqlErrors(spec, program, options.osUser());
    }

    private Psql open(char[] password, Optional<SudoPassword> account) throws CannotOpen, NotOpened {
        Start start = new Start(program, options.directory(), options.environment(), password, account);
        PsqlProcess process;
        try {
            process = start.session();
        } catch (IOException e) {
            throw new CannotOpen(Message.of("psql cannot be started: " + e.getMessage(),
                    "The connection is opened by psql: " + program.reason() + ". No step was started.",
                    "install the PostgreSQL client, or -h HOST for a connection without psql"), "");
        }
        boolean opened = false;
        try {
            Psql psql = greet(new Psql(process, start));
            opened = true;
            return psql;
        } finally {
            if (!opened) {
                process.close();
            }
        }
    }

    private Psql greet(Psql psql) throws NotOpened {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PsqlProcess process = psql.process();
        process.begin(new Exchange((buffer, offset, length) -> { }, err::write));
        process.sendMarkers();
        PsqlProcess.End end = process.await(Optional.of(LIMIT));
        String said = err.toString(StandardCharsets.UTF_8).strip();
        if (end != PsqlProcess.End.COMPLETE) {
            throw new NotOpened(end == PsqlProcess.End.LEFT ? "timeout expired" : said);
        }
        psql.ask(psql.start().forget());
        psql.readState(true);
        if (psql.state() == null || !psql.identify()) {
            throw new NotOpened(said.isEmpty() ? "psql does not answer as it should" : said);
        }
        return psql;
    }
}
