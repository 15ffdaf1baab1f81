package dev.stepmark.session.psql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Ask;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.testing.EmbeddedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a person or for time in a session through psql: \prompt, \password, \watch. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PsqlPersonTest {

    @TempDir
    Path directory;

    @BeforeAll
    static void psql() {
        PsqlFixture.needsPsql();
    }

    @Test
    void promptIsAskedBeforeItRunsAndSetsTheVariable() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("\\set what plant");
            Request prompt = Request.of("\\prompt :'what' name");
            assertThat(psql.session.asks(prompt)).containsExactly(new Ask("prompt.name", "'plant'", false));
            assertThat(psql.session.asks(Request.of("\\prompt 'Which? ' name"))).containsExactly(new Ask("prompt.name", "Which? ", false));
            psql.session.answer(Map.of("prompt.name", "it's a \\ \"b\" :what `id`".toCharArray()));
            Outcome.Done done = psql.done("\\prompt 'Which? ' name");
            assertThat(done.change().orElseThrow().settings()).containsExactly("\\set name='it''s a \\\\ \"b\" :what `id`'");
            assertThat(psql.done("SELECT :'name'").results().get(0).rows().get(0)).containsExactly("it's a \\ \"b\" :what `id`");
            assertThat(psql.run("\\prompt name")).as("an answer counts once").isInstanceOf(Outcome.Refused.class);
            psql.session.answer(Map.of("prompt.api_token", "hush-hush".toCharArray()));
            assertThat(psql.session.asks(Request.of("\\prompt api_token")).get(0).secret()).isTrue();
            assertThat(psql.done("\\prompt api_token").change().orElseThrow().settings()).containsExactly("\\set api_token=(not kept)");
            psql.session.answer(Map.of("prompt.SINGLESTEP", "on".toCharArray()));
            assertThat(psql.run("\\prompt SINGLESTEP")).isInstanceOf(Outcome.Refused.class);
            psql.session.answer(Map.of("prompt.AUTOCOMMIT", "maybe".toCharArray()));
            assertThat(psql.failed("\\prompt AUTOCOMMIT").message()).contains("unrecognized value \"maybe\"");
        }
    }

    @Test
    void passwordSendsAVerifierOnly() throws Exception {
        EmbeddedServer server = EmbeddedServer.get();
        server.execute("postgres", "DROP ROLE IF EXISTS \"Odd role\"", "CREATE ROLE \"Odd role\" LOGIN");
        try (PsqlFixture psql = new PsqlFixture()) {
            assertThat(psql.session.asks(Request.of("\\password"))).extracting(Ask::prompt)
                    .containsExactly("Enter new password for user \"postgres\": ", "Enter it again: ");
            assertThat(psql.session.asks(Request.of("\\password \"Odd role\""))).allMatch(Ask::secret).extracting(Ask::prompt)
                    .contains("Enter new password for user \"Odd role\": ");
            psql.session.answer(Map.of("password", "one".toCharArray(), "password.again", "two".toCharArray()));
            assertThat(psql.failed("\\password \"Odd role\"").message()).isEqualTo("Passwords didn't match.");
            psql.done("\\set AUTOCOMMIT off");
            answer(psql, "gr\u00fcn'$1");
            assertThat(psql.done("\\password \"Odd role\"").transaction()).isEqualTo(Transaction.NONE);
            assertThat(psql.result() + psql.out() + psql.err()).isEmpty();
            psql.done("\\set AUTOCOMMIT on");
            assertThat(server.query("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'Odd role'"))
                    .startsWith("SCRAM-SHA-256$4096:");
            answer(psql, "x");
            assertThat(psql.failed("\\password nobody_at_all").sqlState()).isEqualTo("42704");
            answer(psql, "x");
            assertThat(psql.run(new Request("\\password", "", Map.of(), Optional.empty(), true)))
                    .isInstanceOf(Outcome.Refused.class);
            assertThat(psql.run("\\password")).isInstanceOf(Outcome.Refused.class);
        } finally {
            server.execute("postgres", "DROP ROLE \"Odd role\"");
        }
    }

    private static void answer(PsqlFixture psql, String password) {
        psql.session.answer(Map.of("password", password.toCharArray(), "password.again", password.toCharArray()));
    }

    @Test
    void thePasswordThatWasSetOpensAConnection() throws Exception {
        EmbeddedServer server = EmbeddedServer.get();
        try (PsqlFixture psql = new PsqlFixture()) {
            answer(psql, "anOther\\one");
            psql.done("\\password " + EmbeddedServer.SCRAM_USER);
            try (PsqlSession other = PsqlSession.open(PsqlFixture.spec(EmbeddedServer.SCRAM_USER, psql.database,
                    Map.of("host", "localhost")), PsqlFixture.options(Map.of(),
                            whose -> Optional.of("anOther\\one".toCharArray())))) {
                assertThat(other.opened().identity()).containsEntry("user", EmbeddedServer.SCRAM_USER);
            }
        } finally {
            server.execute("postgres", "ALTER ROLE " + EmbeddedServer.SCRAM_USER + " PASSWORD '"
                    + EmbeddedServer.SCRAM_PASSWORD + "'");
        }
    }

    @Test
    void watchPrintsWhatPsqlPrints() throws Exception {
        String query = "\\pset title 'orders now'\nSELECT 6 / (3 - nextval('runs')) AS left \\watch 0.01\n";
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("CREATE SEQUENCE runs");
            Path script = Files.writeString(directory.resolve("watch.sql"), query);
            Process real = new ProcessBuilder("psql", "-X", "-q", "-h", psql.server.sockets().toString(), "-p",
                    Integer.toString(psql.server.port()), "-U", "postgres", "-d", psql.database, "-f", script.toString())
                    .redirectErrorStream(true).start();
            String expected = times(new String(real.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertThat(expected).contains("(every 0.01s)").contains("    3").contains("division by zero");
            psql.done("ALTER SEQUENCE runs RESTART");
            psql.done("\\pset title 'orders now'");
            psql.done("SELECT 1");
            Outcome.Failed failed = psql.failed("SELECT 6 / (3 - nextval('runs')) AS left \\watch 0.01");
            assertThat(failed.sqlState()).isEqualTo("22012");
            assertThat(times(psql.result())).isEqualTo(expected.substring(0, expected.indexOf("psql:")));
            psql.done("SELECT 1 AS one");
            assertThat(psql.result()).as("the user's title is back").startsWith("orders now\n one \n");
        }
    }

    private static String times(String text) {
        return text.replaceAll("[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}", "TIME");
    }

    @Test
    void watchCountsAndRepeatsTheLastStatement() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("CREATE SEQUENCE runs");
            assertThat(psql.done("SELECT nextval('runs') \\watch i=0 c=3").results().get(0).rows()).containsExactly(List.of("3"));
            psql.done("SELECT nextval('runs')");
            assertThat(psql.done("\\watch 0 c=2").results().get(0).rows()).containsExactly(List.of("6"));
            assertThat(psql.run("SELECT 1 \\watch soon")).isInstanceOfSatisfying(Outcome.Refused.class,
                    r -> assertThat(r.reason()).contains("incorrect interval value \"soon\""));
            psql.done("\\pset format html");
            psql.done("SELECT nextval('runs') \\watch 0 c=2");
            assertThat(times(psql.out())).contains("<caption>TIME (every 0s)").contains(">7<").contains(">8<");
        }
    }

    @Test
    void aCancelEndsWatchWellAndTheSessionGoesOn() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("CREATE SEQUENCE runs");
            CountDownLatch first = new CountDownLatch(1);
            OutputSink sink = (stream, buffer, offset, length) -> first.countDown();
            ExecutorService other = Executors.newSingleThreadExecutor();
            Future<Outcome> watching = other.submit(() -> psql.session.run(
                    Request.of("SELECT nextval('runs') \\watch 3600"), sink));
            first.await();
            assertThat(psql.session.cancel().asked()).isTrue();
            assertThat(watching.get()).isInstanceOfSatisfying(Outcome.Done.class,
                    done -> assertThat(done.results().get(0).rows()).containsExactly(List.of("1")));
            assertThat(psql.run(new Request("SELECT 1 \\watch 3600", "", Map.of(), Optional.of(Duration.ofSeconds(1)),
                    false))).isInstanceOfSatisfying(Outcome.Cancelled.class, c -> assertThat(c.timedOut()).isTrue());
            assertThat(psql.done("SELECT nextval('runs')").results().get(0).rows()).containsExactly(List.of("2"));
            other.shutdown();
        }
    }
}
