package dev.stepmark.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command in namespaces of its own: a network with nothing but a loopback interface, processes that end with the
 * first one, and a file system in which only the programs of the machine and the listed directories are seen. What can be
 * seen is listed, so that a socket somewhere on the machine is no way out. Nothing of it needs to be root.
 */
public final class Sandbox {

    /** The user inside: the same on every machine, so that what a document prints is the same too. */
    public static final String USER = "operator";
    /** The home of {@link #USER}. */
    public static final String HOME = "/home/operator";

    private static final int UID = 1000;
    /** Directories of programs and their settings; one that is a link stays a link. */
    private static final List<String> SYSTEM = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/usr",
            "/etc", "/opt", "/nix/store");
    private static final long PATIENCE_SECONDS = 30;

    private final Path directory;
    private final List<View> views;

    /**
     * @param directory an empty directory for what the sandbox itself needs
     * @param views     what is seen besides the system's programs, in this order
     */
    public Sandbox(Path directory, List<View> views) {
        this.directory = directory;
        this.views = List.copyOf(views);
    }

    /**
     * Why commands cannot be run in a sandbox on this machine; empty when they can, which is tried.
     *
     * @param directory an empty directory to try it in
     */
    public static Optional<String> problem(Path directory) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.of("it needs the namespaces of Linux");
        }
        try {
            Process process = new Sandbox(directory, List.of()).command(List.of("/bin/sh", "-c", "true"), Map.of("PATH",
                    System.getenv().getOrDefault("PATH", "/usr/bin:/bin"))).redirectErrorStream(true).start();
            process.getOutputStream().close();
            // a few lines at most: they fit into the pipe
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("making one took longer than " + PATIENCE_SECONDS + " s");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0 ? Optional.empty() : Optional.of(said.isEmpty()
                    ? "it failed with exit status " + process.exitValue() : said.lines().findFirst().orElseThrow());
        } catch (IOException e) {
            return Optional.of("unshare could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /**
     * A command in the sandbox. It ends with everything it started when the process that is started ends, also by force.
     *
     * @param command     words; the program by a path that is seen inside, or to be found on PATH
     * @param environment all of its environment
     */
    public ProcessBuilder command(List<String> command, Map<String, String> environment) {
        try {
            Path root = Files.createDirectories(directory.resolve("root"));
            Path layout = Files.write(directory.resolve("layout"), layout());
            List<String> words = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--net", "--mount",
                    "--pid", "--ipc", "--uts", "--fork", "--kill-child", "--", "/bin/sh", "-c", script(), "seal.sh",
                    root.toString(), layout.toString(), Integer.toString(UID)));
            words.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
            builder.environment().clear();
            builder.environment().putAll(new LinkedHashMap<>(environment));
            return builder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> layout() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String system : SYSTEM) {
            if (Files.exists(Path.of(system))) {
                lines.add((Files.isSymbolicLink(Path.of(system)) ? "link" : "ro") + "\t" + system + "\t" + system);
            }
        }
        lines.add(View.instead(accounts(), "/etc/passwd").line());
        lines.add(View.instead(Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost stepmark\n"
                + "::1 localhost ip6-localhost ip6-loopback\n"), "/etc/hosts").line());
        views.stream().filter(View::listable).map(View::line).forEach(lines::add);
        return lines;
    }

    /** The accounts of the machine, with the one that runs commands inside. */
    private Path accounts() throws IOException {
        List<String> lines = new ArrayList<>();
        Path known = Path.of("/etc/passwd");
        if (Files.isReadable(known)) {
            for (String line : Files.readAllLines(known, StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", -1);
                if (fields.length > 2 && !fields[0].equals(USER) && !fields[2].equals(Integer.toString(UID))) {
                    lines.add(line);
                }
            }
        }
        lines.add(USER + ":x:" + UID + ":" + UID + "::" + HOME + ":/bin/bash");
        return Files.write(directory.resolve("passwd"), lines, StandardCharsets.ISO_8859_1);
    }

    private static String script() throws IOException {
        try (InputStream in = Sandbox.class.getResourceAsStream("seal.sh")) {
            if (in == null) {
                throw new IOException("the program is incomplete: seal.sh is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
