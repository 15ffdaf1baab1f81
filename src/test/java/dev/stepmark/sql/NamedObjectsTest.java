package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.sql.NamedObjects.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names are found only where an object of one kind can stand. */
class NamedObjectsTest {

    private static List<String> of(String text) {
        return NamedObjects.of(text).stream().map(n -> n.kind() + " " + n.name() + (n.table().isEmpty() ? "" : " of " + n.table())
                + " = " + text.substring(n.start(), n.end())).toList();
    }

    @Test
    void whereTheyStand() {
        assertThat(of("ALTER TABLE IF EXISTS ONLY app.orders DROP CONSTRAINT IF EXISTS \"Old Key\", VALIDATE CONSTRAINT x;")).containsExactly(
                "CONSTRAINT Old Key of orders = \"Old Key\"", "CONSTRAINT x of orders = x");
        assertThat(of("DROP INDEX CONCURRENTLY IF EXISTS app.By_Day; REINDEX INDEX b")).containsExactly("INDEX by_day = By_Day", "INDEX b = b");
        assertThat(of("DROP MATERIALIZED VIEW a; REFRESH MATERIALIZED VIEW CONCURRENTLY s.b; DROP VIEW c")).containsExactly("VIEW a = a",
                "VIEW b = b", "VIEW c = c");
        assertThat(of("DROP TABLE t; TRUNCATE TABLE ONLY u")).containsExactly("TABLE t = t", "TABLE u = u");
    }

    @Test
    void whereTheyDoNot() {
        assertThat(of("CREATE MATERIALIZED VIEW a AS SELECT 1; SELECT 'DROP TABLE x'; -- DROP INDEX y\nADD CONSTRAINT z UNIQUE (a)")).isEmpty();
        assertThat(of("DROP TABLE <NAME>")).isEmpty();
        assertThat(of("")).isEmpty();
    }

    @Test
    void columnsOfTheirQueries() {
        assertThat(Kind.CONSTRAINT.column(List.of("oid", "CONNAME"))).contains("CONNAME");
        assertThat(Kind.INDEX.column(List.of("relname"))).isEmpty();
    }
}
