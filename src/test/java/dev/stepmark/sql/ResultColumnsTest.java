package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of columns told from the text are those that the server gives them. */
class ResultColumnsTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT datname, encoding FROM pg_database",
        "SELECT d.datname, d.encoding AS enc FROM pg_database d WHERE d.datname <> 'x, y'",
        "SELECT count(*), max(oid) AS \"Last One\", min(oid) least_one FROM pg_class GROUP BY relkind",
        "SELECT DISTINCT relname FROM pg_class ORDER BY relname LIMIT 3;",
        "SELECT DISTINCT ON (relkind) relkind, relname FROM pg_class",
        "SELECT relname::text, oid::regclass AS name, 'a'::text AS b FROM pg_class",
        "SELECT pg_catalog.pg_get_viewdef(oid) FROM pg_class WHERE relkind = 'v'",
        "WITH big AS (SELECT relname AS hidden FROM pg_class) SELECT hidden AS shown, 1 AS one FROM big",
        "SELECT relname FROM pg_class UNION SELECT datname FROM pg_database",
        "SELECT conname FROM pg_constraint WHERE conrelid = 'pg_class'::regclass AND contype = 'u'",
        "SELECT relname -- the name\n, /* , x */ relkind FROM pg_class",
        "SELECT (SELECT 1 AS inner_one) AS outer_one, ARRAY[1,2] AS list FROM pg_class",
        "SELECT \"datname\" FROM pg_database",
        "UPDATE pg_temp_names SET name = 'x' RETURNING id, name AS renamed",
        "INSERT INTO pg_temp_names VALUES (1, 'a') RETURNING id"})
    void asTheServerNamesThem(String query) throws SQLException {
        EmbeddedServer server = EmbeddedServer.get();
        try (Connection connection = server.connect("postgres")) {
            connection.createStatement().execute("CREATE TEMP TABLE pg_temp_names (id int, name text)");
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                ResultSetMetaData columns = statement.getMetaData();
                List<String> names = new ArrayList<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    names.add(columns.getColumnLabel(i));
                }
                assertThat(ResultColumns.of(query)).isEqualTo(names);
            }
        }
    }

    @Test
    void whatTheTextDoesNotTellIsLeftOut() {
        assertThat(ResultColumns.of("SELECT *, relname, 1 + 2, a || b, CASE WHEN a THEN b END, x IS NULL FROM t")).containsExactly(
                "relname");
        assertThat(ResultColumns.of("SELECT t.* FROM t")).isEmpty();
        assertThat(ResultColumns.of("TABLE t")).isEmpty();
        assertThat(ResultColumns.of("\\d t")).isEmpty();
        assertThat(ResultColumns.of("ALTER TABLE t ADD x int")).isEmpty();
        assertThat(ResultColumns.of("INSERT INTO t SELECT a FROM b")).isEmpty();
        assertThat(ResultColumns.of("SELECT 1; SELECT a FROM t")).isEmpty();
        assertThat(ResultColumns.of("")).isEmpty();
    }
}
