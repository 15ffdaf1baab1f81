package dev.stepmark.session.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ClientSpec;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Result;
import dev.stepmark.testing.MariaServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only mysql has, with the real client on a real MariaDB. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MysqlSessionTest {

    @Test
    void rowsAreReadWithoutLoss() throws Exception {
        try (MysqlFixture mysql = new MysqlFixture()) {
            Outcome.Done done = mysql.done("SELECT 1 AS n, NULL AS nothing, 'NULL' AS word, 'a<b>&\"c''\\n\td' AS odd,"
                    + " '--------------' AS rule, 'gr\u00fc\u00df \ud83d\ude00' AS `a ``name`, '' AS empty;");
            Result result = done.results().get(0);
            assertThat(result.columns().stream().map(Result.Column::name)).containsExactly("n", "nothing", "word", "odd",
                    "rule", "a `name", "empty");
            assertThat(result.rows()).containsExactly(Arrays.asList("1", null, "NULL", "a<b>&\"c'\n\td",
                    "--------------", "gr\u00fc\u00df \ud83d\ude00", ""));
            assertThat(result.columns().get(0).right()).isTrue();
            assertThat(result.columns().get(2).right()).isFalse();
            assertThat(result.rowCount()).isEqualTo(1);
        }
    }

    @Test
    void tablesAreThoseOfTheClientItself() throws Exception {
        try (MysqlFixture mysql = new MysqlFixture()) {
            mysql.done("CREATE TABLE t (id int NOT NULL, name varchar(20), price decimal(8,2))");
            mysql.done("INSERT INTO t VALUES (1, 'nut', 0.5), (20, NULL, 12.25), (300, 'a bolt', NULL)");
            for (String query : List.of("SELECT * FROM t ORDER BY id", "SELECT name FROM t ORDER BY id",
                    "SELECT id AS a_long_name_of_a_column FROM t ORDER BY id", "SHOW TABLES")) {
                mysql.done(query);
                assertThat(mysql.result()).startsWith(real(mysql, "-t", query)).contains("in set");
            }
            mysql.done("SELECT * FROM t ORDER BY id\\G");
            assertThat(mysql.result()).startsWith(real(mysql, "-E", "SELECT * FROM t ORDER BY id"));
        }
    }

    private static String real(MysqlFixture mysql, String format, String sql) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("mariadb", "--no-defaults", "-h127.0.0.1", "-P" + mysql.server.port(), "-uroot",
                format, "--default-character-set=utf8mb4", mysql.database, "-e", sql).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text;
    }

    @Test
    void countsAndWarningsAreTold() throws Exception {
        try (MysqlFixture mysql = new MysqlFixture()) {
            Outcome.Done created = mysql.done("CREATE TABLE t (name varchar(3))");
            assertThat(created.results().get(0).rowCount()).isEqualTo(-1);
            Outcome.Done inserted = mysql.done("INSERT IGNORE INTO t VALUES ('abc'), ('toolong')");
            assertThat(inserted.results().get(0).rowCount()).isEqualTo(2);
            assertThat(inserted.results().get(0).tag()).isEqualTo("Query OK, 2 rows affected, 1 warning");
            assertThat(mysql.err()).isEqualTo("Warning (Code 1265): Data truncated for column 'name' at row 2\n");
            assertThat(mysql.done("UPDATE t SET name = 'x'").results().get(0).rowCount()).isEqualTo(2);
            assertThat(mysql.result()).contains("Rows matched: 2  Changed: 2");
            Outcome.Done none = mysql.done("SELECT * FROM t WHERE name = 'nobody'");
            assertThat(none.results().get(0).rowCount()).isZero();
            assertThat(mysql.result()).isEqualTo("Empty set\n");
        }
    }

    @Test
    void whatTheServerKeepsOfTheLastStatementIsLeftAlone() throws Exception {
        try (MysqlFixture mysql = new MysqlFixture()) {
            mysql.done("CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, name varchar(3))");
            mysql.done("INSERT INTO t (name) VALUES ('a'), ('b'), ('c')");
            assertThat(mysql.done("SELECT ROW_COUNT() AS n").results().get(0).rows()).containsExactly(List.of("3"));
            mysql.done("INSERT IGNORE INTO t (name) VALUES ('toolong')");
            assertThat(mysql.done("SHOW WARNINGS").results().get(0).rows().get(0)).contains("1265");
            mysql.done("SELECT SQL_CALC_FOUND_ROWS * FROM t LIMIT 1");
            assertThat(mysql.done("SELECT FOUND_ROWS() AS n").results().get(0).rows()).containsExactly(List.of("4"));
        }
    }

    @Test
    void errorsHaveNumberAndStateAndTheNextStatementRuns() throws Exception {
        try (MysqlFixture mysql = new MysqlFixture()) {
            Outcome.Failed failed = mysql.failed("SELEC 1");
            assertThat(failed.sqlState()).isEqualTo("42000");
            assertThat(failed.message()).startsWith("ERROR 1064 (42000): You have an error in your SQL syntax");
            assertThat(mysql.err()).startsWith("ERROR 1064 (42000)");
            assertThat(mysql.done("SELECT 1").results()).hasSize(1);
        }
    }

    @Test
    void aProcedureWithSemicolonsInItIsOneStatement() throws Exception {
        try (MysqlFixture mysql = new MysqlFixture()) {
            mysql.done("CREATE PROCEDURE twice()\nBEGIN\n  SELECT 1 AS a;\n  SELECT 2 AS b UNION SELECT 3;\nEND");
            Outcome.Done called = mysql.done("CALL twice();");
            assertThat(called.results()).hasSize(3);
            assertThat(called.results().get(1).rowCount()).isEqualTo(2);
        }
    }

    @Test
    void transactionsAreFollowed() throws Exception {
        try (MysqlFixture mysql = new MysqlFixture()) {
            mysql.done("CREATE TABLE t (i int)");
            assertThat(mysql.done("START TRANSACTION").transaction()).isEqualTo(Transaction.OPEN);
            assertThat(mysql.done("INSERT INTO t VALUES (1)").transaction()).isEqualTo(Transaction.OPEN);
            assertThat(mysql.failed("INSERT INTO nowhere VALUES (1)").transaction()).isEqualTo(Transaction.OPEN);
            Outcome.Done back = mysql.done("ROLLBACK;");
            assertThat(back.transaction()).isEqualTo(Transaction.NONE);
            assertThat(back.results().get(0).tag()).isEqualTo("ROLLBACK");
            mysql.done("BEGIN");
            assertThat(mysql.done("CREATE TABLE u (i int)").transaction()).as("DDL commits").isEqualTo(Transaction.NONE);
            mysql.done("SET autocommit = 0");
            assertThat(mysql.done("INSERT INTO t VALUES (2)").transaction()).isEqualTo(Transaction.OPEN);
            assertThat(mysql.done("COMMIT").transaction()).isEqualTo(Transaction.NONE);
        }
    }

    @Test
    void theServerSeesToItThatAReadOnlyRequestChangesNothing() throws Exception {
        try (MysqlFixture mysql = new MysqlFixture()) {
            mysql.done("CREATE TABLE t (i int)");
            Request request = new Request("INSERT INTO t VALUES (1)", "", Map.of(), Optional.empty(), true);
            assertThat(mysql.session.framing(request)).containsExactly("START TRANSACTION READ ONLY", "...", "COMMIT");
            Outcome outcome = mysql.run(request);
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(((Outcome.Failed) outcome).message()).contains("1792");
            assertThat(((Outcome.Failed) outcome).transaction()).isEqualTo(Transaction.NONE);
            mysql.done("INSERT INTO t VALUES (1)");
        }
    }

    @Test
    void useChangesTheDatabaseAndCommandsOfTheClientAreCarriedOut() throws Exception {
        try (MysqlFixture mysql = new MysqlFixture()) {
            assertThat(mysql.done("use mysql;").change().orElseThrow().database()).isEqualTo("mysql");
            assertThat(mysql.done("SELECT DATABASE()").results().get(0).rows()).containsExactly(List.of("mysql"));
            assertThat(mysql.failed("\\u nowhere").message()).contains("1049");
            mysql.done("\\! echo from a shell; cat");
            assertThat(mysql.out()).isEqualTo("from a shell\n");
            assertThat(mysql.failed("system exit 3").message()).contains("ended with 3");
            mysql.done("status");
            assertThat(mysql.out()).contains("Current database:\tmysql");
            mysql.done("pager less -S");
            assertThat(mysql.run("tee /tmp/x")).isInstanceOf(Outcome.Refused.class);
            assertThat(mysql.run("quit;")).isInstanceOf(Outcome.Ended.class);
            assertThat(mysql.session.alive()).isFalse();
        }
    }

    @Test
    void aScriptEndsWithItsFirstFailure() throws Exception {
        try (MysqlFixture mysql = new MysqlFixture()) {
            Path script = mysql.directory().resolve(mysql.database + ".sql");
            Files.writeString(script, "CREATE TABLE s (i int);\nDELIMITER //\nINSERT INTO s VALUES (1)//\nDELIMITER ;\n"
                    + "INSERT INTO nowhere VALUES (1);\nINSERT INTO s VALUES (2);\n");
            assertThat(mysql.run("source " + script.getFileName())).isInstanceOf(Outcome.Failed.class);
            assertThat(mysql.done("SELECT group_concat(i) AS all_of_them FROM s").results().get(0).rows())
                    .containsExactly(List.of("1"));
            Files.writeString(script, "INSERT INTO s VALUES (3);\nSELECT 'open;\n");
            assertThat(mysql.run("\\. " + script)).isInstanceOf(Outcome.Refused.class);
            assertThat(mysql.done("SELECT count(*) AS n FROM s").results().get(0).rows()).containsExactly(List.of("1"));
        }
    }

    @Test
    void aKilledConnectionIsLostAndNothingIsSentTwice() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (MysqlFixture mysql = new MysqlFixture()) {
            String id = mysql.session.opened().identity().get("backend_pid");
            Future<Outcome> running = other.submit(() -> mysql.session.run(Request.of("SELECT sleep(100)"), OutputSink.none()));
            while (mysql.server.query("mysql", "SELECT count(*) FROM information_schema.processlist WHERE id = " + id
                    + " AND info LIKE '%sleep%'").equals("0")) {
                Thread.sleep(10);
            }
            mysql.server.run("mysql", "KILL " + id);
            assertThat(running.get()).isInstanceOf(Outcome.Lost.class);
            assertThat(mysql.session.alive()).isFalse();
            assertThat(mysql.run("SELECT 1")).isInstanceOf(Outcome.Refused.class);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aPasswordIsNeverAnArgumentOrAVariableAndItsFileIsGone() throws Exception {
        MariaServer server = MariaServer.get();
        String database = server.freshDatabase();
        ClientSpec spec = MysqlFixture.spec(MariaServer.SECRET_USER, database);
        List<String> asked = new ArrayList<>();
        try (MysqlSession session = MysqlSession.open(spec, MysqlFixture.options(Optional.empty(), whose -> {
            asked.add(whose);
            return Optional.of(MariaServer.SECRET.toCharArray());
        }))) {
            assertThat(asked).containsExactly(database + " as " + MariaServer.SECRET_USER + " on 127.0.0.1:" + server.port());
            ProcessHandle client = ProcessHandle.current().descendants().filter(p -> String.join(" ", p.info().arguments()
                    .orElse(new String[0])).contains("--database=" + database)).findFirst().orElseThrow();
            Path proc = Path.of("/proc", Long.toString(client.pid()));
            assertThat(Files.readString(proc.resolve("cmdline"))).contains("--database").doesNotContain("s3c");
            assertThat(Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1)).doesNotContain("s3c");
            String file = Arrays.stream(Files.readString(proc.resolve("cmdline")).split("\0"))
                    .filter(a -> a.startsWith("--defaults")).findFirst().orElseThrow().replaceFirst("^[^=]*=", "");
            assertThat(Path.of(file)).doesNotExist();
            assertThat(Path.of(file).getParent()).doesNotExist();
        }
        assertThatThrownBy(() -> MysqlSession.open(spec, MysqlFixture.options(Optional.of("wrong".toCharArray()),
                whose -> Optional.empty()))).isInstanceOfSatisfying(CannotOpen.class, e ->
                assertThat(e.message().toString()).contains("refused the user or the password").doesNotContain("wrong"));
    }

    @Test
    void whyItCannotBeOpenedIsExplained() {
        MariaServer server = MariaServer.get();
        assertThatThrownBy(() -> open(MysqlFixture.spec("root", "no_such_database")))
                .hasMessageContaining("there is no such database");
        ClientSpec nobody = new ClientSpec(List.of(), "mariadb", List.of("--no-defaults"), List.of(), "127.0.0.1", "1",
                "root", "", "", false);
        assertThatThrownBy(() -> open(nobody)).hasMessageContaining("no server was reached");
        ClientSpec missing = new ClientSpec(List.of(), "/nonexistent/mariadb", List.of(), List.of(), "", "", "", "", "", false);
        assertThatThrownBy(() -> open(missing)).hasMessageContaining("mariadb cannot be started");
        assertThat(server.socket()).exists();
    }

    private static void open(ClientSpec spec) throws CannotOpen {
        MysqlSession.open(spec, MysqlFixture.options(Optional.empty(), whose -> Optional.empty())).close();
    }

    @Test
    void aSocketAndAnOptionFileOfTheTextAreUsed() throws Exception {
        MariaServer server = MariaServer.get();
        Path file = server.directory().resolve("given.cnf");
        Files.writeString(file, "[client]\nuser=" + MariaServer.SECRET_USER + "\n");
        for (String option : List.of("--defaults-file=", "--defaults-extra-file=")) {
            ClientSpec spec = new ClientSpec(List.of(), "mariadb", List.of(option + file), List.of(), "", "", "",
                    server.socket().toString(), "", false);
            try (MysqlSession session = MysqlSession.open(spec, MysqlFixture.options(
                    Optional.of(MariaServer.SECRET.toCharArray()), whose -> Optional.empty()))) {
                assertThat(session.opened().identity().get("user")).startsWith(MariaServer.SECRET_USER + "@");
                assertThat(session.opened().label()).contains("MariaDB");
            }
        }
        try (Stream<Path> left = Files.list(server.directory())) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).doesNotContain("client.cnf");
        }
    }
}
