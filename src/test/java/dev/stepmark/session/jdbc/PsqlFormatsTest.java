package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.jdbc.RealClient.Printed;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results, errors and notices in every format, against psql 15: the same bytes. */
class PsqlFormatsTest {

    private static final long SEED = 20261121L;
    private static final int TABLES = 300;
    private static final String[] PIECES = {"a", "Z", "7", " ", "  ", "word", "\\n", "\\t", "\\r", "\\x01", "\\x1b", "\\x7f",
        "\\u0085", "\"", ",", ";", "|", "\\\\", ".", "\u00e9", "e\u0301", "\u6f22", "\u65e5\u672c", "\ud83d\ude00", "\u200d", "\u00ad",
        "\u0e44\u0e17\u0e22", "\\n\\n", "long text ", "1234567890"};
    private static final String[] SETTINGS = {"border 0", "border 1", "border 2", "border 3", "linestyle ascii",
        "linestyle old-ascii", "linestyle unicode", "unicode_border_linestyle double", "unicode_border_linestyle single",
        "unicode_column_linestyle double", "unicode_column_linestyle single", "unicode_header_linestyle double",
        "unicode_header_linestyle single", "format aligned", "format wrapped", "format unaligned", "format csv",
        "expanded on", "expanded off", "expanded auto", "columns 0", "columns 20", "columns 40", "columns 80",
        "null ''", "null '(null)'", "null '\u65e5'", "tuples_only on", "tuples_only off", "footer on", "footer off",
        "title", "title 'A title'", "title '\u6f22\u5b57'", "fieldsep '|'", "fieldsep '\\t'", "recordsep '\\n'", "recordsep '#'",
        "csv_fieldsep ,", "csv_fieldsep ';'", "csv_fieldsep .", "numericlocale on", "numericlocale off"};

    @TempDir
    Path directory;

    @BeforeEach
    void needsPsql() throws Exception {
        RealClient.assume();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "border 0",
        "border 2",
        "null NULL;title 'A title';footer off",
        "linestyle old-ascii",
        "linestyle old-ascii;border 2",
        "linestyle unicode;border 2;unicode_border_linestyle double",
        "format unaligned",
        "format unaligned;recordsep '@';fieldsep '\\t';tuples_only on",
        "format unaligned;expanded on",
        "format unaligned;recordsep_zero;fieldsep_zero;title T",
        "format csv",
        "format csv;csv_fieldsep ';';tuples_only on",
        "format csv;expanded on;null x",
        "tuples_only on",
        "tuples_only on;border 2;null -",
        "expanded on",
        "expanded on;border 0",
        "expanded on;border 2;title T",
        "expanded on;linestyle old-ascii",
        "expanded on;linestyle old-ascii;border 0",
        "expanded on;linestyle unicode;border 2",
        "expanded on;tuples_only on",
        "expanded auto;columns 60",
        "format wrapped;columns 40",
        "format wrapped;columns 30;border 2;linestyle unicode",
        "format wrapped;columns 20;border 0;linestyle old-ascii",
        "format wrapped;columns 40;expanded on",
        "format wrapped;columns 30;expanded on;border 2",
        "format wrapped;columns 25;expanded on;border 0",
        "numericlocale on"})
    void printsTheCorpusAsPsqlDoes(String settings) throws Exception {
        List<String> commands = new ArrayList<>(psets(settings));
        int first = commands.size();
        List<String> corpus = corpus();
        assertThat(corpus).hasSizeGreaterThan(150);
        commands.addAll(corpus);
        compare(commands, first);
    }

    /** How much errors and notices say. */
    @ParameterizedTest
    @ValueSource(strings = {
        "VERBOSITY verbose",
        "VERBOSITY terse",
        "VERBOSITY sqlstate",
        "SHOW_CONTEXT never",
        "SHOW_CONTEXT always",
        "SHOW_CONTEXT always;VERBOSITY verbose"})
    void saysAsMuchAsPsqlDoes(String variables) throws Exception {
        List<String> commands = new ArrayList<>();
        List.of(variables.split(";")).forEach(v -> commands.add("\\set " + v));
        int first = commands.size();
        commands.addAll(corpus());
        compare(commands, first);
    }

    /** Tables of anything, printed anyhow. */
    @Test
    void printsRandomTablesAsPsqlDoes() throws Exception {
        Random random = new Random(SEED);
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            for (int s = random.nextInt(3); s >= 0; s--) {
                commands.add("\\pset " + SETTINGS[random.nextInt(SETTINGS.length)]);
            }
            commands.add(table(random));
        }
        compare(commands, 0);
    }

    private static String table(Random random) {
        int columns = 1 + random.nextInt(4);
        int rows = random.nextInt(6);
        boolean[] numbers = new boolean[columns];
        List<String> names = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            numbers[c] = random.nextInt(4) == 0;
            names.add("c" + c + " AS U&\"" + name(random, c) + "\"");
        }
        List<String> values = new ArrayList<>();
        for (int r = 0; r < Math.max(1, rows); r++) {
            List<String> row = new ArrayList<>();
            for (int c = 0; c < columns; c++) {
                row.add(random.nextInt(6) == 0 ? numbers[c] ? "NULL::numeric" : "NULL::text"
                        : numbers[c] ? random.nextInt() + "." + random.nextInt(100) + "::numeric" : text(random));
            }
            values.add("(" + r + ", " + String.join(", ", row) + ")");
        }
        List<String> inner = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            inner.add("c" + c);
        }
        return "SELECT " + String.join(", ", names) + " FROM (VALUES " + String.join(", ", values) + ") v (n, "
                + String.join(", ", inner) + ")" + (rows == 0 ? " WHERE false" : "") + " ORDER BY n";
    }

    private static String name(Random random, int column) {
        String[] names = {"a", "name", "a longer name", "\u540d\u524d", "two\\000alines", "x\\000ay\\000az", "e\\0301", "tab\\0009s"};
        return names[random.nextInt(names.length)] + column;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("E'");
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text + "'::text";
    }

    private static List<String> psets(String settings) {
        return List.of(settings.split(";(?=[a-z])")).stream().filter(s -> !s.isEmpty()).map(s -> "\\pset " + s).toList();
    }

    static List<String> corpus() throws Exception {
        try (InputStream in = PsqlFormatsTest.class.getClassLoader().getResourceAsStream("formats/queries.txt")) {
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing().split("\n----\n"));
        }
    }

    private void compare(List<String> commands, int first) throws Exception {
        try (JdbcFixture mine = new JdbcFixture()) {
            List<Printed> theirs = new RealClient(directory, mine.server, Map.of())
                    .run(mine.server.freshDatabase(), commands);
            List<String> wrong = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                mine.run(commands.get(i));
                Printed ours = new Printed(mine.out() + mine.result(),
                        mine.err().replaceAll("(?m)^WARNING:  the transaction had failed.*\n", ""));
                if (i >= first && !ours.equals(theirs.get(i))) {
                    wrong.add(i + ": " + commands.get(i) + "\n-- psql:\n" + theirs.get(i) + "\n-- here:\n" + ours);
                }
            }
            assertThat(wrong).as("%s of %s; seed %s", wrong.size(), commands.size(), SEED).isEmpty();
        }
    }
}
