package dev.stepmark.session.psql;

import dev.stepmark.session.Opened;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.psql.PsqlProcess.End;
import dev.stepmark.session.jdbc.ServerFacts;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.table.TableOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** One psql with what is known about it: its format, its transaction, where it is connected. */
final class Psql {

    private static final Pattern TO_FILE = Pattern.compile("\\\\o(?:ut)?(?![a-z])");
    private static final OutputNothing NOTHING = new OutputNothing();

    private final PsqlProcess process;
    private final Start start;
    private final TransactionState transaction = new TransactionState();
    private final List<String> connects = new ArrayList<>();
    private volatile Opened opened;
    private ClientState state;
    private Charset charset = StandardCharsets.UTF_8;
    private boolean redirected;
    private boolean unsettled;
    private boolean standard = true;
    private String begun = "";
    private String named = "";
    private String lastQuery = "";
    private Optional<Outcome.Change> unfinished = Optional.empty();

    /** Takes nothing. */
    private static final class OutputNothing implements Exchange.Taker {
        @Override
        public void take(byte[] buffer, int offset, int length) {
            // what our own commands print is nobody's
        }
    }

    Psql(PsqlProcess process, Start start) {
        this.process = process;
        this.start = start;
        this.redirected = start.program().options().contains("-o");
    }

    PsqlProcess process() {
        return process;
    }

    Start start() {
        return start;
    }

    TransactionState transaction() {
        return transaction;
    }

    ClientState state() {
        return state;
    }

    void state(ClientState other) {
        state = other;
    }

    /** The statement that was sent last for the user. */
    String lastQuery() {
        return lastQuery;
    }

    void lastQuery(String text) {
        lastQuery = text;
    }

    /** The value of one of psql's variables. */
    Optional<String> variable(String name) {
        return ask("\\if :{?" + name + "}\n\\echo :" + name + "\n\\endif\n").filter(text -> !text.isEmpty())
                .map(text -> text.substring(0, text.length() - 1));
    }

    Charset charset() {
        return charset;
    }

    Opened opened() {
        return opened;
    }

    String backendPid() {
        return opened.identity().get("backend_pid");
    }

    /** The application_name that was set last by us. */
    String named() {
        return named;
    }

    boolean alive() {
        return process.alive();
    }

    /** Whether results are read row by row: what the user has told psql to print can be printed here. */
    boolean readable() {
        return state.plain() && !redirected;
    }

    SecondPsql second() {
        return new SecondPsql(start, connects);
    }

    /** The session is somewhere else from now on. */
    void went(String connect) {
        connects.add(connect);
        transaction.reset();
        named = "";
    }

    Fields fields(Exchange exchange) {
        Fields fields = Fields.of(exchange.fields());
        charset = ClientEncoding.charset(fields.encoding());
        return fields;
    }

    /** Runs a statement of our own, silently; whether psql lives on. */
    boolean own(String statement) {
        if (statement.startsWith("SET application_name = ")) {
            named = statement.substring("SET application_name = '".length(), statement.length() - 1)
                    .replace("''", "'");
        }
        return process.run(statement + ";\n", charset, new Exchange(NOTHING, NOTHING)) == End.COMPLETE;
    }

