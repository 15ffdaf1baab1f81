package dev.stepmark.testing;

import dev.stepmark.cli.Io;
import dev.stepmark.cli.Main;
import dev.stepmark.journal.JournalVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The whole program as a test calls it: arguments in, exit code and text out. Nobody is at a terminal. It has a home,
 * a state directory and a directory of runs of its own; of the real environment it knows the path only.
 */
public final class Cli {

    private static final Set<String> WITH_JOURNAL = Set.of("run", "plan", "list", "runs", "show", "verify");

    private final Path journal;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /**
     * What a command left behind.
     *
     * @param exit exit code
     * @param out  standard output
     * @param err  standard error
     */
    public record Result(int exit, String out, String err) {

        /** Both streams, for a failed assertion and for words that may be in either. */
        public String all() {
            return out + err;
        }
    }

    /** @param directory an empty directory of the test */
    public Cli(Path directory) {
        this.journal = directory.resolve("runs");
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", directory.resolve("home").toString());
        environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
        environment.put("LC_ALL", "C.UTF-8");
    }

    /** Sets a variable of the environment. */
    public Cli with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Where runs are kept; it may not exist. */
    public Path journal() {
        return journal;
    }

    /** Runs a command in this process. */
    public Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(new ByteArrayInputStream(new byte[0]), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false);
        int exit = Main.run(complete(args).toArray(String[]::new), io, Map.copyOf(environment), Clock.systemUTC());
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Starts a command in a process of its own; the caller waits for it. */
    public Process start(String... args) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(complete(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> complete(String... args) {
        List<String> out = new ArrayList<>(List.of(args));
        if (!out.isEmpty() && WITH_JOURNAL.contains(out.get(0)) && !out.contains("--journal")) {
            out.addAll(List.of("--journal", journal.toString()));
        }
        return out;
    }

    /** The directories of all runs, in the order of their names. */
    public List<Path> runs() {
        if (!Files.isDirectory(journal)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(journal)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only run. */
    public Path run() {
        List<Path> runs = runs();
        if (runs.size() != 1) {
            throw new AssertionError("one run was expected: " + runs);
        }
        return runs.get(0);
    }

    /** What the verifier says about the only run. */
    public JournalVerifier.Status status() {
        return JournalVerifier.verify(run()).status();
    }
}
