package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.jdbc.RealClient.Printed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that describes, with every setting of the output, against psql 15: the same bytes. */
class DescribeComparisonTest {

    @TempDir
    Path directory;

    @BeforeEach
    void needsPsql() throws Exception {
        RealClient.assume();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "border 0;null (null)",
        "border 2;linestyle unicode;title Mine",
        "border 2;linestyle old-ascii;footer off",
        "format unaligned;fieldsep ,;null -",
        "format csv",
        "tuples_only on",
        "format unaligned;tuples_only on;recordsep_zero;fieldsep_zero",
        "expanded on",
        "expanded on;border 2",
        "expanded on;border 0;tuples_only on",
        "expanded on;format csv;csv_fieldsep |",
        "expanded on;format unaligned;footer off",
        "expanded auto;columns 100",
        "format wrapped;columns 70",
        "format wrapped;columns 60;border 2;expanded on",
        "numericlocale on"})
    void printsWhatPsqlPrints(String settings) throws Exception {
        JdbcFixture mine = DescribeFixture.get();
        mine.done("SHOW application_name");
        String application = mine.result().lines().skip(2).findFirst().orElseThrow().strip();
        List<String> commands = new ArrayList<>();
        List.of(settings.split(";")).stream().filter(s -> !s.isEmpty()).forEach(s -> commands.add("\\pset " + s));
        int first = commands.size();
        commands.addAll(DescribeFixture.commands(mine.database));
        List<Printed> theirs = new RealClient(directory, mine.server, Map.of("PGAPPNAME", application))
                .run(mine.database, commands);
        List<String> wrong = new ArrayList<>();
        try {
            for (int i = 0; i < commands.size(); i++) {
                mine.run(commands.get(i));
                Printed ours = new Printed(mine.out() + mine.result(), mine.err());
                if (i >= first && !ours.equals(theirs.get(i))) {
                    wrong.add(commands.get(i) + "\n-- psql:\n" + theirs.get(i) + "\n-- here:\n" + ours);
                }
            }
        } finally {
            reset(mine);
        }
        assertThat(wrong).as("with " + settings + ", of " + commands.size()).isEmpty();
    }

    private static void reset(JdbcFixture mine) {
        for (String setting : List.of("border 1", "null ''", "linestyle ascii", "title", "footer on", "format aligned",
                "fieldsep '|'", "recordsep '\\n'", "csv_fieldsep ,", "tuples_only off", "expanded off", "columns 0",
                "numericlocale off")) {
            mine.done("\\pset " + setting);
        }
    }

    /** Sizes of what is written to all the time change between two looks. */
    @Test
    void printsTheSizesOfTablespaces() throws Exception {
        JdbcFixture mine = DescribeFixture.get();
        List<String> commands = List.of("\\db+", "\\l+ " + mine.database);
        List<Printed> theirs = new RealClient(directory, mine.server, Map.of()).run(mine.database, commands);
        for (int i = 0; i < commands.size(); i++) {
            mine.done(commands.get(i));
            assertThat(withoutSizes(mine.out())).isEqualTo(withoutSizes(theirs.get(i).out()));
        }
    }

    private static String withoutSizes(String text) {
        return text.replaceAll("\\d+ (bytes|[kMGT]B)", "SIZE").replaceAll(" +", " ").replaceAll("-+", "-");
    }

    @Test
    void saysWhatFailedAsPsqlDoes() throws Exception {
        JdbcFixture mine = DescribeFixture.get();
        for (String command : List.of("\\d nosuch", "\\dt a(", "\\dt a.b.c.d", "\\sf", "\\sf nosuch", "\\dRp+ nosuch")) {
            assertThat(mine.run(command)).as(command).isInstanceOf(dev.stepmark.session.Outcome.Failed.class);
        }
        for (String command : List.of("\\dt nosuch", "\\drds nosuch", "\\dn nosuch")) {
            mine.done(command);
        }
    }
}
