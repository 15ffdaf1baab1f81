package dev.stepmark.session.bash;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The suspended jobs of a shell, from one block that had the terminal to the next. */
final class WaitingJobs {

    /** STOP, TSTP, TTIN and TTOU, as Linux and macOS number them. */
    private static final Set<Integer> STOP_SIGNALS = Set.of(17, 18, 19, 20, 21, 22);

    private List<String> known = List.of();

    /** The job that this block left suspended; that of an older one too, when it was in the foreground again. */
    Optional<String> after(Frame frame) {
        if (frame.jobs() == null) {
            return Optional.empty();
        }
        List<String> before = known;
        // the mark of the current job wanders from job to job
        known = frame.jobs().lines().map(line -> line.replaceFirst("^(\\[\\d+\\])[+-]?", "$1").strip()).toList();
        boolean again = STOP_SIGNALS.contains(frame.status() - 128);
        return known.stream().filter(job -> again || !before.contains(job)).reduce((a, b) -> b);
    }
}
