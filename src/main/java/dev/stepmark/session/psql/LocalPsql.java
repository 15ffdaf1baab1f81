package dev.stepmark.session.psql;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The psql of this machine, and the sockets that servers of this machine listen on. */
public final class LocalPsql {

    private static final Pattern SOCKET = Pattern.compile("on socket \"(.*)/\\.s\\.PGSQL\\.1\"");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Map<String, Told> TOLD = new ConcurrentHashMap<>();

    private LocalPsql() { }

    /** The program that a word would start, on a search path; empty when there is none. */
    public static Optional<String> find(String word, String path) {
        if (word.indexOf('/') >= 0) {
            return Files.isExecutable(Path.of(word)) ? Optional.of(word) : Optional.empty();
        }
        for (String directory : path.split(java.io.File.pathSeparator)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, word);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return Optional.of(candidate.toAbsolutePath().toString());
            }
        }
        return Optional.empty();
    }

    /**
     * What a psql says about its sockets.
     *
     * @param directory where it looks for them, or empty
     * @param silent    whether it gave no answer at all
     */
    record Told(Optional<String> directory, boolean silent) { }

    /**
     * The directory in which a psql looks for sockets when nothing names one. It was chosen when psql was built, and only
     * psql knows: it is asked for a socket that does not exist, and its error names the directory.
     *
     * @param program psql
     */
    public static Optional<String> socketDirectory(String program) {
        return ask(program).directory();
    }

    /** Whether a psql gave no answer when it was asked, so that it will not open a connection either. */
    public static boolean silent(String program) {
        return ask(program).silent();
    }

    private static Told ask(String program) {
        return TOLD.computeIfAbsent(program, p -> ask(p, LIMIT));
    }

    /** Asks, and does not wait longer than that. */
    static Told ask(String program, Duration limit) {
        Path said = null;
        try {
            // a file and no pipe: something that psql has started could hold a pipe open for ever
            said = Files.createTempFile("stepmark-psql", "");
            ProcessBuilder builder = new ProcessBuilder(program, "-X", "-w", "-p", "1", "-U", "nobody", "-d", "postgres")
                    .redirectErrorStream(true).redirectOutput(said.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return new Told(Optional.empty(), true);
            }
            Matcher socket = SOCKET.matcher(new String(Files.readAllBytes(said), StandardCharsets.UTF_8));
            return new Told(socket.find() ? Optional.of(socket.group(1)) : Optional.empty(), false);
        } catch (IOException e) {
            return new Told(Optional.empty(), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Told(Optional.empty(), false);
        } finally {
            delete(said);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // the system clears its temporary files
            return;
        }
    }

    /** Whether a server takes connections on the socket in a directory; nothing is sent to it. */
    public static boolean listens(String directory, int port) {
        Path socket = Path.of(directory, ".s.PGSQL." + port);
        if (!Files.exists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
