package dev.stepmark.run;

import dev.stepmark.binding.Expressions;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Unit;
import dev.stepmark.plan.RowSources;
import dev.stepmark.plan.RowSources.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the rows that a block is run for: in what an earlier step returned, or by the author's expression. */
final class ItemSource {

    private final Desk desk;

    ItemSource(Desk desk) {
        this.desk = desk;
    }

    /** Rows, or why there are none. */
    record Found(Optional<Items> items, String problem) {

        private static Found problem(String why) {
            return new Found(Optional.empty(), why);
        }
    }

    /** The rows as they are now. */
    Found find(Rows rows) {
        if (!rows.declared()) {
            return captured(rows);
        }
        Map<String, Object> variables = Captures.variables(desk, rows.expression());
        Object named = variables.get(rows.expression());
        Expressions.Value value = named != null ? new Expressions.Value(Optional.of(named), "")
                : Expressions.value(rows.expression(), variables);
        Object list = value.value().map(v -> v instanceof Map<?, ?> map ? map.get("rows") : v).orElse(null);
        if (!(list instanceof List<?> all)) {
            return Found.problem("foreach " + rows.expression() + " gives no list" + (value.reason().isEmpty()
                    ? ": not all of its rows were kept, or it is none" : ": " + value.reason()));
        }
        List<Map<String, String>> out = new ArrayList<>();
        all.forEach(item -> out.add(row(item)));
        return new Found(Optional.of(new Items(rows.source(), "", matching(rows.columns(), out), out)), "");
    }

    /** A column is found whatever its case; what is no row has one column, which every placeholder means. */
    private static Map<String, String> matching(Map<String, String> columns, List<Map<String, String>> rows) {
        Map<String, String> out = new LinkedHashMap<>();
        columns.forEach((hole, column) -> rows.stream().flatMap(r -> r.keySet().stream()).filter(c -> c.equals("item")
                && columns.size() == 1 || RowSources.plain(c).equals(RowSources.plain(column)))
                .findFirst().ifPresent(c -> out.put(hole, c)));
        return out;
    }

    private static Map<String, String> row(Object item) {
        Map<String, String> out = new LinkedHashMap<>();
        if (item instanceof Map<?, ?> map) {
            map.forEach((name, value) -> out.put(String.valueOf(name), value == null ? null : String.valueOf(value)));
        } else {
            out.put("item", item == null ? null : String.valueOf(item));
        }
        return out;
    }

    /** The last result of the step that has the columns. */
    private Found captured(Rows rows) {
        List<Event.Captured> all = desk.log().state().captured();
        for (int i = all.size() - 1; i >= 0; i--) {
            Event.Captured captured = all.get(i);
            String step = desk.log().state().execution(captured.exec()).map(e -> e.started().unit()).map(Unit::step).orElse("");
            Map<?, ?> raw = step.equals(rows.step()) ? Captures.read(desk.log().artefact(captured.artefact()), Map.class) : Map.of();
            boolean has = raw.get("columns") instanceof List<?> columns && columns.containsAll(rows.columns().values());
            if (has) {
                return of(rows, captured, raw);
            }
        }
        return Found.problem(rows.source() + " has no result with " + String.join(", ", rows.columns().values()));
    }

    private static Found of(Rows rows, Event.Captured captured, Map<?, ?> raw) {
        List<Map<String, String>> out = new ArrayList<>();
        ((List<?>) raw.get("rows")).forEach(r -> out.add(row(r)));
        if (captured.rows() >= 0 && captured.rows() != out.size()) {
            return Found.problem(rows.source() + " returned " + Texts.count(captured.rows(), "row") + ", and only "
                    + Texts.number(out.size()) + " are kept");
        }
        return new Found(Optional.of(new Items(rows.source(), captured.exec(), rows.columns(), out)), "");
    }
}
