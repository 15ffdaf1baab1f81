package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.table.Pset;
import dev.stepmark.table.TableOptions;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code \watch}: the same statement again and again, until it fails, is cancelled, or has run often enough. */
final class Watch {

    /** The C locale's {@code %c}. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);
    private static final double DEFAULT_SECONDS = 2;

    private final Run run;
    private final SqlText query;
    private final Pace pace;

    /**
     * How often.
     *
     * @param seconds between two runs
     * @param count   how many runs, 0 for no end
     * @param problem why the arguments say nothing, or empty
     */
    record Pace(double seconds, long count, String problem) {

        /** {@code \watch [SECONDS]}, and as in psql 16 {@code \watch i=SECONDS c=COUNT}. */
        static Pace of(List<String> words) {
            double seconds = DEFAULT_SECONDS;
            long count = 0;
            for (String word : words) {
                boolean counts = word.startsWith("c=") || word.startsWith("count=");
                String value = word.substring(word.indexOf('=') + 1);
                if (counts ? !value.matches("[1-9]\\d{0,8}") : !value.matches("\\d{1,9}(\\.\\d{1,9})?|\\.\\d{1,9}")) {
                    return new Pace(0, 0, "\\watch: incorrect " + (counts ? "iteration count" : "interval value") + " \""
                            + value + "\"");
                }
                if (counts) {
                    count = Long.parseLong(value);
                } else {
                    seconds = Double.parseDouble(value);
                }
            }
            return new Pace(seconds, count, "");
        }

        String shown() {
            return seconds == Math.rint(seconds) ? Long.toString((long) seconds)
                    : java.math.BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString();
        }
    }

    Watch(Run run, SqlText query, Pace pace) {
        this.run = run;
        this.query = query;
        this.pace = pace;
    }

    Outcome run() {
        TableOptions before = run.client().table();
        Outcome.Done last = run.done();
        try {
            for (long i = 0; pace.count() == 0 || i < pace.count(); i++) {
                run.client().table(Pset.apply(before, "title", Optional.of(title(before))).options());
                Outcome outcome = new Statements(run).send(query);
                if (outcome instanceof Outcome.Cancelled c && !c.timedOut() && i > 0
                        && c.transaction() != Outcome.Transaction.FAILED && !run.wire().closed()) {
                    // that is how psql's \watch is ended too
                    return last;
                }
                if (!(outcome instanceof Outcome.Done done)) {
                    return outcome;
                }
                last = done;
                boolean more = pace.count() == 0 || i + 1 < pace.count();
                if (more) {
                    run.execution().pause(Math.max(1, Math.round(pace.seconds() * 1000)));
                }
                if (run.execution().stopAsked()) {
                    return stopped(last);
                }
            }
            return last;
        } finally {
            run.client().table(before);
        }
    }

    private Outcome stopped(Outcome.Done last) {
        boolean asked = run.execution().cancelAsked() && !run.execution().timedOut() && !run.execution().killed();
        return asked ? last : run.stopped("ended");
    }

    private String title(TableOptions before) {
        String time = TIME.format(ZonedDateTime.now()) + " (every " + pace.shown() + "s)\n";
        return before.title().map(t -> t + "\t" + time).orElse(time);
    }
}
