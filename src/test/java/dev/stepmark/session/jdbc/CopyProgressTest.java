package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far COPY is, told while it runs. */
class CopyProgressTest {

    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();
    private final OutputSink sink = new OutputSink() {
        @Override
        public void write(Stream stream, byte[] buffer, int offset, int length) {
            // not looked at here
        }

        @Override
        public void progress(long rows, long bytes) {
            told.add(rows + " " + bytes);
        }
    };

    private String last() {
        return told.get(told.size() - 1);
    }

    @Test
    void rowsAndBytesAreCountedInBothDirections() throws Exception {
        Path csv = Files.writeString(directory.resolve("in.csv"), "1,\"two\nlines, and \"\" a quote\"\n2,plain\n");
        Path out = directory.resolve("out");
        try (JdbcFixture jdbc = new JdbcFixture()) {
            jdbc.done("CREATE TABLE t (id int, name text)");
            run(jdbc, "\\copy t from '" + csv + "' csv");
            assertThat(told).containsExactly("2 " + Files.size(csv));
            run(jdbc, "COPY t FROM STDIN;\n3\tthree\n4\tfour\n\\.");
            assertThat(last()).isEqualTo("2 15");
            jdbc.done("INSERT INTO t SELECT g, 'row ' || g FROM generate_series(10000, 12999) g");
            told.clear();
            run(jdbc, "\\copy (SELECT id FROM t WHERE id >= 10000) to '" + out + "'");
            assertThat(told).containsExactly("1000 6000", "2000 12000", "3000 18000");
            run(jdbc, "\\copy t to '" + out + "' binary");
            told.clear();
            run(jdbc, "\\copy t from '" + out + "' binary");
            assertThat(last()).isEqualTo("-1 " + Files.size(out));
        }
    }

    private void run(JdbcFixture jdbc, String text) {
        assertThat(jdbc.session.run(Request.of(text), sink)).isInstanceOf(Outcome.Done.class);
    }
}
