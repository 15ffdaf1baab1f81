package dev.stepmark.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Results kept by name, as conditions and loops see them: {@code conflicts.rowCount}, {@code conflicts.rows[0].name}.
 * Every result is kept: under the author's name, under the name of its step, and as {@code step_6}. What is too large
 * to be whole is left out, so that an expression about it has no answer instead of a wrong one.
 */
final class Captures {

    /** Output up to this size is a text for expressions; what is larger is in its artefact only. */
    static final long TEXT_BYTES = 256 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ROWS = "rows";
    private static final String ROW_COUNT = "rowCount";
    private static final String ARTEFACT = "artefact";

    private Captures() { }

    /** What is kept of an execution: a table always, everything else where the author gives it a name. */
    static Optional<Event.Captured> of(Log log, Executions.Order order, Executions.Executed executed) {
        boolean step = order.origin() == Event.Origin.STEP;
        if (!step || !(executed.outcome() instanceof Outcome.Done done)) {
            return Optional.empty();
        }
        Result last = done.results().isEmpty() ? null : done.results().get(done.results().size() - 1);
        boolean table = last != null && last.table();
        String name = !order.capture().isEmpty() ? order.capture() : table ? "step_" + order.unit().step() : "";
        return name.isEmpty() ? Optional.empty() : Optional.of(new Event.Captured(name, executed.exec(), last == null ? -1
                : last.rowCount(), log.text(json(log, last, done.exit(), executed.outputs()))));
    }

    /** A result as JSON, for an artefact. */
    private static String json(Log log, Result result, int exit, List<Event.Output> outputs) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("exitCode", exit);
        out.put(ROW_COUNT, result == null ? -1 : result.rowCount());
        out.put("columns", result == null ? List.of() : result.columns().stream().map(Result.Column::name).toList());
        out.put(ROWS, result == null ? List.of() : rows(log, result));
        outputs.stream().filter(o -> o.stream().equals("stdout") || o.stream().equals("stderr")).forEach(o ->
                out.put(o.stream(), Map.of(ARTEFACT, o.artefact(), "bytes", o.bytes())));
        return write(out);
    }

    /** Anything of maps, lists and texts as JSON. */
    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result could not be written", e);
        }
    }

    /** JSON as maps, lists and texts. */
    static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new IllegalStateException("a kept result cannot be read", e);
        }
    }

    /** Masked one by one: in JSON a secret may be written otherwise than it came. */
    private static List<Map<String, String>> rows(Log log, Result result) {
        List<Map<String, String>> out = new ArrayList<>();
        for (List<String> row : result.rows()) {
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                named.put(result.columns().get(i).name(), row.get(i) == null ? null : log.mask(row.get(i)));
            }
            out.add(named);
        }
        return out;
    }

    /** What an expression can name: captures, steps by number and name, values; only those that it does name. */
    static Map<String, Object> variables(Desk desk, String expression) {
        Map<String, Object> out = new LinkedHashMap<>();
        desk.log().state().executions().stream().filter(e -> e.started().origin() == Event.Origin.STEP)
                .forEach(e -> e.finished().filter(f -> f.outcome().equals("done")).ifPresent(f -> names(desk, e, expression)
                        .forEach(name -> out.put(name, fields(desk.log(), f)))));
        for (Event.Captured captured : desk.log().state().captured()) {
            List<String> names = new ArrayList<>(mentioned(expression, List.of(captured.name())));
            desk.log().state().execution(captured.exec()).ifPresent(e -> names.addAll(names(desk, e, expression)));
            names.forEach(name -> out.put(name, fields(desk.log(), captured)));
        }
        desk.log().state().values().forEach((name, bound) -> {
            if (bound.secret().isEmpty() && !bound.kind().equals("connection")) {
                out.putIfAbsent(name, bound.value());
            }
        });
        return out;
    }

    /** How an expression calls the step of an execution. */
    private static List<String> names(Desk desk, Execution execution, String expression) {
        String step = execution.started().unit().step();
        String name = desk.runbook().step(step).map(Step::name).orElse("").replaceAll("[.-]", "_");
        return mentioned(expression, name.isEmpty() ? List.of("step_" + step) : List.of("step_" + step, name));
    }

    private static List<String> mentioned(String expression, List<String> names) {
        return names.stream().filter(n -> Pattern.compile("(?<![\\w.])" + Pattern.quote(n) + "(?!\\w)").matcher(expression).find())
                .toList();
    }

    /** What came of an execution. */
    static Map<String, Object> fields(Log log, Execution execution) {
        return log.state().captured().stream().filter(c -> c.exec().equals(execution.id())).reduce((a, b) -> b)
                .map(c -> fields(log, c)).orElseGet(() -> execution.finished().map(f -> fields(log, f)).orElse(Map.of()));
    }

    /** The fields of a result that returned no table. */
    static Map<String, Object> fields(Log log, Event.ExecFinished finished) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(ROW_COUNT, finished.rows());
        out.put("exitCode", (long) finished.exit());
        for (Event.Output output : finished.outputs()) {
            boolean text = output.stream().equals("stdout") || output.stream().equals("stderr");
            if (text && !output.truncated() && output.bytes() <= TEXT_BYTES) {
                text(out, output.stream(), log.artefact(output.artefact()));
            }
        }
        // a stream on which nothing came is an empty text
        if (finished.rows() < 0 && finished.outputs().stream().noneMatch(o -> o.stream().equals("stdout"))) {
            text(out, "stdout", new byte[0]);
        }
        return out;
    }

    private static void text(Map<String, Object> out, String stream, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        out.put(stream, text);
        if (stream.equals("stdout")) {
            out.put("lines", text.lines().toList());
        }
    }

    /** The fields of a kept result. */
    static Map<String, Object> fields(Log log, Event.Captured captured) {
        Map<?, ?> raw = read(log.artefact(captured.artefact()), Map.class);
        Map<String, Object> out = new LinkedHashMap<>();
        log.state().execution(captured.exec()).flatMap(Execution::finished).ifPresent(f -> out.putAll(fields(log, f)));
        raw.forEach((key, value) -> {
            boolean reference = value instanceof Map;
            if (!reference) {
                out.put(String.valueOf(key), value instanceof Integer i ? (Object) i.longValue() : value);
            }
        });
        if (!whole(captured, raw)) {
            out.remove(ROWS);
        }
        return out;
    }

    /** Whether all rows of a result were kept. */
    private static boolean whole(Event.Captured captured, Map<?, ?> raw) {
        boolean table = raw.get("columns") instanceof List<?> columns && !columns.isEmpty();
        return !table || captured.rows() < 0 || raw.get(ROWS) instanceof List<?> rows && rows.size() == captured.rows();
    }
}
