package dev.stepmark.plan;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that a run has.
 *
 * @param end   when it is over, if somebody said so
 * @param none  whether somebody said that there is none, whatever an earlier process was told
 * @param late  whether a step may begin, with nobody there, that usually takes longer than what is left
 */
public record Window(Optional<Instant> end, boolean none, boolean late) {

    /** Nobody said anything. */
    public static final Window UNSAID = new Window(Optional.empty(), false, false);

    private static final Pattern SPAN = Pattern.compile("\\+(?:(\\d{1,3})h)?(?:(\\d{1,4})m(?:in)?)?");

    /**
     * Reads {@code 04:00} (the next one), {@code 2026-11-21T04:00}, the same with an offset, {@code +2h}, {@code +90m},
     * or {@code none}.
     *
     * @throws IllegalArgumentException when it has another form, or is over already
     */
    public static Window parse(String text, boolean late, ZonedDateTime now) {
        if (text.equals("none")) {
            return new Window(Optional.empty(), true, late);
        }
        try {
            Instant end = instant(text.strip(), now);
            if (!end.isAfter(now.toInstant())) {
                throw new IllegalArgumentException("it is over already");
            }
            return new Window(Optional.of(end), false, late);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it is no time", e);
        }
    }

    private static Instant instant(String text, ZonedDateTime now) {
        Matcher span = SPAN.matcher(text);
        if (span.matches() && text.length() > 1) {
            return now.toInstant().plus(Duration.ofHours(number(span.group(1))).plusMinutes(number(span.group(2))));
        }
        if (text.indexOf('T') < 0) {
            LocalTime time = LocalTime.parse(text);
            ZonedDateTime today = now.with(time);
            // the time of day that comes next: an hour that is over means tomorrow's
            return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
        }
        boolean offset = text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$");
        return offset ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).atZone(now.getZone())
                .toInstant();
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
