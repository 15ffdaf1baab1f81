package dev.stepmark.terminal;

import java.util.Locale;

/** Numbers and times in the fixed forms of the dialogue, the same in every locale. */
final class Amounts {

    private Amounts() { }

    /** A count with thousands commas. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A count with its word: {@code 1 row}, {@code 9 rows}. */
    static String of(long number, String word) {
        return count(number) + " " + word + (number == 1 ? "" : "s");
    }

    /** Bytes: {@code 512 B}, {@code 1.7 MiB}. */
    static String size(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    /** A duration as a clock: {@code 00:01:30}. */
    static String clock(long millis) {
        long seconds = Math.max(0, millis) / 1000;
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
