package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.SessionDeclaration.Kind;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which session a block belongs to. Never the wrong machine: what a remote shell should run is not the local shell's. */
class SessionsTest {

    @Test
    void aPlainBlockBelongsToTheShellHere() {
        Runbook runbook = steps("sh", "ls", "sh", "pwd");
        assertThat(runbook.sessions()).containsExactly(
                new SessionDeclaration("shell", Kind.SHELL, "", "shell on this machine", 0, 0, "", ""));
        assertThat(sessions(runbook)).containsExactly("shell", "shell");
    }

    @Test
    void sqlWithoutAnOpenerNeedsAConnection() {
        Runbook runbook = steps("sql", "SELECT 1;", "sql", "SELECT 2;");
        assertThat(runbook.sessions()).containsExactly(
                new SessionDeclaration("sql", Kind.PSQL, "", "the database", 0, 0, "", ""));
        Runbook one = Plans.of("---\nconnections: {plant: postgresql://h/d}\n---\n# t\n\n```sql\nSELECT 1;\n```\n");
        assertThat(one.sessions()).extracting(SessionDeclaration::connection).containsExactly("plant");
    }

    @Test
    void theAuthorCanNameThem() {
        Runbook runbook = steps("sql {connection=source}", "SELECT 1;", "sql {session=other}", "SELECT 2;",
                "sh {target=storage}", "ls", "sh {session=second}", "ls");
        assertThat(sessions(runbook)).containsExactly("source", "other", "storage", "second");
        assertThat(runbook.sessions()).extracting(SessionDeclaration::id, SessionDeclaration::kind,
                SessionDeclaration::connection).containsExactly(tuple("source", Kind.PSQL, "source"),
                tuple("other", Kind.PSQL, ""), tuple("storage", Kind.REMOTE_SHELL, ""), tuple("second", Kind.SHELL, ""));
    }

    @Test
    void aShellCommandGoesToTheShellAroundPsqlAndSqlGoesBack() {
        Runbook runbook = steps("sh", "psql", "sql", "SELECT 1;", "sh", "ls", "sql", "SELECT 2;", "sh", "exit");
        assertThat(sessions(runbook)).containsExactly("shell", "psql1", "shell", "psql1", "psql1");
        Block exit = runbook.steps().get(4).blocks().get(0);
        assertThat(exit.executor()).isEqualTo(Executor.PSQL);
        assertThat(exit.closes()).isTrue();
    }

    @Test
    void exitInTheShellHereIsACommand() {
        Block exit = steps("sh", "psql", "sh", "ls", "sh", "exit").steps().get(2).blocks().get(0);
        assertThat(exit.executor()).isEqualTo(Executor.SHELL);
        assertThat(exit.closes()).isFalse();
    }

