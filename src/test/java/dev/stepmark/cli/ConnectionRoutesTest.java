package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.run.SessionFactory.ConnectionPlan;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.PsqlProgram;
import dev.stepmark.shell.PsqlCommand;
import dev.stepmark.testing.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way a connection goes, with a psql on the path and without one. */
class ConnectionRoutesTest {

    @TempDir
    Path directory;

    private Path psql;

    /** A psql that only says where it would look for a socket: no server of this machine can disturb the test. */
    @BeforeEach
    void fakePsql() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
        psql = program("psql", "echo 'psql: error: connection to server on socket \"" + directory
                + "/.s.PGSQL.1\" failed: No such file or directory' >&2; exit 2");
    }

    private Path program(String name, String script) throws Exception {
        Path program = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private ConnectionPlan plan(String command, String... variables) {
        Map<String, String> environment = new LinkedHashMap<>(Map.of("PATH", directory.toString(), "HOME",
                directory.toString()));
        for (String variable : variables) {
            environment.put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        List<String> words = List.of(command.split(" "));
        return new ConnectionRoutes("anna").plan(PsqlCommand.of(words).orElseThrow(), environment);
    }

    private PsqlProgram through(String command, String... variables) {
        return plan(command, variables).spec().flatMap(ConnectionSpec::psql).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"psql -h db", "psql -h db -w -q -X -n", "psql postgresql://db/plant?sslmode=require",
        "psql host=db", "psql -h db -v ON_ERROR_STOP=1",
        "psql -h db -A -t", "psql -h db --csv", "psql -h db -F ; -A -R | -z -0 -x -P null=-", "psql -h db -v name=x"})
    void tcpGoesThroughTheDriver(String command) {
        Optional<ConnectionSpec> spec = plan(command).spec();
        assertThat(spec).isPresent();
        assertThat(spec.get().psql()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h /run/pg", "-h /run/pg -p 5433 plant bob", "host=@abstract", "hostaddr=127.0.0.1",
        "-h a,b", "postgresql://a:1,b:2/x", "-h db -H", "-h db -P format=latex", "-h db -o out", "-h db -L log",
        "postgresql://db/x?requirepeer=postgres", "postgresql://db/x?keepalives_idle=5", "postgresql://db/x?sslcrl=/x",
        "postgresql://db/x?client_encoding=LATIN1", "postgresql://db/x?sslcert=/c&sslkey=/k",
        "postgresql://db/x?tcp_user_timeout=5", "postgresql://db/x?sslsni=0",
        "postgresql://db/x?ssl_min_protocol_version=TLSv1.3"})
    void whatTheDriverCannotDoGoesThroughPsql(String arguments) {
        PsqlProgram program = through("psql " + arguments);
        assertThat(program.program()).isEqualTo(psql.toString());
        assertThat(program.reason()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PGREQUIREPEER=postgres", "PGSSLCRL=/x", "PGCLIENTENCODING=LATIN1", "PGSSLKEY=/k",
        "PGSSLSNI=0", "PGSSLMINPROTOCOLVERSION=TLSv1.3", "PGHOSTADDR=127.0.0.1"})
    void neitherIsAVariablePassedOver(String variable) {
        assertThat(through("psql -h db", variable).reason()).isNotBlank();
    }

    @Test
    void theSocketIsNamedAsPsqlWouldFindIt() {
        ConnectionSpec spec = plan("psql -h /run/pg -p 5433 plant bob").spec().orElseThrow();
        assertThat(spec.display()).isEqualTo("bob@/run/pg:5433/plant");
        assertThat(spec.psql().orElseThrow().conninfo())
                .isEqualTo("host='/run/pg' port='5433' user='bob' dbname='plant'");
        assertThat(through("psql", "PGHOST=/run/other").reason()).isEqualTo("the Unix socket in /run/other");
    }

    @Test
    void theDefaultSocketCountsOnlyWhenAServerIsThere() throws Exception {
        ConnectionPlan nobody = plan("psql plant");
        assertThat(nobody.spec()).isEmpty();
        assertThat(nobody.needs()).extracting(n -> n.field()).containsExactly("host", "user");
        EmbeddedServer server = EmbeddedServer.get();
        program("psql", "echo 'on socket \"" + server.sockets() + "/.s.PGSQL.1\" failed' >&2; exit 2");
        // another name, since what a program says about its directory is asked once
        Files.move(psql, directory.resolve("psql-moved"));
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.move(directory.resolve("psql-moved"), other.resolve("psql"));
        ConnectionSpec spec = plan("psql plant", "PATH=" + other, "PGPORT=" + server.port()).spec().orElseThrow();
        assertThat(spec.display()).isEqualTo("anna@" + server.sockets() + ":" + server.port() + "/plant");
        assertThat(spec.psql()).isPresent();
        assertThat(plan("psql plant", "PATH=" + other, "PGPORT=" + server.port(), "PGHOST=db").spec().orElseThrow()
                .psql()).isEmpty();
    }

    @Test
    void withoutPsqlItIsAskedOrRefusedAsBefore() {
        String nowhere = "PATH=" + directory.resolve("nowhere");
        assertThat(plan("psql plant", nowhere).needs()).extracting(n -> n.field()).contains("host");
        assertThat(plan("psql -h /run/pg", nowhere).needs()).extracting(n -> n.field()).contains("host");
        assertThat(plan("psql -h db -H", nowhere).problem()).contains("without a psql").contains("-H");
        assertThat(plan("psql -h db -P format=pdf").problem()).contains("could not set printing parameter \"format\"");
        assertThat(plan("psql -h db -A -F ;", nowhere).spec().orElseThrow().options()).containsExactly("-A", "-F", ";");
        ConnectionSpec several = plan("psql postgresql://a:1,b/x?target_session_attrs=standby", nowhere).spec().orElseThrow();
        assertThat(several.display()).isEqualTo("anna@a:1,b:5432/x");
        assertThat(several.psql()).isEmpty();
        assertThat(plan("psql -h a,/run/pg", nowhere).needs()).extracting(n -> n.field()).contains("host");
        assertThat(plan("psql -h db", nowhere).spec()).isPresent();
    }

    @Test
    void launchersLeaveToPsqlWhatIsNotWritten() throws Exception {
        assertThat(plan("sudo -u postgres psql").problem()).contains("sudo").contains("not on the PATH");
        program("sudo", "exit 1");
        program("su", "exit 1");
        ConnectionSpec spec = plan("sudo -u postgres psql -d plant", "PGPORT=6000", "PGUSER=carl").spec().orElseThrow();
        assertThat(spec.display()).isEqualTo("postgres@" + directory + ":5432/plant");
        PsqlProgram program = spec.psql().orElseThrow();
        assertThat(program.written()).isEqualTo(Map.of("dbname", "plant"));
        assertThat(program.command(List.of("-X", "-d", "a b")))
                .containsExactly("sudo", "-u", "postgres", "psql", "-X", "-d", "a b");
        assertThat(program.display()).isEqualTo("psql, started by sudo -u postgres");
        PsqlProgram su = plan("su postgres -c psql", "PGPORT=6000").spec().flatMap(ConnectionSpec::psql).orElseThrow();
        assertThat(su.command(List.of("-d", "host='a b'"))).containsExactly("su", "postgres", "-c",
                "psql -d 'host='\\''a b'\\'''");
        assertThat(plan("su postgres -c psql", "PGPORT=6000").spec().orElseThrow().port()).isEqualTo(6000);
    }

    @Test
    void optionsThatLookGoToPsql() {
        assertThat(through("psql -h /x -A -t -F ; -v a=b --csv -P border=2 -q -w -X").options())
                .containsExactly("-A", "-t", "-F", ";", "-v", "a=b", "--csv", "-P", "border=2", "-q");
        assertThat(plan("psql -h db -s").problem()).contains("wait");
        assertThat(plan("psql -h db -1").problem()).contains("-1");
    }

    @Test
    void aPasswordIsNeverHandedOverInWords() {
        ConnectionPlan plan = plan("psql postgresql://bob:s3cret-w0rd@a,b/x");
        assertThat(plan.password()).map(String::new).contains("s3cret-w0rd");
        assertThat(plan.spec().orElseThrow().psql().orElseThrow().conninfo()).doesNotContain("s3cret");
        assertThat(plan("PGPASSWORD=s3cret-w0rd psql -h /x").password()).map(String::new).contains("s3cret-w0rd");
        ConnectionPlan key = plan("psql postgresql://bob@a,b/x?sslpassword=s3cret-w0rd");
        assertThat(key.spec()).isEmpty();
        assertThat(key.problem()).contains("sslpassword").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PGTZ=Asia/Tokyo", "PGDATESTYLE=German", "PGCLIENTENCODING=LATIN1"})
    void whatOnlyLibpqTakesFromTheEnvironmentGoesThroughPsql(String variable) throws Exception {
        assertThat(plan("psql -h db plant").spec().orElseThrow().psql()).isEmpty();
        assertThat(through("psql -h db plant", variable).reason()).contains(variable.substring(0, 4).equals("PGCL")
                ? "client_encoding" : variable.substring(0, variable.indexOf('=')));
    }
}
