package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.Variables;
import dev.stepmark.table.TableOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What psql keeps besides its connection: variables, how results look, where they go, the last query and error. */
final class Client {

    /** An error with the text that it is about. */
    record LastError(SQLException error, String statement) { }

    private final Variables variables = new Variables();
    private final Map<String, String> environment;
    private final Surroundings surroundings;
    private Path directory;
    private boolean timing;
    private TableOptions table = TableOptions.DEFAULTS;
    private String lastQuery = "";
    private LastError lastError;
    private Target target;
    private Map<String, char[]> answers = Map.of();
    private Outcome.Change unfinished;

    Client(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.directory = surroundings.directory();
        this.environment = new LinkedHashMap<>(surroundings.environment());
        variables.keep("VERSION", "Stepmark, psql's language as of PostgreSQL 15");
        variables.keep("VERSION_NAME", "15");
        variables.keep("VERSION_NUM", "150000");
    }

    /** Takes over what a connection says about itself, as psql does after connecting. */
    void connected(JdbcSession.Connected connection) {
        Map<String, String> identity = connection.opened().identity();
        variables.keep("DBNAME", connection.spec().database());
        variables.keep("USER", connection.spec().user());
        variables.keep("HOST", connection.spec().host());
        variables.keep("PORT", Integer.toString(connection.spec().port()));
        variables.keep("ENCODING", "UTF8");
        variables.keep("SERVER_VERSION_NAME", identity.getOrDefault("server_version", ""));
        variables.keep("SERVER_VERSION_NUM", identity.getOrDefault("server_version_num", ""));
    }

    Variables variables() {
        return variables;
    }

    /** The environment of programs; {@code \setenv} changes it. */
    Map<String, String> environment() {
        return environment;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Path directory() {
        return directory;
    }

    void directory(Path now) {
        directory = now;
    }

    boolean timing() {
        return timing;
    }

    void timing(boolean on) {
        timing = on;
    }

    /** How results are printed. */
    TableOptions table() {
        return table;
    }

    void table(TableOptions options) {
        table = options;
    }

    /** Whether each record stands on lines of its own. */
    boolean expanded() {
        return table.expanded() == TableOptions.Expanded.ON;
    }

    boolean quiet() {
        return variables.on("QUIET");
    }

    /** The query that {@code \g} would send again; empty before the first. */
    String lastQuery() {
        return lastQuery;
    }

    void lastQuery(String text) {
        lastQuery = text;
    }

    /** Sends what a command makes up: what was typed last stays what {@code \g} sends again. */
    <T> T keepingLastQuery(Supplier<T> body) {
        String typed = lastQuery;
        try {
            return body.get();
        } finally {
            lastQuery = typed;
        }
    }

    Optional<LastError> lastError() {
        return Optional.ofNullable(lastError);
    }

    /** Notes how a statement ended, for {@code :ERROR}, {@code :SQLSTATE} and their kin. */
    void succeeded(long rows) {
        variables.keep("ERROR", "false");
        variables.keep("SQLSTATE", "00000");
        variables.keep("ROW_COUNT", Long.toString(Math.max(0, rows)));
    }

    void failed(SQLException error, String statement) {
        lastError = new LastError(error, statement);
        String state = ServerMessages.state(error);
        String message = ServerMessages.of(error) == null ? String.valueOf(error.getMessage())
                : ServerMessages.of(error).getMessage();
        variables.keep("ERROR", "true");
        variables.keep("SQLSTATE", state);
        variables.keep("ROW_COUNT", "0");
        variables.keep("LAST_ERROR_SQLSTATE", state);
        variables.keep("LAST_ERROR_MESSAGE", message);
    }

    /** How a program ended, for {@code :SHELL_ERROR} and {@code :SHELL_EXIT_CODE} as psql 16 has them. */
    void programEnded(int status) {
        variables.keep("SHELL_ERROR", Boolean.toString(status != 0));
        variables.keep("SHELL_EXIT_CODE", Integer.toString(status));
    }

    /** Where {@code \o} sends results, or null. */
    Target target() {
        return target;
    }

    void target(Target now) {
        target = now;
    }

    /** What a script changed before it failed; called for the inner scripts first. */
    void unfinished(Outcome.Change earlier) {
        unfinished = unfinished == null ? earlier : Changes.then(earlier, unfinished);
    }

    Optional<Outcome.Change> unfinished() {
        return Optional.ofNullable(unfinished);
    }

    /** An execution begins. */
    void begins() {
        unfinished = null;
    }

    /** An answer to what the current text asks for. */
    Optional<char[]> answer(String name) {
        return Optional.ofNullable(answers.get(name));
    }

    void answers(Map<String, char[]> given) {
        answers = given;
    }
}
