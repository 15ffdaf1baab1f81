package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeutralTest {

    @Test
    void controlsAreShownInCaretNotation() {
        assertThat(Neutral.line("a\u001b[2Jb\u0007\u0000\u007f\r")).isEqualTo("a^[[2Jb^G^@^?^M");
    }

    @Test
    void invisibleCharactersAreShownByNumber() {
        assertThat(Neutral.line("a\u202eb\u200bc\u009bd\u2028e\ufeff"))
                .isEqualTo("a<U+202E>b<U+200B>c<U+009B>d<U+2028>e<U+FEFF>");
        assertThat(Neutral.line(new String(Character.toChars(0xe0041)))).isEqualTo("<U+E0041>");
    }

    @Test
    void dataKeepsItsOwnCharacters() {
        String text = "Z\u00fcrich \u6771\u4eac e\u0301 " + new String(Character.toChars(0x1f600));
        assertThat(Neutral.line(text)).isEqualTo(text);
        assertThat(Neutral.line("1\u00a0000")).isEqualTo("1\u00a0000");
    }

    @Test
    void aNoBreakSpaceInTextToRunIsShown() {
        assertThat(Neutral.code("rm\u00a0x")).isEqualTo("rm<U+00A0>x");
    }

    @Test
    void tabsBecomeSpacesAndInCellsTheirEscape() {
        assertThat(Neutral.line("a\tb")).isEqualTo("a       b");
        assertThat(Neutral.cell("a\tb\nc")).isEqualTo("a\\tb\\nc");
    }

    @Test
    void coloursOfOutputPassOnlyWithColour() {
        String red = "\u001b[1;31mred\u001b[0m";
        assertThat(Neutral.output(red, true)).isEqualTo(red);
        assertThat(Neutral.output(red, false)).isEqualTo("red");
        assertThat(Neutral.output("\u001b[38;5;196mx\u001b[m", true)).isEqualTo("\u001b[38;5;196mx\u001b[m");
    }

    @Test
    void nothingElseOfOutputPasses() {
        assertThat(Neutral.output("\u001b[8mhidden\u001b[5mblink\u001b[2J\u001b]0;title\u0007", true))
                .isEqualTo("^[[8mhidden^[[5mblink^[[2J^[]0;title^G");
        assertThat(Neutral.output("\u001b[31", true)).isEqualTo("^[[31");
    }

    @Test
    void aLoneSurrogateIsReplaced() {
        assertThat(Neutral.line("a\ud800b")).isEqualTo("a\ufffdb");
    }
}
