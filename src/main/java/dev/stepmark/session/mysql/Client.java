package dev.stepmark.session.mysql;

import dev.stepmark.session.CancelReport;
import dev.stepmark.session.Opened;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.sql.MysqlSplitter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The client of a session and what is known about its connection. */
final class Client {

    static final String READ_ONLY = "START TRANSACTION READ ONLY";
    static final String READ_ONLY_END = "COMMIT";
    private static final long LIMIT_MILLIS = 20_000;

    private final MysqlOpening.Connection connection;
    private final Transactions transactions;
    private boolean lost;

    Client(MysqlOpening.Connection connection) {
        this.connection = connection;
        this.transactions = new Transactions(!connection.server().fact("autocommit").equals("0"));
    }

    Opened opened() {
        return connection.opened();
    }

    /** Where names of files begin. */
    Path directory() {
        return connection.start().directory();
    }

    ClientProcess process() {
        return connection.process();
    }

    Transactions transactions() {
        return transactions;
    }

    /** Whether no transaction is open, for certain. */
    boolean idle() {
        return transactions.certain() && transactions.state() == Transaction.NONE;
    }

    synchronized void lose() {
        lost = true;
    }

    synchronized boolean alive() {
        return !lost && process().alive();
    }

    /** Why a text cannot be sent: it would leave the client waiting for more. */
    Optional<String> refusal(String text) {
        String problem = MysqlSplitter.problem(text);
        if (!problem.isEmpty()) {
            return Optional.of("it is not complete: " + problem);
        }
        boolean escapes = connection.server().fact("sql_mode").contains("NO_BACKSLASH_ESCAPES") && text.indexOf('\\') >= 0;
        if (escapes) {
            return Optional.of("it has a backslash, and the server's sql_mode has NO_BACKSLASH_ESCAPES: what a quote ends"
                    + " there is read differently");
        }
        return text.indexOf('\0') >= 0 ? Optional.of("it has a zero byte") : Optional.empty();
    }

    /** Asks the server by a second client to stop what this connection runs, or to end it. */
    CancelReport ask(String how) {
        String id = connection.server().fact("connection_id");
        String what = how + id;
        try {
            Start.Started second = connection.start().start(Server.asking(what).exchange(), what, LIMIT_MILLIS);
            second.process().close();
            Optional<ServerError> error = ServerError.in(second.first().err());
            return second.end() == ClientProcess.End.COMPLETE && error.isEmpty()
                    ? new CancelReport(true, "asked the server by a second " + connection.start().spec().name() + ": " + what)
                    : failed(error.map(ServerError::text).orElse("no answer"), id);
        } catch (IOException e) {
            return failed(e.getMessage(), id);
        }
    }

    private CancelReport failed(String why, String id) {
        return new CancelReport(true, "the server could not be asked to stop connection " + id + ": " + why);
    }

    /** Makes certain whether a transaction is open, by asking the server on this connection where it is not. */
    Transaction transaction() {
        if (transactions.certain() || !alive()) {
            return transactions.state();
        }
        String question = connection.server().mariadb() ? "SELECT @@in_transaction AS open, @@autocommit AS auto"
                : "SELECT COUNT(*) AS open, @@autocommit AS auto FROM information_schema.innodb_trx"
                        + " WHERE trx_mysql_thread_id = CONNECTION_ID()";
        Server.Asked asked = Server.asking(question);
        ClientProcess.End end = process().run(process().statement(question), asked.exchange(), LIMIT_MILLIS);
        if (end == ClientProcess.End.COMPLETE && ServerError.in(asked.exchange().err()).isEmpty()) {
            Map<String, String> facts = Server.read(question, asked.results().all());
            transactions.told(!facts.getOrDefault("open", "0").equals("0"), !facts.getOrDefault("auto", "1").equals("0"));
        }
        return transactions.state();
    }
}
