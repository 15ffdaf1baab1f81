package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random scripts from a fixed seed: nothing is thrown, nothing is lost. */
class SqlSplitterFuzzTest {

    private static final String[] PARTS = {"SELECT", " 1", ";", "'", "''", "\"", "E'", "\\'", "$$", "$a$", "$", "a$b",
        "--", "\n", "/*", "*/", "(", ")", "CREATE FUNCTION f()", " BEGIN ATOMIC ", "END", " CASE ", "\\x", "\\c db",
        "\\\\", "\\g", "\\gset", "\\if", "\\endif", "exit", "\nexit\n", "\nquit;\n", "COPY t FROM STDIN;", "\n\\.\n",
        " ", "\t", "<NAME>", "U&'", "x", ",", "::", "1.5e3", "\u00e9", "\ud83d\ude00", "\0", "\r\n", "`"};

    @Test
    void neverThrows() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text = script(random, PARTS, 25);
            for (SqlSplitter.Piece piece : SqlSplitter.split(text)) {
                assertThat(text).contains(piece.text());
                assertThat(piece.complete()).isEqualTo(piece.problem().isEmpty());
                assertThat(StatementFacts.of(piece.text()).risk()).isNotNull();
                assertThat(MetaCommand.parse(piece.text()).risk()).isNotNull();
            }
        }
    }

    @Test
    void keepsEveryTokenInOrder() {
        // without \r and \g, which take text away on purpose
        String[] parts = {"SELECT", " 1", ";", " 'a;b'", " \"c;\"", " E'\\';'", " $$;$$", " $a$;$a$", "-- x;\n", "\n",
            "/* ; /* */ */", "(", ")", " a ", ",", "::text", "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; END", "1.5"};
        Random random = new Random(11);
        int statements = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = script(random, parts, 30);
            List<SqlSplitter.Piece> pieces = SqlSplitter.split(text);
            statements += pieces.size();
            List<String> kept = new ArrayList<>();
            pieces.forEach(p -> kept.addAll(tokens(p.text())));
            assertThat(kept).as(text).isEqualTo(tokens(text));
        }
        assertThat(statements).isGreaterThan(30_000);
    }

    @Test
    void contextIsThatOfTheTokenAtEveryPosition() {
        Random random = new Random(13);
        for (int i = 0; i < 2_000; i++) {
            String text = script(random, PARTS, 15);
            for (int offset = 0; offset <= text.length() + 1; offset++) {
                assertThat(SqlContext.at(text, offset)).isNotNull();
            }
        }
    }

    private static String script(Random random, String[] parts, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most); n > 0; n--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    /** Everything but comments, space and semicolons (an empty statement is dropped with its semicolon). */
    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        SqlLexer lexer = new SqlLexer(text, 0);
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            String raw = text.substring(token.start(), token.end());
            if (token.significant() && !raw.equals(";")) {
                // what is never closed ends with the text, whose trailing space is trimmed
                tokens.add(raw.strip());
            }
        }
        return tokens;
    }
}
