package dev.stepmark.docs;

import dev.stepmark.cli.Io;
import dev.stepmark.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The program in this process, without a terminal.
 *
 * @param exit its exit code
 * @param out  standard output
 * @param err  standard error
 */
record Program(int exit, String out, String err) {

    /** Runs a command; its home is the given directory, and nothing else of the environment gets in. */
    static Program run(Path home, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(InputStream.nullInputStream(), stream(out), stream(err), false);
        Map<String, String> environment = Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin", "PGHOST", "localhost",
                "PGUSER", "postgres");
        int exit = Main.run(arguments.toArray(String[]::new), io, environment, Clock.systemUTC());
        return new Program(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
