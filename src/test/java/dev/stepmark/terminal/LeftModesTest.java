package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeftModesTest {

    private static String left(String... written) {
        LeftModes modes = new LeftModes();
        for (String part : written) {
            byte[] bytes = part.replace('^', '\u001b').getBytes(StandardCharsets.UTF_8);
            modes.add(bytes, 0, bytes.length);
        }
        return new String(modes.undo(), StandardCharsets.US_ASCII).replace('\u001b', '^').replace("\r\n", "!");
    }

    @ParameterizedTest
    @CsvSource({"^[?1049h, ^[?1049l", "^[?25l, ^[?25h", "^[?1000h^[?1006h, ^[?1000l^[?1006l", "^[?2004h, ^[?2004l",
        "^[?1;25l, ^[?25h", "^=, ^>", "^[31m, ^[m", "^[>4;2m, ^[>4m", "^[>1u, ^[<u", "^[2;20r, ^7^[r^8", "half a line, half"})
    void whatIsLeftIsTakenBack(String written, String undone) {
        String expected = undone.equals("half") ? "!" : undone;
        assertThat(left(written)).isEqualTo(expected);
    }

    @Test
    void whatAProgramTookBackItselfIsLeftAlone() {
        assertThat(left("^[?1049h^[?25l^[31mx^[m^[?25h^[?1049l", "\r\n")).isEmpty();
        assertThat(left("^[?2004hpsql=# \\q\r\n^[?2004l\r\n")).isEmpty();
        assertThat(left("^[>4;2m^=^>^[>4;0m^[>1u^[<u^[1;24r^[r")).isEmpty();
        assertThat(left("")).isEmpty();
    }

    @Test
    void sequencesMayBeCutAnywhere() {
        assertThat(left("^", "[?10", "49", "h", "on the other screen no line is begun")).isEqualTo("^[?1049l");
        assertThat(left("^[?99999999999h", "\n")).isEmpty();
    }
}
