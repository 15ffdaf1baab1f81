package dev.stepmark.session.jdbc;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How often {@code \watch} runs its statement.
 *
 * @param seconds between two runs
 * @param count   how many runs, 0 for no end
 * @param problem why the arguments say nothing, or empty
 */
public record WatchPace(double seconds, long count, String problem) {

    /** The C locale's {@code %c}. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);
    private static final double DEFAULT_SECONDS = 2;

    /** {@code \watch [SECONDS]}, and as in psql 16 {@code \watch i=SECONDS c=COUNT}. */
    public static WatchPace of(List<String> words) {
        double seconds = DEFAULT_SECONDS;
        long count = 0;
        for (String word : words) {
            boolean counts = word.startsWith("c=") || word.startsWith("count=");
            String value = word.substring(word.indexOf('=') + 1);
            if (counts ? !value.matches("[1-9]\\d{0,8}") : !value.matches("\\d{1,9}(\\.\\d{1,9})?|\\.\\d{1,9}")) {
                return new WatchPace(0, 0, "\\watch: incorrect " + (counts ? "iteration count" : "interval value")
                        + " \"" + value + "\"");
            }
            if (counts) {
                count = Long.parseLong(value);
            } else {
                seconds = Double.parseDouble(value);
            }
        }
        return new WatchPace(seconds, count, "");
    }

    /** Whether another run follows that many. */
    public boolean more(long done) {
        return count == 0 || done < count;
    }

    /** Time between two runs. */
    public long millis() {
        return Math.max(1, Math.round(seconds * 1000));
    }

    /** What stands above a result that is printed now, with the user's own title in front of it. */
    public String title(Optional<String> own) {
        String time = TIME.format(ZonedDateTime.now()) + " (every " + shown() + "s)\n";
        return own.map(title -> title + "\t" + time).orElse(time);
    }

    private String shown() {
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds)
                : BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString();
    }
}
