package dev.stepmark.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stepmark.journal.Event;
import dev.stepmark.session.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results kept by name, as conditions see them: {@code conflicts.rowCount}, {@code conflicts.rows[0].name}. */
final class Captures {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Captures() { }

    /** A result as JSON, for an artefact. */
    static String json(Result result, int exit) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("exitCode", exit);
        out.put("rowCount", result == null ? -1 : result.rowCount());
        out.put("columns", result == null ? List.of() : result.columns().stream().map(Result.Column::name).toList());
        out.put("rows", result == null ? List.of() : rows(result));
        try {
            return MAPPER.writeValueAsString(out);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result could not be written", e);
        }
    }

    private static List<Map<String, String>> rows(Result result) {
        List<Map<String, String>> out = new ArrayList<>();
        for (List<String> row : result.rows()) {
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                named.put(result.columns().get(i).name(), row.get(i));
            }
            out.add(named);
        }
        return out;
    }

    /** Everything a condition can name: captures, and the last result of each step as {@code step_6}. */
    static Map<String, Object> variables(Log log) {
        Map<String, Object> out = new LinkedHashMap<>();
        log.state().executions().stream().filter(e -> e.started().origin() == Event.Origin.STEP)
                .forEach(e -> e.finished().filter(f -> f.outcome().equals("done")).ifPresent(f -> out.put(
                        "step_" + e.started().unit().step(), Map.of("rowCount", f.rows(), "exitCode",
                                (long) f.exit()))));
        log.state().captures().forEach((name, captured) -> out.put(name, read(log, captured)));
        log.state().values().forEach((name, bound) -> {
            if (bound.secret().isEmpty() && !bound.kind().equals("connection")) {
                out.putIfAbsent(name, bound.value());
            }
        });
        return out;
    }

    private static Map<String, Object> read(Log log, Event.Captured captured) {
        try {
            Map<?, ?> raw = MAPPER.readValue(log.artefact(captured.artefact()), Map.class);
            Map<String, Object> out = new LinkedHashMap<>();
            raw.forEach((key, value) -> out.put(String.valueOf(key), value instanceof Integer i ? (Object) i.longValue()
                    : value));
            return out;
        } catch (IOException e) {
            return Map.of("rowCount", captured.rows());
        }
    }
}
