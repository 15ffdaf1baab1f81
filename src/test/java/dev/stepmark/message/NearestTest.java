package dev.stepmark.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void countsASwapAsOneEdit() {
        assertThat(Nearest.edits("captuer", "capture")).isEqualTo(1);
        assertThat(Nearest.edits("", "ab")).isEqualTo(2);
        assertThat(Nearest.edits("abc", "abc")).isZero();
    }

    @Test
    void namesOnlyWhatIsNear() {
        assertThat(Nearest.to("runn", List.of("plan", "run"))).contains("run");
        assertThat(Nearest.to("something", List.of("plan", "run"))).isEmpty();
    }

    @Test
    void excerptMarksThePlaceAlsoInALongLine() {
        assertThat(Excerpt.of(7, "a\tbc", 2, 2)).containsExactly("  7 | a bc", "    |   ^^");
        List<String> cut = Excerpt.of(7, "x".repeat(500) + "Y" + "x".repeat(500), 500, 1);
        assertThat(cut.get(0).charAt(cut.get(1).indexOf('^'))).isEqualTo('Y');
        assertThat(cut.get(0).length()).isLessThanOrEqualTo(78);
        assertThat(Excerpt.of(7, "a", -1, 1)).containsExactly("  7 | a");
    }
}
