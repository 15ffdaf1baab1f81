package dev.stepmark.session.jdbc;

import dev.stepmark.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A part of what {@link PsqlFormatsTest} compares, for machines without psql. */
class FormatsGoldenTest {

    private static final List<String> SETTINGS = List.of("null ''", "border 2", "linestyle unicode", "format wrapped",
            "columns 30", "expanded on", "border 0", "format unaligned", "format csv", "tuples_only on");

    @Test
    void printsEverySetting() throws Exception {
        StringBuilder all = new StringBuilder();
        try (JdbcFixture mine = new JdbcFixture()) {
            List<String> queries = PsqlFormatsTest.corpus().stream()
                    // money looks as the machine's locale says
                    .filter(q -> !q.contains("money")).filter(q -> q.startsWith("SELECT '") || q.startsWith("SELECT E'") || q.startsWith("SELECT 1 AS")).toList();
            mine.done("SET TimeZone = 'UTC'");
            for (String setting : SETTINGS) {
                mine.done("\\pset " + setting);
                all.append("===== \\pset ").append(setting).append('\n');
                for (String query : queries) {
                    mine.run(query);
                    all.append("== ").append(query).append('\n').append(mine.result()).append(mine.err());
                }
            }
        }
        Golden.check("formats/settings.txt", all.toString());
    }
}
