package dev.stepmark.session.psql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.PsqlProgram;
import dev.stepmark.session.Session;
import dev.stepmark.session.jdbc.JdbcSession;
import dev.stepmark.session.jdbc.Options;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with certificates made for this test: a server's for localhost, one of a stranger, and a client's. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {

    @TempDir
    static Path directory;

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(keytool()), "needs the keytool of a JDK");
        PsqlFixture.needsPsql();
        certificate("server", "localhost", "dns:localhost");
        certificate("stranger", "stranger", "dns:stranger.example");
        certificate("client", "certified", "dns:client");
        server = EmbeddedPostgres.builder().setOverrideWorkingDirectory(directory.resolve("work").toFile())
                .setPGStartupWait(java.time.Duration.ofSeconds(60))
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("ssl", "on").setServerConfig("ssl_cert_file", directory.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", directory.resolve("server.key").toString())
                .setServerConfig("ssl_ca_file", directory.resolve("client.crt").toString())
                .setDataDirectoryCustomizer(TlsTest::rules).start();
        try (java.sql.Connection connection = server.getPostgresDatabase().getConnection();
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE certified LOGIN");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static void rules(File data) {
        try {
            Path file = data.toPath().resolve("pg_hba.conf");
            Files.writeString(file, "hostssl all certified all cert\n" + Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path keytool() {
        return Path.of(System.getProperty("java.home"), "bin", "keytool");
    }

    private static void certificate(String name, String commonName, String alternative) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process process = new ProcessBuilder(keytool().toString(), "-genkeypair", "-alias", name, "-keyalg", "RSA",
                "-dname", "CN=" + commonName, "-ext", "san=" + alternative, "-validity", "3650", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", "changeit").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        pem(name + ".key", "PRIVATE KEY", keys.getKey(name, "changeit".toCharArray()).getEncoded());
    }

    private static void pem(String file, String kind, byte[] bytes) throws IOException {
        Path path = Files.writeString(directory.resolve(file), "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    private static Session open(boolean psql, String host, String user, String mode, String root, String client)
            throws CannotOpen {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("sslmode", mode));
        if (!root.isEmpty()) {
            parameters.put("sslrootcert", directory.resolve(root + ".crt").toString());
        }
        if (!client.isEmpty()) {
            parameters.put("sslcert", directory.resolve(client + ".crt").toString());
            parameters.put("sslkey", directory.resolve(client + ".key").toString());
        }
        ConnectionSpec spec = new ConnectionSpec(host, server.getPort(), user, "postgres", parameters, Map.of());
        if (!psql) {
            return JdbcSession.open(spec, (char[]) null, Options.DEFAULT);
        }
        Map<String, String> written = new LinkedHashMap<>(Map.of("host", host, "port", "" + server.getPort(), "user", user,
                "dbname", "postgres"));
        written.putAll(parameters);
        return PsqlSession.open(spec.through(new PsqlProgram(List.of(), "psql", false, List.of(), written, "TLS")),
                PsqlFixture.options());
    }

    @ParameterizedTest
    @CsvSource({"true, localhost, verify-full, server", "false, localhost, verify-full, server",
        "true, 127.0.0.1, verify-ca, server", "false, 127.0.0.1, verify-ca, server", "true, localhost, require, ''",
        "false, localhost, require, ''"})
    void goesThroughAndIsSaid(boolean psql, String host, String mode, String root) throws Exception {
        try (Session session = open(psql, host, "postgres", mode, root, "")) {
            assertThat(session.opened().identity()).containsEntry("ssl", "true");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherNameAndAnotherAuthorityAreRefused(boolean psql) {
        CannotOpen name = catchThrowableOfType(CannotOpen.class, () -> open(psql, "127.0.0.1", "postgres", "verify-full",
                "server", "").close());
        assertThat(name).isNotNull();
        assertThat(name.message().toString()).contains("127.0.0.1").containsIgnoringCase(psql ? "certificate" : "TLS");
        CannotOpen authority = catchThrowableOfType(CannotOpen.class, () -> open(psql, "localhost", "postgres", "verify-ca",
                "stranger", "").close());
        assertThat(authority).isNotNull();
        assertThat(authority.message().what()).containsIgnoringCase(psql ? "not trusted" : "TLS");
    }

    @Test
    void aClientCertificateInPemFormLetsIn() throws Exception {
        try (Session session = open(true, "localhost", "certified", "verify-full", "server", "client")) {
            assertThat(session.opened().identity()).containsEntry("user", "certified");
        }
        CannotOpen none = catchThrowableOfType(CannotOpen.class, () -> open(true, "localhost", "certified", "verify-full",
                "server", "").close());
        assertThat(none).isNotNull();
        assertThat(none.message().what()).contains("client certificate");
        CannotOpen stranger = catchThrowableOfType(CannotOpen.class, () -> open(true, "localhost", "certified",
                "verify-full", "server", "stranger").close());
        assertThat(stranger).isNotNull();
    }
}
