package dev.stepmark.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL 15 for all tests of a JVM, on a free port of the loopback interface. It starts when it is first
 * asked for and ends with the JVM. Tests keep apart by databases of their own: {@link #freshDatabase()}.
 *
 * <p>Everybody is let in without a password, except the role {@link #SCRAM_USER}, whose password is
 * {@link #SCRAM_PASSWORD}.
 */
public final class EmbeddedServer {

    /** A superuser that needs no password. */
    public static final String USER = "postgres";
    /** A plain role that must give its password (scram-sha-256). */
    public static final String SCRAM_USER = "migrator";
    /** The password of {@link #SCRAM_USER}. */
    public static final String SCRAM_PASSWORD = "corr:ect\\horse";

    /** A busy machine needs up to 19 s for a cold start. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static EmbeddedServer shared;

    private final EmbeddedPostgres postgres;
    private final Path sockets;
    private final AtomicInteger databases = new AtomicInteger();

    private EmbeddedServer(EmbeddedPostgres postgres, Path sockets) {
        this.postgres = postgres;
        this.sockets = sockets;
    }

    /** The server of this JVM, started when needed. */
    public static synchronized EmbeddedServer get() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static EmbeddedServer start() {
        Path work = Path.of("target", "embedded-postgres").toAbsolutePath();
        try {
            Files.createDirectories(work);
            // the name of a socket has room for 107 bytes only, and a checkout may be deep
            Path sockets = Files.createTempDirectory("sm");
            sockets.toFile().deleteOnExit();
            Path data = Files.createTempDirectory("sm-data");
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(work.toFile())
                    .setPGStartupWait(START_TIMEOUT)
                    .setServerConfig("unix_socket_directories", sockets.toString())
                    // nothing in it has to outlive the machine, and each database is some hundred files
                    .setServerConfig("fsync", "off")
                    .setDataDirectoryCustomizer(EmbeddedServer::wantPassword)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(postgres, data)));
            EmbeddedServer server = new EmbeddedServer(postgres, sockets);
            server.execute("postgres",
                    "CREATE ROLE " + SCRAM_USER + " LOGIN PASSWORD '" + SCRAM_PASSWORD.replace("'", "''") + "'");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
        }
    }

    /**
     * Stops the server. Its hundreds of databases take longer to delete than Surefire waits for a JVM to exit, so that
     * another process does it.
     */
    private static void end(EmbeddedPostgres postgres, Path data) {
        try {
            postgres.close();
            new ProcessBuilder("rm", "-rf", data.toString()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first matching line of pg_hba.conf decides, so ours goes to the top. */
    private static void wantPassword(File dataDirectory) {
        Path rules = dataDirectory.toPath().resolve("pg_hba.conf");
        try {
            Files.writeString(rules, "host all " + SCRAM_USER + " all scram-sha-256\n" + Files.readString(rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The host it listens on. */
    public String host() {
        return "localhost";
    }

    /** Its TCP port. */
    public int port() {
        return postgres.getPort();
    }

    /** The directory of its Unix socket. */
    public Path sockets() {
        return sockets;
    }

    /** The superuser: {@link #USER}. */
    public String user() {
        return USER;
    }

    /** Address of a database in libpq's form, as {@code --connect} takes it. */
    public String url(String database) {
        return "postgresql://" + USER + "@" + host() + ":" + port() + "/" + database;
    }

    /** Creates an empty database with a name of its own and returns the name. */
    public String freshDatabase() {
        return freshDatabase("template1");
    }

    /**
     * Creates a database as a copy of another one, to which nobody may be connected.
     *
     * @param template the database to copy
     * @return the name of the new one
     */
    public String freshDatabase(String template) {
        String name = "fresh_" + databases.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE \"" + template + "\"");
        return name;
    }

    /** A plain connection as the superuser, for looking at what a test did; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(postgres.getJdbcUrl(USER, database));
    }

    /** Runs statements as the superuser, each one on its own. */
    public void execute(String database, String... statements) {
        try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare " + database + ": " + e.getMessage(), e);
        }
    }

    /** The first column of the first row, as text; null for NULL. */
    public String query(String database, String sql) {
        try (Connection connection = connect(database); Statement statement = connection.createStatement();
                java.sql.ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
