package dev.stepmark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are longer than what is kept in memory. */
class TablePrinterTest {

    private static final int ROWS = 35_000;

    @TempDir
    Path directory;

    private String print(TableOptions options, Path spool) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TablePrinter printer = new TablePrinter(options, List.of("n", "late"), new boolean[] {true, false}, out::write,
                spool);
        for (int i = 1; i <= ROWS; i++) {
            printer.row(List.of(Integer.toString(i), i == ROWS - 10 ? "x".repeat(40) : i == 7 ? "a\nb" : "y"));
        }
        printer.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theWidestRowDecidesWhereverItStands() throws IOException {
        List<String> lines = print(TableOptions.DEFAULTS, directory).lines().toList();

        assertThat(lines).hasSize(2 + ROWS + 1 + 1 + 1);
        assertThat(lines.get(1)).isEqualTo("-------+" + "-".repeat(42));
        assertThat(lines.get(2)).isEqualTo("     1 | y");
        assertThat(lines.subList(8, 10)).containsExactly("     7 | a" + " ".repeat(39) + "+", "       | b");
        assertThat(lines).contains(" " + (ROWS - 10) + " | " + "x".repeat(40));
        assertThat(lines.get(lines.size() - 2)).isEqualTo("(" + ROWS + " rows)");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void recordsAreAsWideAsTheWidest() {
        List<String> lines = print(TableOptions.DEFAULTS.records(), directory).lines().toList();

        assertThat(lines.get(0)).isEqualTo("-[ RECORD 1 ]" + "-".repeat(34));
        assertThat(lines.stream().filter(l -> l.startsWith("-[ RECORD"))).hasSize(ROWS);
        assertThat(lines).contains("-[ RECORD " + ROWS + " ]" + "-".repeat(30));
    }

    @Test
    void withoutARoomForTheFileNoRowIsLost() {
        List<String> lines = print(TableOptions.DEFAULTS, directory.resolve("missing")).lines().toList();

        assertThat(lines.get(2)).isEqualTo("     1 | y");
        assertThat(lines.get(1)).isEqualTo("-------+------");
        assertThat(lines.stream().filter(l -> l.matches(" +\\d+ \\| .*"))).hasSize(ROWS);
        assertThat(lines).contains("(" + ROWS + " rows)", " " + (ROWS - 10) + " | " + "x".repeat(40));
    }

    @Test
    void whatMayWaitIsLimited() {
        AtomicLong bytes = new AtomicLong();
        TablePrinter printer = new TablePrinter(TableOptions.DEFAULTS, List.of("n"), new boolean[] {true},
                (buffer, offset, length) -> bytes.addAndGet(length), directory);
        byte[] one = {'1'};
        long before = 0;
        for (long i = 0; i < Spool.MOST_ROWS + 20_000; i++) {
            printer.row(new byte[][] {one});
            before = i < Spool.MOST_ROWS - 1 ? Math.max(before, bytes.get()) : before;
        }
        assertThat(before).isZero();
        assertThat(bytes.get()).isGreaterThan(3 * Spool.MOST_ROWS);
        printer.finish();
        String footer = "(" + (Spool.MOST_ROWS + 20_000) + " rows)\n\n";
        assertThat(bytes.get()).isEqualTo(3 * (Spool.MOST_ROWS + 20_000) + 8 + footer.length());
    }

    @Test
    void aFormatWithoutWidthsWaitsForNothing() {
        TableOptions csv = Pset.apply(TableOptions.DEFAULTS, "format", Optional.of("csv")).options();

        assertThat(print(csv, directory.resolve("missing")).lines()).hasSize(ROWS + 2).contains("1,y", "7,\"a");
    }
}
