package dev.stepmark.journal;

import dev.stepmark.message.StepmarkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What was answered in earlier runs of the same document: remembered for the document, and offered, never taken. */
public final class EarlierAnswers {

    private EarlierAnswers() { }

    /**
     * An answer of the newest run that has one.
     *
     * @param answer what was answered
     * @param run    the last part of the id of that run
     */
    public record Given(String answer, String run) { }

    /**
     * Looks for the answer to a question; never fails.
     *
     * @param directory where the runs are
     * @param document  the runbook's absolute path, as the runs have it
     * @param current   id of the run that asks, which does not count
     * @param id        id of the question
     */
    public static Optional<Given> last(Path directory, String document, String current, String id) {
        long left = EarlierRuns.MOST_BYTES;
        for (Path run : EarlierRuns.newest(directory)) {
            Path journal = run.resolve("journal.jsonl");
            String name = run.getFileName().toString();
            long size = name.equals(current) || !Files.isRegularFile(journal) ? -1 : EarlierRuns.size(journal);
            if (size <= 0 || size > left || !JournalEnds.of(journal).of(document)) {
                continue;
            }
            left -= size;
            Optional<Given> given = Optional.ofNullable(answers(journal).get(id))
                    .map(a -> new Given(a, name.substring(name.lastIndexOf('-') + 1)));
            if (given.isPresent()) {
                return given;
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> answers(Path journal) {
        Map<String, String> out = new java.util.HashMap<>();
        try {
            JournalReader.read(journal).events().forEach(e -> {
                if (e.event() instanceof Event.QuestionAnswered answered) {
                    out.put(answered.id(), answered.answer());
                }
            });
            return out;
        } catch (StepmarkException e) {
            return Map.of();
        }
    }
}
