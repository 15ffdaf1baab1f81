package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The line and caret below an error, as libpq cuts them. */
class ServerMessagesTest {

    @Test
    void theLineThatHoldsThePosition() {
        assertThat(ServerMessages.position("SELECT 1,\n  missing\nFROM t", 13)).isEqualTo("""
                LINE 2:   missing
                          ^
                """);
        assertThat(ServerMessages.position("a\r\nb\r\nmissing", 7)).isEqualTo("LINE 3: missing\n        ^\n");
        assertThat(ServerMessages.position("\tmissing", 2)).isEqualTo("LINE 1:  missing\n         ^\n");
        assertThat(ServerMessages.position("x", 2)).isEqualTo("LINE 1: x\n         ^\n");
    }

    @Test
    void positionsOutsideGiveNothing() {
        assertThat(ServerMessages.position("x", 3)).isEmpty();
        assertThat(ServerMessages.position("x", 0)).isEmpty();
    }

    @Test
    void aLongLineIsCutToSixtyColumns() {
        String left = "a".repeat(100);
        assertThat(ServerMessages.position(left, 1)).isEqualTo(
                "LINE 1: " + "a".repeat(60) + "...\n        ^\n");
        assertThat(ServerMessages.position(left, 100)).isEqualTo(
                "LINE 1: ..." + "a".repeat(60) + "\n" + " ".repeat(11 + 59) + "^\n");
        assertThat(ServerMessages.position(left, 70)).isEqualTo(
                "LINE 1: ..." + "a".repeat(60) + "...\n" + " ".repeat(11 + 50) + "^\n");
    }

    @Test
    void wideAndSupplementaryCharactersCountAsTheyAre() {
        assertThat(ServerMessages.position("'\u4e2d\ud83d\ude00' x", 6)).isEqualTo(
                "LINE 1: '\u4e2d\ud83d\ude00' x\n" + " ".repeat(8 + 7) + "^\n");
    }
}
