package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Risk;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaCommandTest {

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("\\c factoryinsight", "\\c", List.of("factoryinsight")),
                Arguments.of("\\c \"My DB\" - 'host name' 5432;", "\\c",
                        List.of("My DB", "-", "host name", "5432")),
                Arguments.of("\\connect postgresql://a@b/c", "\\connect", List.of("postgresql://a@b/c")),
                Arguments.of("\\d \"Foo\".bar;", "\\d", List.of("\"Foo\".bar")),
                Arguments.of("\\echo a;  'it\\'s\\n'\"b\"", "\\echo", List.of("a;", "it's\n\"b\"")),
                Arguments.of("\\pset null ''", "\\pset", List.of("null", "")),
                Arguments.of("\\! rm -rf \\x 'y", "\\!", List.of("rm -rf \\x 'y")),
                Arguments.of("\\!ls -l", "\\!", List.of("ls -l")),
                Arguments.of("\\copy t from 'a b.csv' csv", "\\copy", List.of("t from 'a b.csv' csv")),
                Arguments.of("\\q;", "\\q", List.of()),
                Arguments.of("exit ;", "exit", List.of()),
                Arguments.of("quit", "quit", List.of()),
                Arguments.of("SELECT '\\x' \\gset p_", "\\gset", List.of("p_")),
                Arguments.of("\\x", "\\x", List.of()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void readsNameAndArguments(String text, String name, List<String> arguments) {
        MetaCommand command = MetaCommand.parse(text);
        assertThat(command.name()).isEqualTo(name);
        assertThat(command.arguments()).isEqualTo(arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '\1', quoteCharacter = '\0', textBlock = """
            \\d+ t | READ_ONLY
            \\dt *.* | READ_ONLY
            \\dS+ | READ_ONLY
            \\l | READ_ONLY
            \\c db | READ_ONLY
            \\x auto | READ_ONLY
            \\echo hi | READ_ONLY
            \\conninfo | READ_ONLY
            \\q | READ_ONLY
            exit | READ_ONLY
            \\o | READ_ONLY
            \\o out.txt | WRITE
            \\o | tee x | UNKNOWN
            \\! ls | UNKNOWN
            \\i script.sql | UNKNOWN
            \\set x `rm -rf /` | UNKNOWN
            \\copy t from 'x.csv' | WRITE
            \\copy t to 'x.csv' | WRITE
            \\copy t to stdout | READ_ONLY
            \\copy t to program 'x' | UNKNOWN
            \\copy (delete from t returning *) to stdout | DESTRUCTIVE
            \\password | WRITE
            \\lo_unlink 4 | DESTRUCTIVE
            \\gexec | UNKNOWN
            \\g | UNKNOWN
            SELECT 1 \\gset | READ_ONLY
            SELECT 1 \\gx | READ_ONLY
            SELECT 1 \\g out.txt | WRITE
            SELECT 1 \\g | cat | UNKNOWN
            SELECT 1 \\gexec | UNKNOWN
            DELETE FROM t \\gx | DESTRUCTIVE
            \\nosuch | UNKNOWN
            """)
    void ranks(String line) {
        int bar = line.lastIndexOf('|');
        assertThat(MetaCommand.parse(line.substring(0, bar).strip()).risk())
                .isEqualTo(Risk.valueOf(line.substring(bar + 1).strip()));
    }

    @Test
    void ranksAConditionalByWhatIsInside() {
        assertThat(MetaCommand.parse("\\if :x\nSELECT 1;\n\\endif").risk()).isEqualTo(Risk.READ_ONLY);
        assertThat(MetaCommand.parse("\\if :x\nSELECT :y;\n\\endif").risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(MetaCommand.parse("\\if `test -e f`\nSELECT 1;\n\\endif").risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(MetaCommand.parse("\\if 0\nSELECT 1;\n\\elif `true`\n\\endif").risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(MetaCommand.parse("\\if 1\n\\if 1\n\\copy t from f\n\\endif\n\\endif").risk())
                .isEqualTo(Risk.WRITE);
        assertThat(MetaCommand.parse("\\if :x\nSELECT 1;\n\\else\nDROP TABLE t;\n\\endif").risk())
                .isEqualTo(Risk.DESTRUCTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\q", "exit", "QUIT;", "\\q;", "\\quit"})
    void knowsTheEnd(String text) {
        assertThat(MetaCommand.parse(text).quits()).isTrue();
        assertThat(MetaCommand.parse("\\x").quits()).isFalse();
    }
}
