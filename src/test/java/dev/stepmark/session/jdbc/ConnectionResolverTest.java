package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.sql.PsqlInvocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** psql's rules for what to connect to. */
class ConnectionResolverTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -h db                                     |                              | anna@db:5432/anna
            -h db -p 5433 -U bob factory              |                              | bob@db:5433/factory
            factory bob -h db                         |                              | bob@db:5432/factory
            -h db                                     | PGUSER=carl PGDATABASE=plant | carl@db:5432/plant
            -h db                                     | PGUSER=carl                  | carl@db:5432/carl
            -h db -U bob                              | PGUSER=carl                  | bob@db:5432/bob
            factory                                   | PGHOST=db PGPORT=6000        | anna@db:6000/factory
            postgresql://bob@db:5433/factory          | PGHOST=other PGUSER=carl     | bob@db:5433/factory
            postgresql://db/factory?sslmode=require   | PGSSLMODE=disable            | anna@db:5432/factory
            postgresql://[::1]/factory                |                              | anna@[::1]:5432/factory
            -d host=db                                | PGDATABASE=plant             | anna@db:5432/plant
            """)
    void resolves(String arguments, String variables, String expected) {
        assertThat(resolved(arguments, variables).spec().display()).isEqualTo(expected);
    }

    @Test
    void parametersAndSourcesAreKept() {
        ConnectionSpec spec = resolved("postgresql://db/factory?sslmode=require",
                "PGSSLMODE=disable PGAPPNAME=mine PGOPTIONS=-cwork_mem=1MB PGUSER=carl").spec();
        assertThat(spec.parameters()).isEqualTo(Map.of("sslmode", "require", "application_name", "mine", "options",
                "-cwork_mem=1MB"));
        assertThat(spec.sources()).isEqualTo(Map.of("host", "the psql command", "port", "default", "user", "PGUSER",
                "database", "the psql command"));
    }

    @Test
    void aPasswordIsNeverPartOfTheSpec() {
        Resolution.Resolved resolved = resolved("postgresql://bob:s3cret-w0rd@db/factory", null);
        assertThat(resolved.toString()).doesNotContain("s3cret-w0rd");
        assertThat(resolved.passwordSourceName()).contains("the connection string");
        assertThat(resolved("-h db", "PGPASSWORD=s3cret-w0rd").toString()).doesNotContain("s3cret-w0rd");
        assertThat(resolved("-h db", "PGPASSWORD=s3cret-w0rd").passwordSourceName()).contains("PGPASSWORD");
        assertThat(resolved("-h db", null).passwordSourceName()).isEmpty();
    }

    @Test
    void variablesInFrontOfTheCommandCount() {
        PsqlInvocation invocation = PsqlInvocation.parse(List.of("PGHOST=db", "PGPASSWORD=x", "psql", "factory"));
        Resolution resolution = ConnectionResolver.resolve(invocation, environment(null), "anna");
        assertThat(resolution).isInstanceOfSatisfying(Resolution.Resolved.class, resolved -> {
            assertThat(resolved.spec().display()).isEqualTo("anna@db:5432/factory");
            assertThat(resolved.passwordSourceName()).contains("PGPASSWORD");
        });
        Passwords passwords = Passwords.of(invocation, Map.of(), home, whose -> Optional.empty());
        assertThat(passwords.find(((Resolution.Resolved) resolution).spec()).orElseThrow().password())
                .isEqualTo("x".toCharArray());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            psql                          |                      | host,user,database | default Unix socket is not supported yet
            psql -U bob factory           |                      | host               | default Unix socket is not supported yet
            psql -h /run/pg -U bob f      |                      | host               | socket in /run/pg is not supported yet
            psql factory                  | PGHOST=/run/pg       | host,user          | socket in /run/pg is not supported yet
            psql -h @abstract -U bob f    |                      | host               | socket in @abstract is not supported yet
            psql -h a,b,c -p 1,2 -U u     |                      | port               | 3 hosts and 2 ports
            psql -h a,b -p 1,x -U u       |                      | port               | no list of ports
            psql -h db -p 70000           |                      | port               | "70000" is no port
            psql -h d/b                   |                      | host               | is no name of a host
            psql service=nowhere          |                      | host,user          | there is no service nowhere
            psql postgresql://%zz@db/f    |                      | host,user          | cannot be read
            """)
    void whatCannotBeKnownIsAskedFor(String command, String variables, String fields, String why) {
        Resolution resolution = resolve(command.substring("psql".length()).strip(), variables);
        assertThat(resolution).isInstanceOfSatisfying(Resolution.Needs.class, needs -> {
            assertThat(String.join(",", needs.fields())).isEqualTo(fields);
            assertThat(needs.why().what()).contains(why);
            assertThat(needs.why().tries()).isNotEmpty();
        });
    }

    @Test
    void aServiceFillsInWhatIsNotSaid() throws Exception {
        Files.writeString(home.resolve(".pg_service.conf"), """
                # services
                [other]
                host=elsewhere
                [plant]
                host = db
                port=6543
                user=carl
                password=s3cret-w0rd
                [last]
                host=last
                """);
        Resolution.Resolved resolved = resolved("-U bob", "PGSERVICE=plant PGHOST=ignored PGDATABASE=factory");
        assertThat(resolved.spec().display()).isEqualTo("bob@db:6543/factory");
        assertThat(resolved.spec().sources()).containsEntry("host", "service plant");
        assertThat(resolved.toString()).doesNotContain("s3cret-w0rd");
        assertThat(resolved.passwordSourceName()).contains("service plant");
    }

    @Test
    void anAddressOnTheCommandLine() {
        Resolution resolution = ConnectionResolver.resolve("postgresql://bob@db/factory?sslmode=require",
                environment(null), "anna");
        assertThat(resolution).isInstanceOfSatisfying(Resolution.Resolved.class, resolved -> {
            assertThat(resolved.spec().display()).isEqualTo("bob@db:5432/factory");
            assertThat(resolved.spec().sources()).containsEntry("host", "--connect");
        });
    }

    @Test
    void aPasswordOnTheCommandLineIsRefused() {
        for (String url : List.of("postgresql://bob:s3cret-w0rd@db/factory",
                "postgresql://bob@db/factory?password=s3cret-w0rd")) {
            assertThatThrownBy(() -> ConnectionResolver.resolve(url, environment(null), "anna"))
                    .isInstanceOfSatisfying(StepmarkException.class, e -> {
                        assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
                        assertThat(e.message().what()).contains("would put a secret on the command line");
                        assertThat(e.message().toString()).doesNotContain("s3cret-w0rd");
                    });
        }
        assertThatThrownBy(() -> ConnectionResolver.resolve("mysql://db", environment(null), "anna"))
                .isInstanceOfSatisfying(StepmarkException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    private Resolution.Resolved resolved(String arguments, String variables) {
        Resolution resolution = resolve(arguments, variables);
        assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
        return (Resolution.Resolved) resolution;
    }

    private Resolution resolve(String arguments, String variables) {
        List<String> words = new java.util.ArrayList<>(List.of("psql"));
        words.addAll(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
        return ConnectionResolver.resolve(PsqlInvocation.parse(words), environment(variables), "anna");
    }

    private Map<String, String> environment(String variables) {
        Map<String, String> environment = new java.util.HashMap<>(Map.of("HOME", home.toString()));
        for (String pair : variables == null ? new String[0] : variables.split(" ")) {
            environment.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return environment;
    }
}
