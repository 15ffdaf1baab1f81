package dev.stepmark.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteScanTest {

    @Test
    void itFindsWhatALoopFinds() {
        Random random = new Random(1121);
        for (int round = 0; round < 50_000; round++) {
            byte[] buffer = new byte[random.nextInt(70)];
            // few values, so that a byte often stands beside one that differs from it in one bit only
            int[] values = {0, 1, 0x1e, 0x1f, '\n', 0x0b, 0x7f, 0x80, 0x81, 0x8a, 0xff};
            for (int i = 0; i < buffer.length; i++) {
                buffer[i] = (byte) values[random.nextInt(values.length)];
            }
            byte value = (byte) values[random.nextInt(values.length)];
            int from = random.nextInt(buffer.length + 1);
            int end = from + random.nextInt(buffer.length - from + 1);
            int first = end;
            int count = 0;
            for (int i = end - 1; i >= from; i--) {
                first = buffer[i] == value ? i : first;
                count += buffer[i] == value ? 1 : 0;
            }
            assertThat(ByteScan.indexOf(buffer, from, end, value)).isEqualTo(first);
            assertThat(ByteScan.count(buffer, from, end, value)).isEqualTo(count);
        }
    }
}
