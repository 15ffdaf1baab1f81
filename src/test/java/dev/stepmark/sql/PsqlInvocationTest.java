package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PsqlInvocationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            psql | | | |
            psql factory | | | | factory
            psql factory anna | | | anna | factory
            psql -h db -p 5433 -U anna -d factory | db | 5433 | anna | factory
            psql -hdb -p5433 -Uanna factory | db | 5433 | anna | factory
            psql --host=db --port=5433 --username anna --dbname factory | db | 5433 | anna | factory
            psql --user=anna | | | anna |
            psql factory -h db | db | | | factory
            psql -U anna factory ignored? | | | anna | factory
            psql -qXh db factory -- anna | db | | anna | factory
            /usr/bin/psql -wh db | db | | |
            PGPASSWORD=x psql -h db | db | | |
            env PGPORT=1 psql -h db | db | | |
            psql postgres://anna@db:5433/factory | db | 5433 | anna | factory
            psql -d postgresql://anna:p%40ss@[::1]:5433/my%20db?sslmode=require | ::1 | 5433 | anna | my db
            psql postgresql:///factory?host=db&port=1 | db | 1 | | factory
            psql postgresql://%2Fvar%2Frun/factory | /var/run | | | factory
            psql postgresql://db | db | | |
            psql -h other host=db | db | | |
            """)
    void tellsWhereItConnects(String command, String host, String port, String user, String database) {
        PsqlInvocation psql = PsqlInvocation.parse(List.of(command.split(" ")));
        assertThat(psql.host()).isEqualTo(Optional.ofNullable(host));
        assertThat(psql.port()).isEqualTo(Optional.ofNullable(port));
        assertThat(psql.user()).isEqualTo(Optional.ofNullable(user));
        assertThat(psql.database()).isEqualTo(Optional.ofNullable(database));
        assertThat(psql.problem()).isEqualTo(command.contains("ignored?") ? "psql would ignore the argument ignored?"
                : "");
        assertThat(psql.interactive()).isTrue();
    }

    @Test
    void readsConnectionStrings() {
        PsqlInvocation psql = PsqlInvocation.parse(List.of("psql",
                "host = db port=5433 user='anna b' password='it\\'s' dbname=f sslmode=verify-full options=-c\\ x=1"));
        assertThat(psql.host()).contains("db");
        assertThat(psql.user()).contains("anna b");
        assertThat(psql.password()).contains("it's");
        assertThat(psql.database()).contains("f");
        assertThat(psql.parameters()).isEqualTo(Map.of("sslmode", "verify-full", "options", "-c x=1"));
        assertThat(psql.toString()).doesNotContain("it's");
    }

    @Test
    void readsUrls() {
        PsqlInvocation psql = PsqlInvocation.parse(List.of("psql",
                "postgresql://a%40b:s%3Fe@db/f?sslmode=require&application_name=x+y&connect_timeout=5&ssl=true"));
        assertThat(psql.parameters()).isEqualTo(Map.of("application_name", "x+y", "connect_timeout", "5", "sslmode",
                "require"));
        assertThat(psql.user()).contains("a@b");
        assertThat(psql.password()).contains("s?e");
        assertThat(psql.host()).contains("db");
    }

    @Test
    void keepsAssignments() {
        PsqlInvocation psql = PsqlInvocation.parse(List.of("PGPASSWORD=se=cret", "env", "PGHOST=db", "psql"));
        assertThat(psql.assignments()).containsExactly(Map.entry("PGPASSWORD", "se=cret"), Map.entry("PGHOST", "db"));
        assertThat(psql.toString()).doesNotContain("cret");
    }

    @Test
    void keepsCommandsAndFiles() {
        PsqlInvocation psql = PsqlInvocation.parse(List.of("psql", "-Atc", "SELECT 1", "--command=SELECT 2", "-f",
                "x.sql", "-v", "a=b", "-1", "-W"));
        assertThat(psql.commands()).containsExactly("SELECT 1", "SELECT 2");
        assertThat(psql.files()).containsExactly("x.sql");
        assertThat(psql.unsupported()).containsExactly("-A", "-t", "-c", "--command", "-f", "-v", "-1");
        assertThat(psql.interactive()).isFalse();
        assertThat(psql.askPassword()).isTrue();
        assertThat(psql.noPassword()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"psql -X -q -w -v ON_ERROR_STOP=1 -P pager=off db", "psql --no-psqlrc db"})
    void honoursWhatChangesNothing(String command) {
        assertThat(PsqlInvocation.parse(List.of(command.split(" "))).unsupported()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"psql -h | the option -h of psql has no value",
        "psql -k | psql has no option -k", "psql --nosuch=1 | psql has no option --nosuch",
        "psql --no | more than one option of psql begins with --no",
        "psql postgresql://db/%zz | the connection URL has a wrong percent sign",
        "psql postgresql://db/x?y | the connection URL has a parameter without a value",
        "psql host=db,port | the connection string has no name=value in place 2"})
    void saysWhatIsWrong(String command, String problem) {
        assertThat(PsqlInvocation.parse(List.of(command.replace(",port", "\0port").split(" ")).stream()
                .map(w -> w.replace('\0', ' ')).toList()).problem()).isEqualTo(problem);
    }

    @Test
    void reportsSeveralHosts() {
        assertThat(PsqlInvocation.parse(List.of("psql", "postgresql://a:1,b:2/x")).unsupported())
                .containsExactly("several hosts");
        assertThat(PsqlInvocation.parse(List.of("psql", "-h", "a,b")).unsupported()).containsExactly("several hosts");
    }

    @ParameterizedTest
    @CsvSource({"psql -h x, true", "/opt/pg/bin/psql, true", "A=b psql, true", "env A=b psql, true",
        "pg_dump psql, false", "echo psql, false", "A=b, false", "psqlx, false", "sudo psql, false"})
    void knowsPsql(String command, boolean expected) {
        assertThat(PsqlInvocation.isPsql(List.of(command.split(" ")))).isEqualTo(expected);
    }
}
