package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.CommandText;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.MetaArguments.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One meta-command that is being carried out. */
record Call(CommandText command, MetaArguments arguments, Run run) {

    String name() {
        return command.name();
    }

    Client client() {
        return run.client();
    }

    Output output() {
        return run.output();
    }

    /** The next argument. */
    Optional<String> next() {
        return arguments.next(Type.NORMAL, false).map(MetaArguments.Argument::text);
    }

    /** The next argument, semicolons at its end taken off. */
    Optional<String> nextPlain() {
        return arguments.next(Type.NORMAL, true).map(MetaArguments.Argument::text);
    }

    /** The next argument that names a file or a pipe. */
    Optional<String> nextTarget() {
        return arguments.next(Type.FILE_OR_PIPE, false).map(MetaArguments.Argument::text);
    }

    Outcome missing() {
        return new Outcome.Refused(name() + ": missing required argument");
    }

    /** A file as psql finds it: below the directory, with {@code ~} for the home. */
    Path file(String name) {
        return file(run, name);
    }

    static Path file(Run run, String name) {
        String home = run.client().environment().getOrDefault("HOME", "");
        boolean tilde = !home.isEmpty() && (name.equals("~") || name.startsWith("~/"));
        return run.client().directory().resolve(tilde ? home + name.substring(1) : name);
    }

    /**
     * Opens what {@code \o}, {@code \g} and {@code \w} write to.
     *
     * @param where a file, or a pipe that begins with a bar
     * @throws IOException with a message as psql prints it
     */
    static Target target(Run run, String where) throws IOException {
        if (where.startsWith("|")) {
            try {
                return new Programs(run).pipe(where.substring(1).strip());
            } catch (Programs.NotRun e) {
                throw new IOException(where + ": " + e.getMessage(), e);
            }
        }
        Path file = file(run, where);
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("Is a directory");
            }
            return new FileTarget(run, file);
        } catch (Blocking.GivenUp e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(where + ": " + FileErrors.text(e), e);
        }
    }
}
