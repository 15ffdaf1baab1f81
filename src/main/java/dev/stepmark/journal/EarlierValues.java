package dev.stepmark.journal;

import dev.stepmark.message.StepmarkException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the values of a document were in its last run: the logs remember them, so that nothing else has to, and secrets
 * are not in them. Bounded in what it reads; a log that cannot be read tells nothing.
 */
public final class EarlierValues {

    /** Values are bound before the first step, so that the beginning of a log has them. */
    private static final int MOST_RECORDS = 300;
    private static final int LONGEST_LINE = 1 << 16;

    private EarlierValues() { }

    /**
     * The values of the newest run of the document that has any; never fails.
     *
     * @param directory where the runs are
     * @param now       the run that asks: the same path or the same bytes are the same document
     * @param current   its id
     */
    public static Map<String, String> read(Path directory, Event.RunStarted now, String current) {
        for (Path run : EarlierRuns.newest(directory)) {
            if (run.getFileName().toString().equals(current)) {
                continue;
            }
            Map<String, String> values = values(run.resolve("journal.jsonl"), now);
            if (!values.isEmpty()) {
                return values;
            }
        }
        return Map.of();
    }

    private static Map<String, String> values(Path journal, Event.RunStarted now) {
        Map<String, String> out = new LinkedHashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(journal)) {
            String line = reader.readLine();
            for (int i = 0; line != null && i < MOST_RECORDS; i++) {
                Event event = line.length() > LONGEST_LINE ? null : EventCodec.decode(line).event();
                if (i == 0 && !(event instanceof Event.RunStarted then && same(then, now))) {
                    return Map.of();
                }
                if (event instanceof Event.ValueBound bound && bound.secret().isEmpty() && bound.scope().equals("run")) {
                    out.put(bound.name(), bound.value());
                }
                line = reader.readLine();
            }
        } catch (IOException | StepmarkException | EventCodec.NoRecord e) {
            return out;
        }
        return out;
    }

    private static boolean same(Event.RunStarted then, Event.RunStarted now) {
        return then.path().equals(now.path()) || then.runbook().equals(now.runbook());
    }
}
