package dev.stepmark.testing;

import dev.stepmark.cli.Main;
import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.journal.Runs;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * The program as it is installed: started by the real launcher, from a directory with a blank in its name, with an
 * environment that has only what a test puts there. A command is a line for a shell, so that a test can close
 * descriptors, set limits and pipe.
 */
public final class Installed {

    /** Two read-only steps that need no answer but the start. */
    public static final String HELLO = """
            # Say hello

            1. Say it.

               ```bash
               echo hello
               ```

            2. Say it again.

               ```bash
               echo again
               ```
            """;
    /** Options of a run that nobody attends. */
    public static final String UNATTENDED = " --yes --answer start=yes";

    private final Path root;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /**
     * How a command ended.
     *
     * @param exit exit code
     * @param out  standard output
     * @param err  standard error
     */
    public record Ended(int exit, String out, String err) { }

    /** @param root an empty directory */
    public Installed(Path root) {
        this.root = root;
        try {
            Path launcher = root.resolve("the program").resolve("bin").resolve("stepmark");
            Files.createDirectories(launcher.getParent());
            Files.copy(Path.of("src/main/dist/bin/stepmark"), launcher);
            Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
            jar(Files.createDirectories(root.resolve("the program").resolve("lib")).resolve("stepmark.jar"));
            Files.createDirectories(root.resolve("home"));
            Files.createDirectories(work());
            with("hello.md", HELLO);
            env("PATH", launcher.getParent() + ":/usr/local/bin:/usr/bin:/bin");
            env("JAVA_HOME", System.getProperty("java.home"));
            env("HOME", root.resolve("home").toString());
            env("LANG", "C.UTF-8");
            // made in the background, it would come after the end of a test
            env("STEPMARK_ARCHIVE", "off");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A jar without classes that leads to those under test. */
    private static void jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        main.put(Attributes.Name.CLASS_PATH, Arrays.stream(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(file)) {
            new JarOutputStream(out, manifest).close();
        }
    }

    /** The directory that commands start in. */
    public Path work() {
        return root.resolve("work");
    }

    /** The home directory, if HOME was left as it is. */
    public Path home() {
        return root.resolve("home");
    }

    /** Where runs are kept, if neither HOME nor XDG_STATE_HOME is changed. */
    public Path journal() {
        return home().resolve(".local").resolve("state").resolve("stepmark").resolve("runs");
    }

    /** Sets a variable; null removes it. */
    public Installed env(String name, String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
        return this;
    }

    /** Puts a file into the working directory. */
    public Installed with(String name, String text) throws IOException {
        Files.writeString(work().resolve(name), text);
        return this;
    }

    /** Runs a line of bash in the working directory. */
    public Ended sh(String line) throws Exception {
        return run(work(), "bash", "-c", line);
    }

    /** Runs a program in a directory. */
    public Ended run(Path directory, String... command) throws Exception {
        Path out = Files.createTempFile(root, "out", "");
        Path err = Files.createTempFile(root, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectInput(new File("/dev/null")).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("it did not end: " + String.join(" ", command));
        }
        return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** The runs of a directory, the newest first. */
    public static List<Runs.Entry> runs(Path directory) {
        return new Runs(directory).list();
    }

    /** What the verifier says about the newest run here. */
    public JournalVerifier.Status status() {
        return JournalVerifier.verify(runs(journal()).get(0).directory().path()).status();
    }
}
