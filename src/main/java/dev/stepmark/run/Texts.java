package dev.stepmark.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Fixed forms of numbers, times and hashes in Stepmark's own texts, the same in every locale. */
public final class Texts {

    private static final long MINUTE = 60_000;

    private Texts() { }

    /** {@code 0.03 s}, {@code 12.4 s}, from a minute on {@code 00:01:30}. */
    public static String duration(long millis) {
        if (millis >= MINUTE) {
            return clock(Duration.ofMillis(millis));
        }
        // no formatter: this stands between two blocks, and a formatter costs half a millisecond of a young JVM
        return BigDecimal.valueOf(millis, 3).setScale(millis < 10_000 ? 2 : 1, RoundingMode.HALF_UP).toPlainString() + " s";
    }

    /** {@code 00:01:30}. */
    public static String clock(Duration duration) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", duration.toHours(), duration.toMinutesPart(),
                duration.toSecondsPart());
    }

    /** {@code 48,213}. */
    public static String number(long value) {
        String digits = Long.toString(value);
        StringBuilder out = new StringBuilder(digits);
        int first = value < 0 ? 1 : 0;
        for (int i = digits.length() - 3; i > first; i -= 3) {
            out.insert(i, ',');
        }
        return out.toString();
    }

    /** {@code 1 row}, {@code 9 rows}. */
    public static String count(long value, String noun) {
        return number(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** {@code 512 B}, {@code 1.7 MiB}. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        String unit = "B";
        for (String next : List.of("KiB", "MiB", "GiB", "TiB")) {
            if (value < 1024) {
                break;
            }
            value /= 1024;
            unit = next;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }

    /** SHA-256 in hex of a text's UTF-8. */
    public static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Steps as ranges: {@code 3-5, 7}. */
    public static String ranges(List<Integer> numbers) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < numbers.size();) {
            int j = i;
            while (j + 1 < numbers.size() && numbers.get(j + 1) == numbers.get(j) + 1) {
                j++;
            }
            out.append(out.isEmpty() ? "" : ", ").append(numbers.get(i));
            if (j > i) {
                out.append(j == i + 1 ? ", " : "-").append(numbers.get(j));
            }
            i = j + 1;
        }
        return out.toString();
    }
}
