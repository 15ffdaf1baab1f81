package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {

    private final Variables variables = new Variables();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AUTOCOMMIT | maybe | unrecognized value "maybe" for "AUTOCOMMIT": Boolean expected
            FETCH_COUNT | many | invalid value "many" for "FETCH_COUNT": integer expected
            VERBOSITY | loud | unrecognized value "loud" for "VERBOSITY"\\nAvailable values are: default, verbose, terse, sqlstate.
            ECHO | '' | unrecognized value "" for "ECHO"\\nAvailable values are: none, errors, queries, all.
            ON_ERROR_ROLLBACK | x | unrecognized value "x" for "ON_ERROR_ROLLBACK"\\nAvailable values are: on, off, interactive.
            two words | 1 | invalid variable name: "two words"
            """)
    void refusesAsPsqlDoes(String name, String value, String problem) {
        String before = variables.list();
        assertThat(variables.set(name, value)).contains(problem.replace("\\n", "\n"));
        assertThat(variables.list()).isEqualTo(before);
    }

    @Test
    void specialVariablesHaveDefaults() {
        assertThat(variables.set("AUTOCOMMIT", "off")).isEmpty();
        assertThat(variables.on("AUTOCOMMIT")).isFalse();
        variables.unset("AUTOCOMMIT");
        assertThat(variables.on("AUTOCOMMIT")).isTrue();
        assertThat(variables.set("QUIET", "")).isEmpty();
        assertThat(variables.get("QUIET")).contains("on");
    }

    @Test
    void listsByName() {
        variables.set("zeta", "it's");
        variables.set("alpha", "");
        assertThat(variables.list()).contains("zeta = 'it's'\n").contains("alpha = ''\n")
                .contains("AUTOCOMMIT = 'on'\n");
        variables.unset("zeta");
        assertThat(variables.get("zeta")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"t,true", "TRUE,true", "y,true", "on,true", "1,true", "f,false", "No,false", "of,false", "0,false",
        "o,", "maybe,", "'',", "truer,", "2,"})
    void booleans(String word, Boolean value) {
        assertThat(PsqlBoolean.parse(word).orElse(null)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            t from 'a b.csv' csv | COPY t FROM STDIN csv | FILE | a b.csv
            "S x".t (a, "from") to stdout | COPY "S x".t (a, "from") TO STDOUT  | SCRIPT |
            (select 'to' from t where x in (1)) to 'it''s' | COPY (select 'to' from t where x in (1)) TO STDOUT  | FILE | it's
            t from program 'sort -u f' with (format csv) | COPY t FROM STDIN with (format csv) | PROGRAM | sort -u f
            t to pstdout | COPY t TO STDOUT  | STANDARD |
            t from file.txt; | COPY t FROM STDIN ; | FILE | file.txt
            """)
    void copySpecifications(String arguments, String statement, CopySpec.Place place, String name) {
        CopySpec spec = CopySpec.parse(arguments).orElseThrow();
        assertThat(spec.statement().strip()).isEqualTo(statement.strip());
        assertThat(spec.place()).isEqualTo(place);
        assertThat(spec.name()).isEqualTo(name == null ? "" : name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"t", "t from", "from 'x'", "t from program ls",
        "t from 'open", "(select 1 to 'x'"})
    void copyThatIsNotUnderstood(String arguments) {
        assertThat(CopySpec.parse(arguments)).isEmpty();
    }
}
