package dev.stepmark.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {

    @ParameterizedTest
    @CsvSource({"abc, 3", "'', 0", "\u65e5\u672c\u8a9e, 6", "e\u0301, 1", "\ud83d\ude00, 2", "\uff21, 2", "\u00e9, 1",
        "a\u200db, 2", "\u202e, 0", "\u00ad, 1", "\u3000, 2", "\ud55c, 2", "'\u0001', 4", "'\t', 2", "'\u0085', 6",
        "\ud800, 1", "\u115f, 2", "\u10ff, 1", "\u231a, 2", "\u231c, 1"})
    void countsColumns(String text, int columns) {
        assertThat(DisplayWidth.of(text)).isEqualTo(columns);
    }
}
