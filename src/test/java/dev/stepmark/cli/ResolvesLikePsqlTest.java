package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.run.SessionFactory.ConnectionPlan;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.shell.PsqlCommand;
import dev.stepmark.shell.Words;
import dev.stepmark.testing.EmbeddedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Command lines, connection strings, URLs and environments: where a connection is planned to go, and where the real psql
 * of this machine goes with the same words, as it says itself.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ResolvesLikePsqlTest {

    private static final String OS_USER = System.getProperty("user.name");

    @TempDir
    static Path home;

    private EmbeddedServer server;

    @BeforeAll
    void prepare() throws Exception {
        Assumptions.assumeTrue(version().startsWith("psql (PostgreSQL) 15"), "needs psql 15");
        server = EmbeddedServer.get();
        for (String role : List.of(OS_USER, "anna", "the user", "o'neill", "back\\slash")) {
            role(role);
        }
        for (String database : List.of("plant", "my plant", "a/b", "50%", "x=y")) {
            database(database);
        }
        Files.writeString(home.resolve(".pg_service.conf"), """
                # a comment
                [other]
                host=nowhere.invalid

                [plant]
                host=localhost
                port=%1$d
                user=anna
                dbname=plant
                [socket]
                host=%2$s
                port=%1$d
                """.formatted(server.port(), server.sockets()));
        Files.writeString(home.resolve("services"), "[mine]\nport=" + server.port() + "\nhost=127.0.0.1\ndbname=plant\n");
    }

    private void role(String name) {
        String quoted = "\"" + name + "\"";
        if (server.query("postgres", "SELECT 1 FROM pg_roles WHERE rolname = '" + name.replace("'", "''") + "'") == null) {
            server.execute("postgres", "CREATE ROLE " + quoted + " LOGIN");
        }
        database(name);
    }

    private void database(String name) {
        if (server.query("postgres", "SELECT 1 FROM pg_database WHERE datname = '" + name.replace("'", "''") + "'") == null) {
            server.execute("postgres", "CREATE DATABASE \"" + name + "\"");
        }
    }

    private static String version() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("psql", "--version").redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (java.io.IOException e) {
            return "";
        }
    }

    static Stream<Arguments> commands() {
        List<Arguments> out = new ArrayList<>();
        for (String where : List.of("-h localhost -p {port}", "-hlocalhost -p{port}", "--host=localhost --port {port}",
                "-h {sockets} -p {port}", "PGHOST=localhost PGPORT={port}", "PGHOST={sockets} PGPORT={port}",
                "PGHOST=nowhere.invalid -h 127.0.0.1 PGPORT={port}", "PGHOSTADDR=127.0.0.1 PGPORT={port}")) {
            for (String user : List.of("", "-U anna", "--username=anna", "PGUSER=anna", "PGUSER=nobody -U anna")) {
                for (String database : List.of("", "plant", "-d plant", "PGDATABASE=plant", "--dbname=plant")) {
                    out.add(Arguments.of((where + " " + user + " " + database).strip()));
                }
            }
        }
        strings().forEach(words -> out.add(Arguments.of(words)));
        return out.stream();
    }

    private static Stream<String> strings() {
        return Stream.of("-d 'host=localhost port={port}'", "'host=localhost port={port} dbname=plant user=anna'",
                "'host = localhost port = {port} user = anna'", "\"host=localhost port={port} user='the user' dbname=plant\"",
                "\"host=localhost port={port} user='o\\\\'neill'\"", "'host=localhost port={port} dbname=my\\ plant'",
                "-h nowhere.invalid 'host=localhost port={port}'", "-p 1 -d 'host=localhost port={port}'",
                "'host={sockets} port={port}'", "'hostaddr=127.0.0.1 port={port} dbname=plant'",
                "'host=nowhere.invalid hostaddr=127.0.0.1 port={port} dbname=plant'",
                "postgresql://localhost:{port}", "postgres://localhost:{port}/plant", "postgresql://localhost:{port}/",
                "postgresql://anna@localhost:{port}/plant", "postgresql://anna@localhost:{port}",
                "postgresql://the%20user@localhost:{port}/my%20plant", "postgresql://localhost:{port}/a%2Fb",
                "postgresql://localhost:{port}/50%25", "postgresql://localhost:{port}/x%3Dy",
                "'postgresql:///plant?host=localhost&port={port}'", "'postgresql:///plant?host={sockets}&port={port}&user=anna'",
                "postgresql://%2F{coded}:{port}/plant", "'postgresql://anna@/plant?host=localhost&port={port}'",
                "'postgresql://127.0.0.1:{port}/plant?connect_timeout=5'", "'postgresql://localhost:{port}/plant?sslmode=disable'",
                "-U anna postgresql://localhost:{port}/plant", "-U nobody postgresql://anna@localhost:{port}/plant",
                "PGUSER=anna postgresql://localhost:{port}/plant", "PGPORT={port} postgresql://localhost/plant",
                "PGHOST=localhost postgresql://:{port}/plant", "PGDATABASE=plant postgresql://localhost:{port}",
                "service=plant", "'service=plant user=the\\ user'", "'service=plant dbname=a/b'", "PGSERVICE=plant",
                "PGSERVICE=plant -U anna", "PGSERVICE=plant PGUSER=nobody", "PGSERVICE=plant -d postgres",
                "PGSERVICE=socket -U anna plant", "'service=socket dbname=plant'",
                "PGSERVICEFILE={home}/services PGSERVICE=mine", "PGSERVICEFILE={home}/services 'service=mine user=anna'",
                "'postgresql://?service=plant'", "'postgresql:///postgres?service=plant'",
                "-h localhost -p {port} plant anna", "-h localhost -p {port} -- plant anna",
                "plant anna -h localhost -p {port}", "-h localhost -p {port} -U anna plant",
                "-h localhost -p {port} -U 'back\\slash' plant", "-h localhost -p {port} -d x -d plant",
                "-h localhost -h 127.0.0.1 -p 1 -p {port}", "-wXq -h localhost -p {port}", "-Xqwhlocalhost -p{port} plant",
                "-h '' PGHOST=localhost -p {port} plant", "-h localhost -p '' PGPORT={port} plant",
                "PGPORT= -h localhost -p {port}", "PGUSER= -h localhost -p {port}", "PGOPTIONS=-cwork_mem=1MB -h localhost -p {port}",
                "'host=localhost port={port} application_name=x options=-cwork_mem=1MB'");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void goesWherePsqlGoes(String line) throws Exception {
        String filled = line.replace("{port}", Integer.toString(server.port())).replace("{sockets}",
                server.sockets().toString()).replace("{home}", home.toString()).replace("{coded}",
                server.sockets().toString().substring(1).replace("/", "%2F"));
        Map<String, String> environment = new LinkedHashMap<>(Map.of("PATH", System.getenv("PATH"), "HOME",
                home.toString(), "LC_ALL", "C.UTF-8"));
        List<String> words = new ArrayList<>(List.of("psql"));
        for (String word : Words.split("psql " + filled).orElseThrow()) {
            int equals = word.indexOf('=');
            if (word.matches("(?s)PG[A-Z]+=.*")) {
                environment.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (!word.equals("psql")) {
                words.add(word);
            }
        }
        ConnectionPlan plan = new ConnectionRoutes(OS_USER).plan(PsqlCommand.of(words).orElseThrow(), environment);
        assertThat(plan.problem()).isEmpty();
        assertThat(plan.spec()).as("%s", plan.needs()).isPresent();
        ConnectionSpec spec = plan.spec().get();
        String address = spec.parameters().getOrDefault("hostaddr", "");
        // with an address and no host psql names the address or the default directory, by where the address came from
        String planned = (spec.host().equals(address) ? "" : spec.host()) + "|" + spec.port() + "|" + spec.user() + "|" + spec.database();
        assertThat(planned).isEqualTo(psql(words, environment, spec.host().equals(address) ? address
                : ""));
    }

    /** What psql says about its connection; without a host it has the address, which is no name. */
    private static String psql(List<String> words, Map<String, String> environment, String address) throws Exception {
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-w", "-A", "-t", "-q", "-c",
                "\\echo :HOST|:PORT|:USER|:DBNAME"));
        command.addAll(words.subList(1, words.size()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).doesNotContain("error");
        return address.isEmpty() ? said : said.substring(said.indexOf('|'));
    }
}
