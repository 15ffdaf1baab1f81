package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlEndTest {

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1;", "SELECT 1; ", "SELECT ';' ;", "SELECT 1; -- done", "SELECT 1; /* done */",
        "SELECT $$;$$;", "SELECT $a$ $$ ' $a$;", "SELECT E'\\';';", "SELECT '\\';", "SELECT \"a;\"\"b\";",
        "/* /* ; */ */ SELECT 1;", "SELECT a$b$c;", "SELECT $1;", "SELECT 1;\nSELECT 2;", "SELECT 1; -- x\n"})
    void complete(String sql) {
        assertThat(SqlEnd.complete(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "SELECT ';", "SELECT \";", "SELECT $$;", "SELECT $a$;$b$;", "SELECT 1 -- ;",
        "SELECT 1 /* ;", "SELECT 1; SELECT 2", "SELECT E'\\';", "/* /* */ SELECT 1;", "SELECT E'\\"})
    void incomplete(String sql) {
        assertThat(SqlEnd.complete(sql)).isFalse();
    }
}
