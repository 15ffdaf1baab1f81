package dev.stepmark.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that start psql as somebody else. */
class PsqlCommandTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            psql -d plant                                  |                              |          | psql -d plant
            PGPORT=1 psql                                  |                              |          | PGPORT=1 psql
            env PGPORT=1 psql                              |                              |          | env PGPORT=1 psql
            sudo -u postgres psql                          | sudo -u postgres             | postgres | psql
            sudo -upostgres psql -p 5433                   | sudo -upostgres              | postgres | psql -p 5433
            sudo -iu postgres psql plant                   | sudo -iu postgres            | postgres | psql plant
            sudo -n -H -u postgres -- psql                 | sudo -n -H -u postgres --    | postgres | psql
            sudo --user=postgres psql                      | sudo --user=postgres         | postgres | psql
            sudo --user postgres psql                      | sudo --user postgres         | postgres | psql
            sudo -g dba -u postgres psql                   | sudo -g dba -u postgres      | postgres | psql
            sudo psql                                      | sudo                         | root     | psql
            sudo -u postgres PGPORT=5433 psql              | sudo -u postgres             | postgres | PGPORT=5433 psql
            sudo -u postgres env PGPORT=1 psql             | sudo -u postgres             | postgres | env PGPORT=1 psql
            /usr/bin/sudo -u postgres /usr/bin/psql        | /usr/bin/sudo -u postgres    | postgres | /usr/bin/psql
            doas -u postgres psql                          | doas -u postgres             | postgres | psql
            runuser -u postgres -- psql -d plant           | runuser -u postgres --       | postgres | psql -d plant
            gosu postgres psql                             | gosu postgres                | postgres | psql
            su postgres -c psql                            | su postgres -c               | postgres | psql
            su - postgres -c 'psql -p 5433 plant'          | su - postgres -c             | postgres | psql -p 5433 plant
            su -c 'psql plant' postgres                    | su postgres -c               | postgres | psql plant
            su -l postgres --command='psql plant'          | su -l postgres -c            | postgres | psql plant
            su -s /bin/sh - postgres -c psql               | su -s /bin/sh - postgres -c  | postgres | psql
            runuser -l postgres -c 'psql -v x="a b"'       | runuser -l postgres -c       | postgres | psql -v x=a b
            """, quoteCharacter = '"')
    void isRead(String command, String launcher, String user, String psql) {
        Optional<PsqlCommand> read = PsqlCommand.of(Words.split(command).orElseThrow());
        assertThat(read).isPresent();
        assertThat(String.join(" ", read.get().launcher())).isEqualTo(launcher == null ? "" : launcher);
        assertThat(read.get().user()).isEqualTo(user == null ? "" : user);
        assertThat(String.join(" ", read.get().words())).isEqualTo(psql);
        assertThat(read.get().oneWord()).isEqualTo(launcher != null && launcher.endsWith("-c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sudo -u postgres pg_dump", "sudo -i", "su - postgres", "su postgres -c 'pg_dump plant'",
        "su postgres -c 'cd /tmp && psql'", "ssh db psql", "sudo -u postgres", "echo psql", "runuser -u postgres"})
    void isNoPsql(String command) {
        assertThat(PsqlCommand.of(Words.split(command).orElseThrow())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sudo -u postgres psql    | false
            sudo -E -u postgres psql | true
            su postgres -c psql      | true
            su - postgres -c psql    | false
            runuser -u postgres psql | true
            """)
    void theEnvironmentReachesItOrDoesNot(String command, boolean keeps) {
        assertThat(PsqlCommand.of(List.of(command.split(" ")))).get().extracting(PsqlCommand::keepsEnvironment)
                .isEqualTo(keeps);
    }
}
