package dev.stepmark.session.jdbc;

import java.util.Locale;

/** The line of {@code \timing}: milliseconds, and from a second on also minutes, hours and days. */
final class Timing {

    private Timing() { }

    static String line(double millis) {
        String plain = String.format(Locale.ROOT, "Time: %.3f ms", millis);
        if (millis < 1000) {
            return plain + "\n";
        }
        double seconds = millis / 1000;
        long minutes = (long) Math.floor(seconds / 60);
        seconds -= 60.0 * minutes;
        if (minutes < 60) {
            return plain + String.format(Locale.ROOT, " (%02d:%06.3f)%n", minutes, seconds);
        }
        long hours = minutes / 60;
        minutes %= 60;
        if (hours < 24) {
            return plain + String.format(Locale.ROOT, " (%02d:%02d:%06.3f)%n", hours, minutes, seconds);
        }
        return plain + String.format(Locale.ROOT, " (%d d %02d:%02d:%06.3f)%n", hours / 24, hours % 24, minutes,
                seconds);
    }
}
