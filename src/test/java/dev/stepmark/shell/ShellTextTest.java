package dev.stepmark.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words, quoting and contexts. */
class ShellTextTest {

    static Stream<Arguments> simple() {
        return Stream.of(
                Arguments.of("psql", List.of("psql")),
                Arguments.of("  psql  -h localhost ", List.of("psql", "-h", "localhost")),
                Arguments.of("psql -c 'SELECT 1;' \"a b\"c\\ d ''", List.of("psql", "-c", "SELECT 1;", "a bc d", "")),
                Arguments.of("psql \\\n  -h x # there\n", List.of("psql", "-h", "x")),
                Arguments.of("PGPASSWORD='a b' psql", List.of("PGPASSWORD=a b", "psql")),
                Arguments.of("echo \"a\\\"b\\$c\\d\" $'e\\nf'", List.of("echo", "a\"b$c\\d", "e\nf")),
                Arguments.of("psql 'postgresql://a@b/c?x=y&z=w'", List.of("psql", "postgresql://a@b/c?x=y&z=w")),
                Arguments.of("kubectl get pod -o jsonpath='{.a}' {x}", List.of("kubectl", "get", "pod", "-o",
                        "jsonpath={.a}", "{x}")),
                Arguments.of("echo a#b \\# '$x'", List.of("echo", "a#b", "#", "$x")));
    }

    @ParameterizedTest
    @MethodSource("simple")
    void splitsSimpleCommands(String command, List<String> words) {
        assertThat(Words.split(command)).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# a", "psql -h $HOST", "psql \"$A\"", "ls *.sql", "ls ~", "ls {a,b}", "a | b", "a; b",
        "a && b", "a > b", "a < b", "a &", "(a)", "echo `a`", "echo $(a)", "echo 'a", "cat <<A\nA\n", "a\nb", "if a",
        "psql postgresql://a@b/c?x=y&z=w", "echo $((1))", "{ a; }"})
    void refusesWhatTheShellWouldChange(String command) {
        assertThat(Words.split(command)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {"abc | abc", "a b | 'a b'", "it's | 'it'\\''s'",
        "/var/lib:x@y | /var/lib:x@y", "a;b | 'a;b'", "$x | '$x'", "~ | '~'", "A=b | A=b", "=b | '=b'", "* | '*'"})
    void quotesWords(String text, String quoted) {
        assertThat(ShellQuote.word(text)).isEqualTo(quoted);
    }

    @Test
    void quotesTheEmptyWord() {
        assertThat(ShellQuote.word("")).isEqualTo("''");
    }

    @Test
    void whatIsQuotedComesBackFromARealShellAndFromWords() throws IOException, InterruptedException {
        String all = "a'b\"c$d`e\\f\n*?[x]{a,b}~#;&|<>()! \t\u00e9";
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + ShellQuote.word(all)).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        assertThat(printed).isEqualTo(all);
        assertThat(Words.split("printf %s " + ShellQuote.word(all))).contains(List.of("printf", "%s", all));
    }

    /** The context at the character @, which is taken out. */
    @ParameterizedTest
    @CsvSource(delimiter = '\1', quoteCharacter = '\0', textBlock = """
            UNQUOTED echo @
            UNQUOTED @echo a
            UNQUOTED echo 'a'@
            UNQUOTED echo 'a'"b"@c
            SINGLE echo '@'
            SINGLE echo 'a@b'
            SINGLE echo "x"'a@b'
            SINGLE echo 'a@
            DOUBLE echo "@"
            DOUBLE echo "a@b"
            DOUBLE echo "a'@'b"
            DOUBLE echo "a\\"@"
            DOUBLE echo "a$(b)@"
            UNQUOTED echo "a$(b @)"
            DOUBLE echo "a$(b "@")"
            SINGLE echo "a$(b '@')"
            BACKTICK echo "a`b @`"
            ANSI echo $'a@b'
            ARITHMETIC echo $((1 + @))
            ARITHMETIC (( @ > 1 ))
            PARAMETER echo "${A:-@}"
            COMMENT ls # it's @
            UNQUOTED ls a#@
            UNQUOTED ls # it's~@
            HEREDOC cat <<A~it's @~A
            HEREDOC_QUOTED cat <<'A'~it's @~A
            HEREDOC_QUOTED cat <<-"A"~it's~@~\tA~
            UNQUOTED cat <<A~it's~A~ls @
            UNQUOTED cat <<A @~it's~A
            """)
    void tellsTheContext(String line) {
        int space = line.indexOf(' ');
        String text = line.substring(space + 1).replace('~', '\n');
        int offset = text.indexOf('@');
        assertThat(ShellContext.at(text.replace("@", ""), offset))
                .isEqualTo(ShellContext.valueOf(line.substring(0, space)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"psql", "psql -U postgres", "kubectl get pods", "sudo systemctl restart x", "ls",
        "./migrate.sh --all", "/usr/bin/psql -l", "PGPASSWORD=x pg_dump factory", "cd /srv", "find . -name x",
        "make install", "export A=b", "helm list | grep umh", "cat <<EOF", "docker compose up -d \\", "exit",
        "git clone https://example.org/x", "echo \"$A\"", "for i in 1 2; do ls; done", "apt-get install -y foo",
        "curl -s https://example.org | bash", "if ls; then", "psql -c \"SELECT 1\"", "sort file.txt", "date",
        "which psql"})
    void takesForACommand(String line) {
        assertThat(ShellFacts.looksLikeCommand(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# psql", "Find the pod and open it.", "find the pod and open it",
        "make sure that the backup exists", "total 40", "NAME   READY   STATUS", " id | name ", "id | name | count",
        "----+------", "(9 rows)", "psql (15.3)", "psql: error: connection refused", "postgres=# SELECT 1;",
        "CREATE TABLE", "DELETE 12", "SELECT 1;", "name: value", "{\"a\": 1}", "| a | b |", "test passed",
        "time                 kernel", "time: 12 ms", "NAMESPACE=x", "the psql prompt", "Type \"help\" for help.",
        "drwxr-xr-x 2 root root 4096 x", "/images/x.png", "kill it if it is still there", "<NAME>",
        "psql is the command-line client of the server."})
    void doesNotTakeForACommand(String line) {
        assertThat(ShellFacts.looksLikeCommand(line)).isFalse();
    }

    @Test
    void neverThrows() {
        String[] parts = {"ls", " ", "'", "\"", "`", "$(", ")", "(", "${", "}", "$((", "))", "\\", "\n", "<<A", "A\n",
            "<<-'B'", "\n\tB\n", "#", "|", "||", "&", "&&", ";", ";;", "if ", "fi", "case x in ", "esac", "a)", "do",
            "for i in ", "done", "{ ", "[[ ", "]]", ">", "2>&1", "<(", "$'", "x=", "rm -rf /", "psql -c ", "sudo ",
            "kubectl exec ", "--", "xargs ", "bash -c ", "find -exec ", "ssh ", "psql --", "-h", "\0", "\u00e9"};
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(25); n > 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            String script = text.toString();
            ShellFacts facts = ShellFacts.of(script);
            assertThat(facts.complete()).isEqualTo(facts.problem().isEmpty());
            assertThat(ShellContext.at(script, random.nextInt(script.length() + 1))).isNotNull();
            Words.split(script).ifPresent(words -> assertThat(words).isNotEmpty());
            ShellFacts.looksLikeCommand(script);
        }
    }
}
