package dev.stepmark.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every session must do that speaks psql's language, whoever carries it out. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public interface PsqlLanguageContract {

    /** Opens a new session on an empty database; the test closes it. */
    Session open() throws Exception;

    private static RecordingSink done(Session session, String text) {
        RecordingSink sink = new RecordingSink();
        Outcome outcome = session.run(Request.of(text), sink);
        assertThat(outcome).as("%s: %s%s", text, sink.printed(), sink.text(OutputSink.Stream.STDERR))
                .isInstanceOf(Outcome.Done.class);
        return sink;
    }

    @Test
    default void variablesLiveOnAndAreFilledIn() throws Exception {
        try (Session session = open()) {
            done(session, "\\set word 'it''s'");
            assertThat(done(session, "SELECT :'word' || '!' AS w").printed()).contains("it's!");
            assertThat(done(session, "\\echo :word and :nobody").printed()).isEqualTo("it's and :nobody\n");
        }
    }

    @Test
    default void aRowBecomesVariables() throws Exception {
        try (Session session = open()) {
            done(session, "SELECT 6 * 7 AS answer, 'x' AS letter \\gset");
            assertThat(done(session, "SELECT 'is ' || :answer || :'letter' AS a").printed()).contains("is 42x");
            assertThat(Dialect.isFailure(session.run(Request.of("SELECT 1 AS a WHERE false \\gset"),
                    OutputSink.none()))).isTrue();
            assertThat(done(session, "\\echo :answer").printed()).isEqualTo("42\n");
        }
    }

    @Test
    default void oneBranchRunsAndAFailureEndsIt() throws Exception {
        try (Session session = open()) {
            done(session, "CREATE TABLE branches (name text)");
            done(session, "\\if false\nINSERT INTO branches VALUES ('if');\n\\elif yes\nINSERT INTO branches VALUES ('elif');"
                    + "\n\\else\nINSERT INTO branches VALUES ('else');\n\\endif");
            assertThat(done(session, "SELECT string_agg(name, ',') AS all FROM branches").printed()).contains("elif");
            Outcome failed = session.run(Request.of("\\if true\nINSERT INTO branches VALUES ('one');\nSELECT 1/0;\n"
                    + "INSERT INTO branches VALUES ('two');\n\\endif"), OutputSink.none());
            assertThat(Dialect.isFailure(failed)).as("%s", failed).isTrue();
            assertThat(done(session, "SELECT count(*) || ' rows' AS n FROM branches").printed()).contains("2 rows");
        }
    }

    @Test
    default void dataOfCopyComesWithTheStatement() throws Exception {
        try (Session session = open()) {
            done(session, "CREATE TABLE lines (n int, t text)");
            done(session, "COPY lines FROM STDIN;\n1\tit's; :x\n2\t\\N\n\\.");
            assertThat(done(session, "SELECT n || '=' || coalesce(t, 'NULL') AS l FROM lines ORDER BY n").printed())
                    .contains("1=it's; :x").contains("2=NULL");
            RecordingSink sink = new RecordingSink();
            Outcome wrong = session.run(Request.of("COPY lines FROM STDIN;\n3\tfine\nfour\tx\n\\."), sink);
            assertThat(Dialect.isFailure(wrong)).isTrue();
            assertThat(sink.text(OutputSink.Stream.STDERR)).contains("COPY lines, line 2, column n: \"four\"");
            assertThat(done(session, "SELECT count(*) || ' rows' AS n FROM lines").printed()).contains("2 rows");
        }
    }

    @Test
    default void aScriptRunsUpToItsFirstFailure(@TempDir Path directory) throws Exception {
        Path good = Files.writeString(directory.resolve("good.sql"), "CREATE TABLE s (i int);\n\\set name s\n"
                + "INSERT INTO :name\n  VALUES (1);\n");
        Path bad = Files.writeString(directory.resolve("bad.sql"), "INSERT INTO s VALUES (2);\n\nSELECT 1/0;\n"
                + "INSERT INTO s VALUES (3);\n");
        try (Session session = open()) {
            done(session, "\\i " + good);
            RecordingSink sink = new RecordingSink();
            Outcome failed = session.run(Request.of("\\i " + bad), sink);
            assertThat(Dialect.isFailure(failed)).isTrue();
            assertThat(sink.text(OutputSink.Stream.STDERR)).contains("psql:" + bad + ":3: ERROR:  division by zero");
            assertThat(done(session, "SELECT sum(i) || ' in all' AS n FROM s").printed()).contains("3 in all");
        }
    }

    @Test
    default void watchingEndsByACancelAndThatIsNoFailure() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Session session = open()) {
            RecordingSink sink = new RecordingSink();
            Future<Outcome> running = other.submit(() -> session.run(Request.of("SELECT 'look' AS l \\watch 0.05"), sink));
            while (sink.printed().split("look", -1).length < 4) {
                Thread.sleep(5);
            }
            assertThat(session.cancel().asked()).isTrue();
            assertThat(running.get()).isInstanceOf(Outcome.Done.class);
            assertThat(done(session, "SELECT 'on' AS goes").printed()).contains("on");
        } finally {
            other.shutdownNow();
        }
    }
}
