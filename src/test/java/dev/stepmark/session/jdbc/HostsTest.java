package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.sql.PsqlInvocation;
import dev.stepmark.testing.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several hosts in one connection, over the driver and, where there is one, through the psql of this machine. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostsTest {

    private final EmbeddedServer server = EmbeddedServer.get();
    private final String database = server.freshDatabase();
    private final ServerSocket starting;
    private final int dead;

    HostsTest() throws IOException {
        starting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = closed.getLocalPort();
        }
    }

    /** A server that is not ready yet: it answers every connection with SQLSTATE 57P03. */
    @BeforeEach
    void answer() {
        Thread thread = new Thread(() -> {
            while (!starting.isClosed()) {
                try (Socket socket = starting.accept()) {
                    refuse(socket);
                } catch (IOException e) {
                    // closed by the test, or by a client that has seen enough
                    continue;
                }
            }
        }, "starting-server");
        thread.setDaemon(true);
        thread.start();
    }

    private static void refuse(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readNBytes(in.readInt() - 4);
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        for (String field : List.of("SFATAL", "VFATAL", "C57P03", "Mthe database system is starting up")) {
            fields.writeBytes((field + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        fields.write(0);
        int length = fields.size() + 4;
        socket.getOutputStream().write(new byte[] {'E', 0, 0, 0, (byte) length});
        socket.getOutputStream().write(fields.toByteArray());
        socket.getOutputStream().flush();
        in.read();
    }

    @AfterEach
    void close() throws IOException {
        starting.close();
    }

    private ConnectionSpec spec(String hosts, String attributes, String user) {
        String url = "postgresql://" + user + "@" + hosts.replace("up", "localhost:" + server.port())
                .replace("dead", "localhost:" + dead).replace("starting", "localhost:" + starting.getLocalPort())
                .replace("unknown", "no-such-host.invalid") + "/" + database
                + "?sslmode=disable&gssencmode=disable&connect_timeout=20&target_session_attrs=" + attributes;
        Resolution resolution = ConnectionResolver.resolve(PsqlInvocation.parse(List.of("psql", url)), Map.of(), "anna");
        assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
        return ((Resolution.Resolved) resolution).spec();
    }

    /** Where the driver lands: the port, or that it fails. */
    private String driver(ConnectionSpec spec) {
        Passwords passwords = new Passwords(Map.of("PGPASSWORD", "wrong"), java.nio.file.Path.of("/nonexistent"),
                Optional.empty(), whose -> Optional.empty());
        try (JdbcSession session = JdbcSession.open(spec, passwords, Options.DEFAULT)) {
            assertThat(session.spec().parameters()).doesNotContainKey("port");
            return session.opened().identity().get("port");
        } catch (CannotOpen e) {
            return "fails";
        }
    }

    private String psql(ConnectionSpec spec) {
        StringBuilder conninfo = new StringBuilder();
        spec.parameters().forEach((name, value) -> conninfo.append(name).append("='").append(value).append("' "));
        conninfo.append(spec.parameters().containsKey("port") ? "" : "port=" + spec.port() + " ");
        String all = conninfo + "host='" + spec.host() + "' user='" + spec.user() + "' dbname='" + spec.database() + "'";
        ProcessBuilder builder = new ProcessBuilder("psql", "-X", "-w", "-A", "-t", "-d", all, "-c", "\\echo :PORT");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("PGPASSWORD", "wrong");
        try {
            Process process = builder.redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text.lines().reduce((a, b) -> b).orElse("") : "fails";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dead,up          | any            | postgres | up
            unknown,up       | any            | postgres | up
            starting,up      | any            | postgres | up
            up,dead          | any            | postgres | up
            dead,starting    | any            | postgres | fails
            up               | read-write     | postgres | up
            dead,up          | read-write     | postgres | up
            up,dead          | primary        | postgres | up
            up,dead          | standby        | postgres | fails
            up,dead          | read-only      | postgres | fails
            dead,up          | prefer-standby | postgres | up
            up               | standby        | postgres | fails
            up,up            | any            | migrator | fails
            """)
    void oneAfterTheOther(String hosts, String attributes, String user, String expected) throws Exception {
        ConnectionSpec spec = spec(hosts, attributes, user);
        String where = expected.equals("up") ? Integer.toString(server.port()) : expected;
        assertThat(driver(spec)).isEqualTo(where);
        if (dev.stepmark.testing.Programs.onPath("psql")) {
            assertThat(psql(spec)).as("psql").isEqualTo(where);
        }
    }

    @Test
    void aSessionThatIsReadOnlyByDefaultCanBeWanted() throws Exception {
        server.execute("postgres", "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
        assertThat(driver(spec("dead,up", "read-only", "postgres"))).isEqualTo(Integer.toString(server.port()));
        assertThat(driver(spec("dead,up", "read-write", "postgres"))).isEqualTo("fails");
        assertThat(driver(spec("up", "primary", "postgres"))).isEqualTo(Integer.toString(server.port()));
    }

    @Test
    void whatEveryHostSaidIsTold() {
        ConnectionSpec spec = spec("dead,up", "standby", "postgres");
        assertThat(spec.display()).isEqualTo("postgres@localhost:" + dead + ",localhost:" + server.port() + "/" + database);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> JdbcSession.open(spec, (char[]) null, Options.DEFAULT))
                .isInstanceOfSatisfying(CannotOpen.class, e -> assertThat(e.message().meaning()).containsExactly(
                        "localhost:" + dead + ": cannot reach the database: connection to localhost:" + dead + " was refused",
                        "localhost:" + server.port() + ": server is not in hot standby mode", "No step was started."));
    }

    @Test
    void aWrongPasswordIsNotTriedElsewhere() {
        ConnectionSpec spec = spec("up,dead", "any", EmbeddedServer.SCRAM_USER);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> JdbcSession.open(spec, "wrong".toCharArray(),
                Options.DEFAULT)).isInstanceOfSatisfying(CannotOpen.class, e -> {
                    assertThat(e.sqlState()).isEqualTo("28P01");
                    assertThat(e.message().what()).contains("refused the password");
                });
    }
}
