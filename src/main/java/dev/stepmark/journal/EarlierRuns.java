package dev.stepmark.journal;

import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How long the texts of a document took in its earlier runs. Bounded in what it reads; a journal that is damaged,
 * unreadable or of another version tells nothing and disturbs nobody.
 */
public final class EarlierRuns {

    /** Runs of the document that are read, the newest. */
    static final int MOST_RUNS = 20;
    /** Directories whose first record is looked at to find them. */
    static final int MOST_LOOKED_AT = 200;
    /** Bytes of journals that are read in all: half a second on a slow machine. */
    static final long MOST_BYTES = 2L << 20;

    /** No run is known. */
    public static final EarlierRuns NONE = new EarlierRuns(List.of());

    private final List<Map<Unit, Took>> runs;

    private EarlierRuns(List<Map<Unit, Took>> runs) {
        this.runs = runs;
    }

    private record Took(String text, long millis, Map<String, String> identity) { }

    /**
     * The times of a block.
     *
     * @param least shortest, in milliseconds
     * @param most  longest
     * @param runs  number of runs
     */
    public record Times(long least, long most, int runs) { }

    /**
     * Reads what is known; never fails.
     *
     * @param directory where the runs are
     * @param document  the runbook's absolute path, as the runs have it
     * @param current   id of the run that asks, which does not count; or empty
     */
    public static EarlierRuns read(Path directory, String document, String current) {
        List<Map<Unit, Took>> runs = new ArrayList<>();
        long left = MOST_BYTES;
        for (Path run : newest(directory)) {
            Path journal = run.resolve("journal.jsonl");
            long size = run.getFileName().toString().equals(current) ? -1 : size(journal);
            if (size <= 0 || size > left || runs.size() >= MOST_RUNS || !JournalEnds.of(journal).of(document)) {
                continue;
            }
            left -= size;
            Map<Unit, Took> times = times(journal);
            if (!times.isEmpty()) {
                runs.add(times);
            }
        }
        return new EarlierRuns(runs);
    }

    static List<Path> newest(Path directory) {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(p -> p.getFileName().toString().matches(Runs.ID)).sorted(Comparator.reverseOrder())
                    .limit(MOST_LOOKED_AT).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    static long size(Path journal) {
        try {
            return Files.size(journal);
        } catch (IOException e) {
            return -1;
        }
    }

    /** What ran without a problem, the last time in its run. */
    private static Map<Unit, Took> times(Path journal) {
        Map<Unit, Took> out = new HashMap<>();
        try {
            JournalReader.ReadResult read = JournalReader.read(journal);
            if (read.damage().isPresent()) {
                return Map.of();
            }
            RunState state = RunState.of(read.events());
            for (Execution execution : state.executions()) {
                if (execution.started().origin() == Event.Origin.STEP && execution.succeeded()) {
                    Map<String, String> identity = state.session(execution.started().session())
                            .map(s -> s.opened().identity()).orElse(Map.of());
                    out.put(execution.started().unit(), new Took(execution.started().text(),
                            execution.finished().orElseThrow().millis(), identity));
                }
            }
            return out;
        } catch (StepmarkException e) {
            return Map.of();
        }
    }

    /**
     * How long a block took where all of it ran.
     *
     * @param block      the block, without a statement
     * @param texts      hashes of the texts of its statements as they would run now
     * @param sameTarget whether a session's identity is that of the target now, as far as that is known
     */
    public Optional<Times> of(Unit block, List<String> texts, Predicate<Map<String, String>> sameTarget) {
        List<Long> totals = new ArrayList<>();
        for (Map<Unit, Took> run : runs) {
            long total = 0;
            boolean all = !texts.isEmpty();
            for (int i = 0; i < texts.size() && all; i++) {
                Took took = run.get(block.statement(i));
                all = took != null && took.text().equals(texts.get(i)) && sameTarget.test(took.identity());
                total += all ? took.millis() : 0;
            }
            if (all) {
                totals.add(total);
            }
        }
        return totals.isEmpty() ? Optional.empty() : Optional.of(new Times(totals.stream().mapToLong(t -> t).min()
                .getAsLong(), totals.stream().mapToLong(t -> t).max().getAsLong(), totals.size()));
    }
}
