package dev.stepmark.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.sql.SqlQuote;
import dev.stepmark.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.Utils;

/** Promise P20 for SQL: what goes into a hole comes out of a real server as it was, and nothing else runs. */
class SqlRoundTripTest {

    private static final int STRINGS = 100_000;
    private static final int BATCH = 500;
    private static final List<Placeholder> X = List.of(new Placeholder("X", "<X>", false));
    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        EmbeddedServer server = EmbeddedServer.get();
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.freshDatabase() + "?user="
                + server.user();
        connection = DriverManager.getConnection(url + "&preferQueryMode=simple");
        execute("CREATE TABLE t (id int)");
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void everyKindOfLiteralIsTheValue(String standardStrings) throws SQLException {
        execute("SET standard_conforming_strings = " + standardStrings);
        boolean on = standardStrings.equals("on");
        HostileText texts = new HostileText(20);
        List<String> row = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < STRINGS; i++) {
            String value = texts.next();
            row.add(filled("VALUES ('<X>', 'a<X>b', E'<X>\\n', '' || <X>, " + (on ? "U&'<X>'" : "'-'") + ")", value).substring(7));
            wanted.addAll(List.of(value, "a" + value + "b", value + "\n", value, on ? value : "-"));
            if (row.size() == BATCH) {
                same(query("VALUES " + String.join(", ", row)), wanted);
                row.clear();
                wanted.clear();
            }
        }
        assertThat(query("SELECT count(*) FROM t")).containsExactly("0");
    }

    private static void same(List<String> found, List<String> wanted) {
        for (int i = 0; i < Math.min(found.size(), wanted.size()); i++) {
            assertThat(found.get(i)).as("cell " + i).isEqualTo(wanted.get(i));
        }
        assertThat(found).hasSameSizeAs(wanted);
    }

    @Test
    void aBareNumberStaysOne() throws SQLException {
        assertThat(query("SELECT pg_typeof(" + filled("SELECT f(<X>)", "42").replaceAll(".*f\\(|\\)", "") + ")"))
                .containsExactly("integer");
        assertThat(filled("SELECT * FROM t LIMIT <X>", "10")).isEqualTo("SELECT * FROM t LIMIT 10");
        assertThat(filled("SELECT 1 -<X>", "-5")).isEqualTo("SELECT 1 - -5");
        assertThat(query(filled("SELECT 1 -<X>", "-5"))).containsExactly("6");
    }

    @Test
    void everyKindOfIdentifierIsTheName() throws SQLException {
        execute("SET standard_conforming_strings = on");
        HostileText texts = new HostileText(21);
        List<String> columns = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (int done = 0; done < STRINGS;) {
            String value = name(texts.next());
            if (value.isEmpty()) {
                continue;
            }
            done++;
            columns.add(filled("SELECT 1 AS <X>", value).substring(7));
            columns.add(filled("SELECT 1 AS \"<X>\"", value).substring(7));
            columns.add(filled("SELECT 1 AS c_<X>", value).substring(7));
            wanted.addAll(List.of(value, value, "c_" + value));
            if (columns.size() >= BATCH) {
                same(columnNames("SELECT " + String.join(", ", columns)), wanted);
                columns.clear();
                wanted.clear();
            }
        }
    }

    /** The server cuts longer names, at a whole character. */
    private static String name(String text) {
        return text.length() > 15 ? text.substring(0, text.offsetByCodePoints(0, 15 < text.codePointCount(0, text.length())
                ? 10 : text.codePointCount(0, text.length()))) : text;
    }

    @Test
    void dollarQuotesHoldWhatHasNoDollar() throws SQLException {
        HostileText texts = new HostileText(22);
        int held = 0;
        for (int i = 0; i < 2_000; i++) {
            String value = texts.next();
            Filler.Filled filled = Filler.fill("SELECT $q$<X>$q$", Executor.PSQL, X, n -> value);
            assertThat(filled.problem().isEmpty()).isEqualTo(value.indexOf('$') < 0);
            if (filled.problem().isEmpty()) {
                held++;
                assertThat(query(filled.text())).containsExactly(value);
            }
        }
        assertThat(held).isGreaterThan(500);
    }

    @Test
    void theBodyOfDoIsCode() throws SQLException {
        String value = "O'Neil \\ x";
        String text = filled("DO $$ BEGIN PERFORM set_config('my.x', '<X>', false); END $$", value);
        execute("SET standard_conforming_strings = on");
        execute(text);
        assertThat(query("SELECT current_setting('my.x')")).containsExactly(value);
    }

    @Test
    void agreesWithTheDriverAndTheServer() throws SQLException {
        execute("SET standard_conforming_strings = on");
        HostileText texts = new HostileText(23);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String value = texts.next();
            values.add(value);
            assertThat(SqlQuote.escapeLiteral(value, true)).isEqualTo(Utils.escapeLiteral(null, value, true).toString());
            assertThat(SqlQuote.escapeLiteral(value, false)).isEqualTo(Utils.escapeLiteral(null, value, false).toString());
            assertThat("\"" + SqlQuote.escapeIdentifier(value) + "\"").isEqualTo(Utils.escapeIdentifier(null, value)
                    .toString());
        }
        for (int i = 0; i < values.size(); i += BATCH) {
            List<String> some = values.subList(i, i + BATCH);
            List<String> literals = some.stream().map(v -> "(" + SqlQuote.literal(v) + ")").toList();
            List<String> quoted = query("SELECT quote_ident(v) FROM (VALUES " + String.join(", ", literals) + ") AS s(v)");
            assertThat(some.stream().map(SqlQuote::identifier).toList()).isEqualTo(quoted);
        }
    }

    @Test
    void knowsEveryKeywordOfTheServer() throws SQLException {
        Set<String> words = new TreeSet<>(query("SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'"));
        assertThat(words).hasSizeGreaterThan(100).noneMatch(SqlQuote::isPlainIdentifier);
        List<String> unreserved = query("SELECT word FROM pg_get_keywords() WHERE catcode = 'U'");
        assertThat(unreserved).hasSizeGreaterThan(200);
        // words of newer servers are quoted on all of them, which does no harm
        assertThat(new HashSet<>(unreserved.stream().filter(w -> !SqlQuote.isPlainIdentifier(w)).toList()))
                .isSubsetOf("json", "merge_action", "system_user");
    }

    private static String filled(String text, String value) {
        Filler.Filled filled = Filler.fill(text, Executor.PSQL, X, name -> value);
        assertThat(filled.problem()).as(text + " with " + value).isEmpty();
        return filled.text();
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    /** All cells; there is one result and nothing after it. */
    private static List<String> query(String sql) throws SQLException {
        List<String> out = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute(sql)).isTrue();
            ResultSet rows = statement.getResultSet();
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    out.add(rows.getString(i));
                }
            }
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
        return out;
    }

    private static List<String> columnNames(String sql) throws SQLException {
        List<String> out = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute(sql)).isTrue();
            ResultSet rows = statement.getResultSet();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                out.add(rows.getMetaData().getColumnLabel(i));
            }
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
        return out;
    }
}
