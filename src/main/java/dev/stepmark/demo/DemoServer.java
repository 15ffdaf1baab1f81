package dev.stepmark.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A throwaway PostgreSQL, a real one, with a table whose rows conflict under the key that the demonstration's runbook
 * creates. It listens on a free port of the loopback address and goes away with {@link #close}.
 */
public final class DemoServer implements AutoCloseable {

    /** The database of the demonstration. */
    public static final String DATABASE = "factoryinsight";
    private static final Duration START = Duration.ofSeconds(90);

    private final EmbeddedPostgres server;
    private final Path binaries;

    private DemoServer(EmbeddedPostgres server, Path binaries) {
        this.server = server;
        this.binaries = binaries;
    }

    /**
     * Starts the server and fills it.
     *
     * @param directory where its files go
     * @throws IOException when it does not start
     */
    public static DemoServer start(Path directory) throws IOException {
        Path binaries = directory.resolve("binaries");
        System.setProperty("ot.epg.working-dir", binaries.toString());
        EmbeddedPostgres server = EmbeddedPostgres.builder().setPGStartupWait(START)
                .setDataDirectory(directory.resolve("data")).setCleanDataDirectory(true)
                .setServerConfig("listen_addresses", "localhost").start();
        DemoServer demo = new DemoServer(server, binaries);
        try {
            demo.fill();
            return demo;
        } catch (SQLException e) {
            demo.close();
            throw new IOException("the demonstration's table could not be made: " + e.getMessage(), e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    /** {@code postgresql://postgres@localhost:PORT/factoryinsight}. */
    public String url() {
        return "postgresql://postgres@localhost:" + port() + "/" + DATABASE;
    }

    private void fill() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        try (Connection connection = server.getDatabase("postgres", DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ordertable (order_id integer PRIMARY KEY, order_name text NOT NULL,"
                    + " asset_id integer NOT NULL,"
                    + " CONSTRAINT ordertable_asset_id_order_id_key UNIQUE (asset_id, order_id))");
            statement.execute("INSERT INTO ordertable SELECT n, 'WO-' || n, 1 + n % 4 FROM generate_series(1, 200) n");
            statement.execute("INSERT INTO ordertable VALUES (201, 'WO-10', 3), (202, 'WO-10', 3), (203, 'WO-17', 2),"
                    + " (204, 'WO-59', 4)");
        }
    }

    /** Stops it and removes its files. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // it was a throwaway server: there is nothing left to save
            System.getLogger(DemoServer.class.getName()).log(System.Logger.Level.DEBUG, "stopping the server", e);
        }
        remove(binaries);
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            // left to the system's own cleaning of temporary files
            System.getLogger(DemoServer.class.getName()).log(System.Logger.Level.DEBUG, "removing binaries", e);
        }
    }
}
