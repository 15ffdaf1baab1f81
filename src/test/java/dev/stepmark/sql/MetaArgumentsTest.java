package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.sql.MetaArguments.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaArgumentsTest {

    private static final Map<String, String> VALUES = Map.of("x", "a b", "q", "it's");

    private final List<String> programs = new ArrayList<>();

    private MetaArguments arguments(String text) {
        return new MetaArguments(text, new MetaArguments.Source() {
            @Override
            public Optional<String> variable(String name) {
                return Optional.ofNullable(VALUES.get(name));
            }

            @Override
            public String program(String command) {
                programs.add(command);
                return "out(" + command + ")";
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            one two | [one, two]
            'one two' three | [one two, three]
            'it''s' 'it\\'s' | [it's, it's]
            '\\101\\x42\\n' | [AB\\n]
            "kept :x" | ["kept :x"]
            :x :'x' :"x" | [a b, 'a b', "a b"]
            :{?x} :{?y} :y :'y' | [TRUE, FALSE, :y, :'y']
            a:x:x | [aa ba b]
            pre'fix 'post | [prefix post]
            '' x | [, x]
            `date +%s` | [out(date +%s)]
            `echo :'q' :x :y` | [out(echo 'it'"'"'s' a b :y)]
            a\\b | [a]
            """)
    void reads(String text, String words) {
        assertThat(arguments(text).rest().toString()).isEqualTo(words.replace("\\n", "\n"));
    }

    @Test
    void readsNamesLikeSql() {
        MetaArguments all = arguments("My\"Table\".Col \"a\"\"b\" As\"Is\" x; |cat a b");
        assertThat(all.next(Type.SQL_NAME, false).orElseThrow().text()).isEqualTo("myTable.col");
        assertThat(all.next(Type.SQL_NAME, false).orElseThrow().text()).isEqualTo("a\"b");
        assertThat(all.next(Type.NAME_AS_WRITTEN, false).orElseThrow().text()).isEqualTo("AsIs");
        assertThat(all.next(Type.NORMAL, true).orElseThrow().text()).isEqualTo("x");
        assertThat(all.next(Type.FILE_OR_PIPE, false).orElseThrow().text()).isEqualTo("|cat a b");
        assertThat(all.next(Type.NORMAL, false)).isEmpty();
    }

    @Test
    void aSemicolonInQuotesStays() {
        assertThat(arguments("'x;'").next(Type.NORMAL, true).orElseThrow().text()).isEqualTo("x;");
        assertThat(arguments("x;;").next(Type.NORMAL, true).orElseThrow().text()).isEqualTo("x");
        assertThat(arguments("ls | wc -l ; ").next(Type.WHOLE_LINE, true).orElseThrow().text()).isEqualTo("ls | wc -l");
    }

    @Test
    void aQuoteThatIsNotClosedRunsNothing() {
        MetaArguments open = arguments("a `rm");
        open.rest();
        assertThat(open.broken()).isTrue();
        assertThat(programs).isEmpty();
    }
}
