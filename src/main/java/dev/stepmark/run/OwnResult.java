package dev.stepmark.run;

import dev.stepmark.binding.Expressions;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an execution gave, as the author's {@code expect=} names it: rowCount, columns, rows, stdout, stderr, exitCode, sqlState. */
final class OwnResult {

    /** The names that an expectation can use besides results of other steps. */
    static final Set<String> NAMES = Set.of("rowCount", "columns", "rows", "stdout", "stderr", "exitCode", "sqlState");

    private final Map<String, Object> values = new LinkedHashMap<>();

    OwnResult(Outcome outcome, Outputs outputs) {
        List<Result> results = outcome instanceof Outcome.Done done ? done.results() : List.of();
        Result last = results.isEmpty() ? null : results.get(results.size() - 1);
        values.put("exitCode", outcome instanceof Outcome.Done done ? (long) done.exit() : -1L);
        values.put("sqlState", outcome instanceof Outcome.Failed failed ? failed.sqlState() : "");
        values.put("rowCount", last == null ? -1L : last.rowCount());
        values.put("columns", last == null ? List.of() : last.columns().stream().map(Result.Column::name).toList());
        values.put("rows", last == null ? List.of() : rows(last));
        values.put("stdout", outputs.text("stdout").orElse(""));
        values.put("stderr", outputs.text("stderr").orElse(""));
    }

    private static List<Map<String, Object>> rows(Result result) {
        List<Map<String, Object>> out = new ArrayList<>();
        for (List<String> row : result.rows()) {
            Map<String, Object> named = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                // CEL has a null of its own, which no author expects to meet: NULL is the empty text
                named.put(result.columns().get(i).name(), row.get(i) == null ? "" : row.get(i));
            }
            out.add(named);
        }
        return out;
    }

    Expressions.Verdict holds(String expression, Map<String, Object> others) {
        Map<String, Object> all = new LinkedHashMap<>(others);
        all.putAll(values);
        return Expressions.evaluate(expression, all);
    }

    /** What the expression speaks of, with its value: {@code rowCount is 3}. */
    String evidence(String expression) {
        List<String> said = new ArrayList<>();
        for (String name : List.of("rowCount", "exitCode", "sqlState")) {
            if (expression.matches("(?s).*\\b" + name + "\\b.*")) {
                said.add(name + " is " + values.get(name));
            }
        }
        return said.isEmpty() ? "it is false" : String.join(", ", said);
    }

    /** Whether the expression itself says how it may end. */
    static boolean speaksOfEnd(String expression) {
        return expression.matches("(?s).*\\b(exitCode|sqlState)\\b.*");
    }
}
