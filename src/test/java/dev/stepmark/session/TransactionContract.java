package dev.stepmark.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.Request.Within;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every session of PostgreSQL must do about transactions of ours, whoever carries it out. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public interface TransactionContract {

    /** Opens a new session on an empty database; the test closes it. */
    Session open() throws Exception;

    private static Outcome run(Session session, String text, Within within) {
        return session.run(Request.of(text).within(within), new RecordingSink());
    }

    private static String value(Session session, String query) {
        RecordingSink sink = new RecordingSink();
        session.run(Request.of("\\pset tuples_only on"), new RecordingSink());
        Outcome outcome = session.run(Request.of(query).within(Within.SAVEPOINT), sink);
        session.run(Request.of("\\pset tuples_only off"), new RecordingSink());
        assertThat(outcome).as(query).isInstanceOf(Outcome.Done.class);
        return sink.printed().strip();
    }

    private static Transaction state(Outcome outcome) {
        return outcome instanceof Outcome.Done done ? done.transaction() : ((Outcome.Failed) outcome).transaction();
    }

    @Test
    default void aTransactionIsBegunBeforeTheText() throws Exception {
        try (Session session = open()) {
            Request first = Request.of("CREATE TABLE t (n int);").within(Within.BEGIN);
            assertThat(session.framing(first)).first().isEqualTo("BEGIN");
            assertThat(state(session.run(first, new RecordingSink()))).isEqualTo(Transaction.OPEN);
            assertThat(state(run(session, "INSERT INTO t VALUES (1), (2);", Within.SAVEPOINT))).isEqualTo(Transaction.OPEN);
            Outcome again = run(session, "INSERT INTO t VALUES (3);", Within.BEGIN);
            assertThat(again).isEqualTo(new Outcome.Refused("a transaction is open already"));
            assertThat(state(run(session, "ROLLBACK;", Within.AS_IT_IS))).isEqualTo(Transaction.NONE);
            assertThat(value(session, "SELECT to_regclass('t') IS NULL")).isEqualTo("t");
        }
    }

    @Test
    default void whatFailsTakesNothingWithIt() throws Exception {
        try (Session session = open()) {
            run(session, "CREATE TABLE t (n int PRIMARY KEY);", Within.BEGIN);
            run(session, "INSERT INTO t VALUES (1);", Within.SAVEPOINT);
            for (String wrong : new String[] {"SELECT nonsense;", "INSERT INTO t VALUES (2), (1);", "SELECT 1/0 \\g",
                "SELECT 1/0 AS a \\gset"}) {
                Outcome outcome = run(session, wrong, Within.SAVEPOINT);
                assertThat(outcome).as(wrong).isInstanceOf(Outcome.Failed.class);
                assertThat(state(outcome)).as(wrong).isEqualTo(Transaction.OPEN);
            }
            assertThat(state(run(session, "COMMIT;", Within.SAVEPOINT))).isEqualTo(Transaction.NONE);
            assertThat(value(session, "SELECT string_agg(n::text, ',') FROM t")).isEqualTo("1");
        }
    }

    @Test
    default void savepointsOfTheTextAndPsqlsVariablesAreLeftAlone() throws Exception {
        try (Session session = open()) {
            run(session, "CREATE TABLE t (n int);", Within.BEGIN);
            run(session, "SAVEPOINT mine;", Within.SAVEPOINT);
            run(session, "INSERT INTO t VALUES (1), (2), (3);", Within.SAVEPOINT);
            RecordingSink sink = new RecordingSink();
            session.run(Request.of("\\echo :ROW_COUNT :ERROR :ON_ERROR_ROLLBACK").within(Within.SAVEPOINT), sink);
            assertThat(sink.printed()).isEqualTo("3 false off\n");
            assertThat(run(session, "ROLLBACK TO mine;", Within.SAVEPOINT)).isInstanceOf(Outcome.Done.class);
            run(session, "COMMIT;", Within.SAVEPOINT);
            assertThat(value(session, "SELECT count(*) FROM t")).isEqualTo("0");
        }
    }

    @Test
    default void theServerIsAskedWithoutATrace() throws Exception {
        try (Session session = open()) {
            ServerSide server = session.server().orElseThrow();
            run(session, "CREATE TABLE t (n int);", Within.BEGIN);
            String xid = server.here("SELECT pg_catalog.txid_current_if_assigned()").orElseThrow();
            assertThat(xid).matches("\\d+");
            assertThat(server.here("SELECT no_such_column")).isEmpty();
            assertThat(server.here("SELECT NULL")).contains("");
            assertThat(state(run(session, "INSERT INTO t VALUES (1);", Within.SAVEPOINT))).isEqualTo(Transaction.OPEN);
            assertThat(server.beside("SELECT to_regclass('t') IS NULL")).as("others do not see it").contains("t");
            assertThat(server.beside("SELECT no_such_column")).isEmpty();
            assertThat(server.beside("SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND pid = "
                    + server.backend())).isNotEqualTo(java.util.Optional.of("0"));
            run(session, "COMMIT;", Within.AS_IT_IS);
            assertThat(server.beside("SELECT pg_catalog.txid_status(" + xid + ")")).contains("committed");
            assertThat(value(session, "SELECT count(*) FROM t")).isEqualTo("1");
        }
    }
}
