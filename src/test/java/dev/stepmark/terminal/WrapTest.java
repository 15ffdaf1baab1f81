package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrapTest {

    @Test
    void wrapsAtWordsAndKeepsInnerSpaces() {
        assertThat(Wrap.words("one  two three", 8)).containsExactly("one  two", "three");
        assertThat(Wrap.words("one two", 3, 10)).containsExactly("one", "two");
        assertThat(Wrap.words("", 10)).containsExactly("");
    }

    @Test
    void cutsAWordThatIsLongerThanALine() {
        assertThat(Wrap.words("abcdefgh ij", 3)).containsExactly("abc", "def", "gh", "ij");
    }

    @Test
    void hardPiecesLoseNothing() {
        assertThat(Wrap.hard("abcdefg", 3)).containsExactly("abc", "def", "g");
        assertThat(Wrap.hard("abcdef", 3)).containsExactly("abc", "def");
        assertThat(Wrap.hard("", 3)).containsExactly("");
        assertThat(Wrap.hard("a  b  ", 3)).containsExactly("a  ", "b  ");
    }

    @Test
    void countsColumnsNotCharacters() {
        assertThat(Wrap.hard("\u6771\u4eac\u90fd", 5)).containsExactly("\u6771\u4eac", "\u90fd");
        assertThat(Wrap.hard("ae\u0301b", 2)).containsExactly("ae\u0301", "b");
        assertThat(Wrap.hard("\u001b[31mab\u001b[0mc", 2)).containsExactly("\u001b[31mab\u001b[0m", "c");
    }

    @Test
    void cutSaysThatSomethingIsMissing() {
        assertThat(Wrap.cut("abcdefgh", 8)).isEqualTo("abcdefgh");
        assertThat(Wrap.cut("abcdefghi", 8)).isEqualTo("abcde...");
        assertThat(Wrap.cut("\u6771\u4eac\u90fd\u6771", 7)).isEqualTo("\u6771\u4eac...");
    }

    @Test
    void aLongTextIsWrappedInOneGo() {
        String text = "word ".repeat(100_000);
        assertThat(Wrap.words(text, 76)).hasSize(6667);
    }
}
