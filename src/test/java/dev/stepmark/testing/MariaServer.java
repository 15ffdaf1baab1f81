package dev.stepmark.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * One real MariaDB for all tests of a JVM, on a free port of the loopback interface, with data of its own. It is the
 * machine's: tests are skipped where it has none. As root it runs as the user mysql, because it refuses to run as root.
 */
public final class MariaServer {

    /** The administrator, who needs no password. */
    public static final String USER = "root";
    /** A user with a password that needs every kind of quoting. */
    public static final String SECRET_USER = "keeper";
    /** The password of {@link #SECRET_USER}. */
    public static final String SECRET = "s3c\"r\\et 'x'#=;";

    private static final List<String> PLACES = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin");

    private static MariaServer shared;

    private final Path directory;
    private final int port;
    private final Process process;
    private final AtomicInteger databases = new AtomicInteger();

    private MariaServer(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** The server of this JVM, started when needed; skips the test where there is none. */
    public static synchronized MariaServer get() {
        Optional<Path> server = find("mariadbd");
        Optional<Path> install = find("mariadb-install-db");
        Assumptions.assumeTrue(server.isPresent() && install.isPresent() && find("mariadb").isPresent(),
                "needs mariadb-server and mariadb-client");
        if (shared == null) {
            try {
                shared = start(server.get(), install.get());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("MariaDB did not start", e);
            }
        }
        return shared;
    }

    private static Optional<Path> find(String program) {
        return PLACES.stream().map(p -> Path.of(p, program)).filter(Files::isExecutable).findFirst();
    }

    private static MariaServer start(Path server, Path install) throws IOException, InterruptedException {
        // the name of a socket has room for 107 bytes only, and another user has to get there
        Path directory = Files.createTempDirectory("smm");
        boolean root = System.getProperty("user.name").equals("root");
        String user = root ? "mysql" : System.getProperty("user.name");
        if (root) {
            run(directory, "chmod", "755", directory.toString());
            run(directory, "install", "-d", "-o", user, directory + "/data", directory + "/tmp");
        } else {
            Files.createDirectories(directory.resolve("data"));
            Files.createDirectories(directory.resolve("tmp"));
        }
        run(directory, install.toString(), "--no-defaults", "--user=" + user, "--datadir=" + directory + "/data",
                "--tmpdir=" + directory + "/tmp", "--auth-root-authentication-method=normal", "--skip-test-db");
        for (int attempt = 0; ; attempt++) {
            int port = freePort();
            MariaServer started = new MariaServer(directory, port, launch(server, directory, user, port));
            Runtime.getRuntime().addShutdownHook(new Thread(started::end));
            if (started.answers()) {
                started.run("mysql", "CREATE USER '" + SECRET_USER + "'@'%' IDENTIFIED BY '" + SECRET.replace("\\", "\\\\")
                        .replace("'", "''") + "'; GRANT ALL ON *.* TO '" + SECRET_USER + "'@'%'");
                return started;
            }
            if (attempt == 3) {
                throw new IOException(Files.readString(directory.resolve("log")));
            }
        }
    }

    private static Process launch(Path server, Path directory, String user, int port) throws IOException {
        return new ProcessBuilder(server.toString(), "--no-defaults", "--user=" + user, "--datadir=" + directory + "/data",
                "--tmpdir=" + directory + "/tmp", "--bind-address=127.0.0.1", "--port=" + port,
                "--socket=" + directory + "/data/s", "--skip-log-bin", "--skip-name-resolve",
                // nothing in it has to outlive the machine
                "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=16M", "--innodb-log-file-size=8M")
                .redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() throws InterruptedException {
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            if (client("mysql", "SELECT 1").map("1"::equals).orElse(false)) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    private void end() {
        process.destroy();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
            process.destroyForcibly();
            new ProcessBuilder("rm", "-rf", directory.toString()).start();
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        Path log = directory.resolve("install.log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
        }
        Files.delete(log);
    }

    /** Its TCP port. */
    public int port() {
        return port;
    }

    /** Its Unix socket. */
    public Path socket() {
        return directory.resolve("data/s");
    }

    /** A directory that others can read. */
    public Path directory() {
        return directory;
    }

    /** The command that connects to a database as the administrator, for a document. */
    public String command(String program, String database) {
        return program + " --no-defaults -h 127.0.0.1 -P " + port + " -u " + USER + " " + database;
    }

    /** Creates an empty database with a name of its own and returns the name. */
    public String freshDatabase() {
        String name = "fresh_" + databases.incrementAndGet();
        run("mysql", "CREATE DATABASE " + name);
        return name;
    }

    /** Runs statements as the administrator. */
    public void run(String database, String sql) {
        client(database, sql).orElseThrow(() -> new IllegalStateException("failed: " + sql));
    }

    /** What a query prints, without the names of its columns. */
    public String query(String database, String sql) {
        return client(database, sql).orElseThrow(() -> new IllegalStateException("failed: " + sql));
    }

    private Optional<String> client(String database, String sql) {
        List<String> words = new ArrayList<>(List.of("mariadb", "--no-defaults", "-h", "127.0.0.1", "-P",
                Integer.toString(port), "-u", USER, "-N", "-B", "-e", sql, database));
        try {
            ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
            Process child = builder.start();
            String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return child.waitFor() == 0 ? Optional.of(out.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