    @Test
    void aStatementAndTheEndOfPsqlInOneBlock() {
        Runbook runbook = steps("sh", "psql", "sql", "SELECT 1;\n\\q", "sql", "SELECT 2;");
        assertThat(sessions(runbook)).containsExactly("shell", "psql1", "sql");
        assertThat(runbook.session("psql1").orElseThrow().closedBy()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ssh admin@db1                                        | host      | REMOTE_SHELL
            ssh -p 22 -i key admin@db1                           | host      | REMOTE_SHELL
            kubectl exec -it web-0 -- bash                       | pod       | REMOTE_SHELL
            kubectl -n plant exec -ti web-0 -c db -- /bin/sh     | pod       | REMOTE_SHELL
            docker exec -it web bash                             | container | REMOTE_SHELL
            sudo su - postgres                                   | user-shell | REMOTE_SHELL
            sudo -i                                              | user-shell | REMOTE_SHELL
            sudo -u postgres psql                                | psql1     | PSQL
            kubectl exec -it web-0 -- psql -U postgres           | psql1     | PSQL
            mysql -u root -p                                     | mysql     | MYSQL
            redis-cli                                            | redis-cli | OTHER
            psql -h <HOST> -U <USER>                             | psql1     | PSQL
            """)
    void knowsCommandsThatOpenASession(String command, String id, Kind kind) {
        Runbook runbook = steps("sh", command, "sh", "ls");
        Block block = runbook.steps().get(0).blocks().get(0);
        assertThat(block.opens()).isEqualTo(id);
        assertThat(block.statements()).extracting(Statement::kind).containsExactly(Statement.Kind.OPENER);
        assertThat(block.inferences()).extracting(Inference::id).containsExactly("step-1.opens-session");
        assertThat(runbook.session(id).orElseThrow().kind()).isEqualTo(kind);
        String next = runbook.steps().get(1).blocks().get(0).session();
        assertThat(next).isEqualTo(kind == Kind.REMOTE_SHELL ? id : "shell");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh admin@db1 uptime", "ssh -N -L 5432:localhost:5432 db1", "kubectl exec web-0 -- ls",
        "kubectl exec -it web-0 -- ls /", "kubectl exec -it web-0 -- bash -c 'ls'", "docker run -it web serve",
        "psql -c 'SELECT 1'", "psql -f a.sql", "psql --version", "psql < a.sql", "echo 'SELECT 1' | psql",
        "sudo systemctl restart x", "mysql -e 'SELECT 1'", "kubectl get pods -o json"})
    void knowsCommandsThatOpenNone(String command) {
        Block block = steps("sh", command).steps().get(0).blocks().get(0);
        assertThat(block.opens()).isEmpty();
        assertThat(block.statements()).extracting(Statement::kind).containsExactly(Statement.Kind.SHELL);
    }

    @Test
    void whatIsTypedIntoAnotherConsoleIsNeverRunInTheShell() {
        Runbook runbook = steps("sh", "redis-cli", "sh", "GET maxmemory");
        assertThat(runbook.steps().get(1).blocks().get(0).role()).isEqualTo(Role.QUERY_ELSEWHERE);
        Runbook mysql = steps("sh", "mysql -u root", "sql", "SELECT 1;");
        assertThat(mysql.steps().get(1).blocks().get(0).executor()).isEqualTo(Executor.MYSQL);
        assertThat(mysql.steps().get(1).blocks().get(0).session()).isEqualTo("mysql");
    }

    @Test
    void exitLeavesARemoteShell() {
        Runbook runbook = steps("sh", "ssh db1", "sh", "ls", "sh", "exit", "sh", "pwd");
        assertThat(sessions(runbook)).containsExactly("shell", "host", "host", "shell");
        assertThat(runbook.steps().get(2).blocks().get(0).closes()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Open a Shell inside the timescale pod            | pod       | shell in the timescale pod
            Open a terminal in the `web` container           | container | shell in the web container
            Start a remote bash session on the backup server | server    | shell on the backup server
            SSH into the bastion host                        | host      | shell on the bastion host
            Log in to the primary node                       | node      | shell on the primary node
            """)
    void readsManualStepsThatOpenAShell(String title, String id, String label) {
        Runbook runbook = Plans.of("1. " + title + "\n2. Look\n\n   ```sh\n   ls\n   ```\n3. Close the shell\n4. Here\n\n   ```sh\n   ls\n   ```\n");
        assertThat(runbook.steps().get(0).opens()).isEqualTo(id);
        assertThat(runbook.session(id).orElseThrow().label()).isEqualTo(label);
        assertThat(sessions(runbook)).containsExactly(id, "shell");
        assertThat(runbook.steps().get(2).closes()).isEqualTo(id);
        assertThat(runbook.session(id).orElseThrow().closedBy()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Open OpenLens", "Open a terminal", "Open the pod list", "Connect to the database server",
        "Restart the pod", "Check the shell of the host"})
    void otherManualStepsOpenNothing(String title) {
        assertThat(Plans.of("1. " + title + "\n").steps().get(0).opens()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Close the ticket", "Exit", "Closely watch the pod", "End the maintenance window"})
    void otherManualStepsCloseNothing(String title) {
        Runbook runbook = Plans.of("1. Open a shell in the web pod\n2. " + title + "\n");
        assertThat(runbook.steps().get(1).closes()).isEmpty();
        assertThat(runbook.session("pod").orElseThrow().closedBy()).isZero();
    }

    @Test
    void sqlInAPodShellWithoutPsqlBelongsToThePod() {
        Runbook runbook = Plans.of("1. Open a shell in the web pod\n2. Ask\n\n   ```sql\n   SELECT 1;\n   ```\n");
        assertThat(runbook.session("sql").orElseThrow().parent()).isEqualTo("pod");
    }

    /** Pairs of info string and text, each in an item of its own. */
    private static Runbook steps(String... pairs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append("1. Step\n\n   ```").append(pairs[i]).append("\n   ").append(pairs[i + 1].replace("\n", "\n   "))
                    .append("\n   ```\n\n");
        }
        return Plans.of(text.toString());
    }

    private static List<String> sessions(Runbook runbook) {
        return runbook.steps().stream().flatMap(s -> s.blocks().stream()).map(Block::session).toList();
    }
}
