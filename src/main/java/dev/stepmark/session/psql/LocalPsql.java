package dev.stepmark.session.psql;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The psql of this machine, and the sockets that servers of this machine listen on. */
public final class LocalPsql {

    private static final Pattern SOCKET = Pattern.compile("on socket \"(.*)/\\.s\\.PGSQL\\.1\"");
    private static final Map<String, Optional<String>> DIRECTORIES = new ConcurrentHashMap<>();

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
     * The directory in which a psql looks for sockets when nothing names one. It was chosen when psql was built, and only
     * psql knows: it is asked for a socket that does not exist, and its error names the directory.
     *
     * @param program psql
     */
    public static Optional<String> socketDirectory(String program) {
        return DIRECTORIES.computeIfAbsent(program, LocalPsql::askForDirectory);
    }

    private static Optional<String> askForDirectory(String program) {
        ProcessBuilder builder = new ProcessBuilder(program, "-X", "-w", "-p", "1", "-U", "nobody", "-d", "postgres")
                .redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Matcher socket = SOCKET.matcher(said);
            return socket.find() ? Optional.of(socket.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
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
