package dev.stepmark.session.bash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Markers are taken out wherever the stream is cut, and nothing else is. */
class MarkerFilterTest {

    private static final String RS = "\u001e";
    private static final String US = "\u001f";

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final List<String> markers = new ArrayList<>();
    private final MarkerFilter filter = new MarkerFilter("abc", new MarkerFilter.Handler() {
        @Override
        public void data(byte[] buffer, int offset, int length) {
            data.write(buffer, offset, length);
        }

        @Override
        public void marker(char kind, String[] fields) {
            markers.add(kind + String.join(",", fields));
        }
    });

    private void accept(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        filter.accept(bytes, 0, bytes.length);
    }

    @Test
    void everyCutGivesTheSame() {
        String text = "one" + RS + "abcX" + US + "1" + US + "\u00e9" + RS + "two" + RS + RS + "ab" + RS + "abcE" + RS + RS + "abX";
        for (int cut = 0; cut <= text.length(); cut++) {
            data.reset();
            markers.clear();
            accept(text.substring(0, cut));
            accept(text.substring(cut));
            filter.end();
            assertThat(data.toString(StandardCharsets.UTF_8)).isEqualTo("onetwo" + RS + RS + "ab" + RS + "abX");
            assertThat(markers).containsExactly("X1,\u00e9", "E");
        }
    }

    @Test
    void whatNeverEndsIsNoMarker() {
        String text = RS + "abc" + "x".repeat(MarkerFilter.MAX_MARKER) + "end";
        accept(text);
        filter.end();
        assertThat(data.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(markers).isEmpty();
    }

    @Test
    void aMarkerAtTheLimitIsOne() {
        accept(RS + "abcE" + US + "x".repeat(MarkerFilter.MAX_MARKER - 7) + RS);
        assertThat(data.size()).isZero();
        assertThat(markers).hasSize(1);
    }
}