    /** What our own commands print, or empty when psql did not live on. */
    Optional<String> ask(String commands) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Exchange exchange = new Exchange(ClientEncoding.toUtf8(charset, out::write), NOTHING);
        return process.run(commands, charset, exchange) == End.COMPLETE
                ? Optional.of(out.toString(StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** Commands that give psql back the user's format, as far as they are needed. */
    String userFormat(boolean script) {
        return state.stopping(state.stop() && script).leave();
    }

    /** Goes back to the private format. */
    void ownFormat() {
        ask(ClientState.enter());
    }

    /**
     * Reads what a meta-command may have changed, and goes back to the private format.
     *
     * @param stopTold whether psql's ON_ERROR_STOP was the user's while the command ran: else it is off in psql, and
     *                 what the user wants is remembered here
     */
    void readState(boolean stopTold) {
        boolean stop = state != null && state.stop();
        ask(ClientState.ASK).map(ClientState::read)
                .ifPresent(read -> state = read.stopping(stopTold ? read.stop() : read.stop() || stop));
        ownFormat();
    }

    /** Whether results go to a file now: only the text says. */
    void redirected(String name, String text) {
        if (name.equals("\\o") || name.equals("\\out")) {
            redirected = !text.strip().matches("\\\\o(?:ut)?;?");
        } else {
            redirected |= TO_FILE.matcher(text).find();
        }
    }

    /** Asks the server about the transaction where it does not follow from what was run. */
    void look(boolean needed) {
        if (needed || !transaction.certain()) {
            second().ask("SELECT state FROM pg_catalog.pg_stat_activity WHERE pid = " + backendPid())
                    .ifPresent(transaction::told);
        }
    }

    /** Asks psql and the server who they are. */
    boolean identify() {
        Optional<String> where = ask(Identity.WHERE);
        List<List<String>> facts = committing(Identity.FACTS);
        if (where.isEmpty() || facts.isEmpty()) {
            return false;
        }
        // a query that the role may not ask would fail an open transaction
        boolean may = ServerFacts.systemIsTold(facts.get(0));
        List<List<String>> system = may ? committing(Identity.SYSTEM) : List.of();
        opened = Identity.opened(where.get(), facts.get(0), system.isEmpty() ? "" : system.get(0).get(0),
                start.program());
        begun = Identity.begun(facts.get(0));
        return true;
    }

    /** Whether a backslash in a plain literal stands for itself; the server is asked only where that makes a difference. */
    boolean standardStrings(String text) {
        boolean matters = text.indexOf('\\') >= 0 && text.indexOf('\'') >= 0
                && !SqlSplitter.split(text, true).equals(SqlSplitter.split(text, false));
        List<List<String>> told = matters ? committing("SHOW standard_conforming_strings;") : List.of();
        standard = told.isEmpty() ? standard : told.get(0).get(0).equals("on");
        return standard;
    }

    /** A query of our own, which opens no transaction that stays. */
    private List<List<String>> committing(String query) {
        return state.commits() ? query(query + "\n")
                : query("\\set AUTOCOMMIT on\n" + query + "\n\\set AUTOCOMMIT off\n");
    }

    /**
     * After a script only psql and the server know where it is, and in which transaction; what changed of that. In a
     * failed transaction nobody answers, and then it is looked up after the next text.
     */
    Optional<Outcome.Change> settle(boolean script) {
        boolean wanted = (script || unsettled) && alive();
        List<List<String>> pid = wanted ? committing("SELECT pg_catalog.pg_backend_pid();") : List.of();
        unsettled = wanted && pid.isEmpty();
        Optional<Outcome.Change> change = Optional.empty();
        if (unsettled) {
            transaction.told("idle in transaction (aborted)");
        } else if (wanted && !pid.get(0).get(0).equals(backendPid())) {
            change = elsewhere();
        }
        look(false);
        return change;
    }

    private Optional<Outcome.Change> elsewhere() {
        Optional<String> place = ask("\\echo :DBNAME '\\037' :USER '\\037' :HOST '\\037' :PORT\n");
        if (place.isEmpty() || !identify()) {
            return Optional.empty();
        }
        StringJoiner connect = new StringJoiner(" ", "\\connect ", "");
        for (String word : place.get().split("\037")) {
            connect.add(ClientState.quoted(word.strip()));
        }
        went(connect.toString());
        transaction.unknown();
        return Optional.of(new Outcome.Change("", List.of(), opened.identity().get("database"), List.of()));
    }

    /** What finds this backend, and no later one that has its number. */
    String itsBackend() {
        return " FROM pg_catalog.pg_stat_activity WHERE pid = " + backendPid()
                + (begun.isEmpty() ? "" : " AND " + Identity.BEGUN + " = '" + begun + "'");
    }

    /** What a text that failed has changed nevertheless. */
    void unfinished(Optional<Outcome.Change> change) {
        unfinished = change;
    }

    Optional<Outcome.Change> unfinished() {
        return unfinished;
    }

    /** The rows of a query of our own; none when it failed. */
    List<List<String>> query(String commands) {
        LatexReader reader = new LatexReader((stream, buffer, offset, length) -> { }, TableOptions.DEFAULTS, true);
        End end = process.run(commands, charset, new Exchange(ClientEncoding.toUtf8(charset, reader), NOTHING));
        return end != End.COMPLETE || reader.rows() == null ? List.of() : reader.rows().sample();
    }
}
