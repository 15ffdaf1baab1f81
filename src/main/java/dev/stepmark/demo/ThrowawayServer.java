package dev.stepmark.demo;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/** A real PostgreSQL for one document: empty, with everybody let in, gone with {@link #close}. */
public final class ThrowawayServer implements AutoCloseable {

    /** Its superuser. */
    public static final String USER = "postgres";
    /** The port where nobody else can have it. */
    public static final int USUAL_PORT = 5432;
    private static final Duration START = Duration.ofSeconds(90);
    private static final String TEMPLATE = "template";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final EmbeddedPostgres server;

    private ThrowawayServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Puts the programs of servers and an empty server's data into a directory, once for all servers that are started
     * from it.
     *
     * @throws IOException when that fails
     */
    public static void prepare(Path directory) throws IOException {
        Path template = directory.resolve(TEMPLATE);
        if (!Files.exists(template)) {
            Path making = directory.resolve(TEMPLATE + "-in-the-making");
            start(making, directory, 0, "").close();
            Files.move(making, template);
        }
    }

    /**
     * Starts one.
     *
     * @param data     where its data go
     * @param binaries where its programs are, or will be; what {@link #prepare} put there is used
     * @param port     where it listens on the loopback interface; 0 for a free one
     * @param sockets  directories of its Unix sockets, separated by commas; empty for none
     * @throws IOException when it does not start
     */
    public static ThrowawayServer start(Path data, Path binaries, int port, String sockets) throws IOException {
        Files.createDirectories(binaries);
        if (Files.isDirectory(binaries.resolve(TEMPLATE))) {
            copy(binaries.resolve(TEMPLATE), data);
        }
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setPGStartupWait(START).setDataDirectory(data)
                .setPgBinaryResolver(new Bundled()).setOverrideWorkingDirectory(binaries.toFile()).setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "localhost").setServerConfig("fsync", "off")
                .setServerConfig("unix_socket_directories", sockets);
        try {
            return new ThrowawayServer((port == 0 ? builder : builder.setPort(port)).start());
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        Files.setPosixFilePermissions(to, OWNER_ONLY);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The programs that come along. A resolver of its own: where its programs lie is kept for each one of a process. */
    private static final class Bundled implements PgBinaryResolver {

        @Override
        public InputStream getPgBinary(String system, String machine) throws IOException {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        }
    }

    /** Where it listens on the loopback interface. */
    public int port() {
        return server.getPort();
    }

    /**
     * Makes what a document takes for granted: the role that connects, which may do everything as the owner of a server
     * may, and the database.
     *
     * @throws IOException in the server's words
     */
    public void provide(String role, String database) throws IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
                statement.execute("CREATE ROLE " + quoted(role) + " LOGIN SUPERUSER");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
                statement.execute("CREATE DATABASE " + quoted(database) + " OWNER " + quoted(role));
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Stops it; its files are left to who made the directory. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // it was a throwaway server: there is nothing left to save
            System.getLogger(ThrowawayServer.class.getName()).log(System.Logger.Level.DEBUG, "stopping the server", e);
        }
    }
}
