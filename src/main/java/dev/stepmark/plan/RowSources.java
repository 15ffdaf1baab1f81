package dev.stepmark.plan;

import dev.stepmark.binding.Filler;
import dev.stepmark.binding.Hole;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.FrontMatter.Variable;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import dev.stepmark.sql.ResultColumns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which blocks take values from the rows of an earlier result, told from the plan alone: a placeholder is called as a
 * column of a query before it ({@code <VIEW_NAME>} and {@code view_name}), or the author says {@code foreach=}. Such
 * names are never asked for. A name that is used anywhere as a value of its own is one everywhere.
 */
public final class RowSources {

    private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]*";

    private final Map<String, Rows> byBlock = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();

    /**
     * Where a block's rows come from.
     *
     * @param step       id of the step whose result it is; empty when an expression gives the rows
     * @param capture    how people and expressions call it
     * @param expression the author's {@code foreach=}, or empty
     * @param columns    names of placeholders with the columns that fill them; of a result whose columns nobody knows
     *                   yet, all placeholders by their own names
     */
    public record Rows(String step, String capture, String expression, Map<String, String> columns) {

        public Rows {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }

        /** Whether the author said it, so that nobody has to confirm it. */
        public boolean declared() {
            return !expression.isEmpty();
        }

        /** {@code once for each row of step 5, which gives VIEW_NAME}. */
        public String note() {
            return "once for each row of " + source() + (columns.isEmpty() ? "" : ", which gives " + String.join(", ",
                    columns.keySet()));
        }

        /** {@code step 5}, or the expression. */
        public String source() {
            return step.isEmpty() ? expression : "step " + step;
        }
    }

    private record Query(Step step, String capture, List<String> columns) { }

    private RowSources() { }

    /** The sources of a runbook. */
    public static RowSources of(Runbook runbook) {
        Set<String> values = new HashSet<>(runbook.frontMatter().variables().stream().map(Variable::name).toList());
        RowSources sources = new RowSources();
        for (int before = -1; before < values.size();) {
            before = values.size();
            sources = new RowSources();
            sources.read(runbook, values);
        }
        return sources;
    }

    /** Where the rows of a block come from. */
    public Optional<Rows> of(Block block) {
        return Optional.ofNullable(byBlock.get(block.id()));
    }

    /** Names that rows give: nobody is asked for them. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** Names of values that become text which runs. */
    static List<String> raw(Block block) {
        return Filler.holes(block.text(), block.executor(), block.placeholders()).stream().filter(h -> h.kind() == Hole.Kind.RAW)
                .map(Hole::name).distinct().toList();
    }

    /** Id of the question whether columns may become text which runs. */
    public static String rawQuestion(Step step, Block block) {
        boolean only = step.executables().stream().filter(b -> !raw(b).isEmpty()).count() <= 1;
        return "step-" + (only ? step.id() : block.id()) + ".raw";
    }

    /** How a column is called by a placeholder: case and the signs between words do not count. */
    public static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[ .-]", "_");
    }

    /** @param values names that are values of their own; those that are found to be are added */
    private void read(Runbook runbook, Set<String> values) {
        List<Query> queries = new ArrayList<>();
        for (Step step : runbook.mainSteps()) {
            for (Block block : step.executables()) {
                Optional<Rows> rows = rows(block, queries, values);
                rows.filter(r -> r.declared() || !r.columns().isEmpty()).ifPresent(r -> byBlock.put(block.id(), r));
                Set<String> filled = rows.map(r -> r.columns().keySet()).orElse(Set.of());
                names.addAll(filled);
                block.placeholders().stream().map(Placeholder::name).filter(n -> !filled.contains(n)).forEach(values::add);
                queries.addAll(queries(step, block));
            }
        }
    }

    private static Optional<Rows> rows(Block block, List<Query> queries, Set<String> values) {
        if (!block.opens().isEmpty() || block.attributes().repeatUntil().isPresent()) {
            return Optional.empty();
        }
        List<String> holes = block.placeholders().stream().filter(p -> !p.secret()).map(Placeholder::name)
                .filter(n -> !values.contains(n)).distinct().toList();
        Optional<String> declared = block.attributes().foreach();
        return declared.isPresent() ? Optional.of(declared(declared.get(), holes, queries)) : inferred(holes, queries);
    }

    private static Rows declared(String expression, List<String> holes, List<Query> queries) {
        Optional<Query> query = !expression.matches(IDENTIFIER) ? Optional.empty() : last(queries.stream()
                .filter(q -> q.capture().equals(expression) || expression.equals("step_" + q.step().id())
                        || expression.equals(q.step().name())).toList());
        List<String> columns = query.map(Query::columns).orElse(List.of());
        Map<String, String> filled = columns.isEmpty() ? own(holes) : matching(holes, columns);
        return new Rows(query.map(q -> q.step().id()).orElse(""), expression, expression, filled);
    }

    private static Map<String, String> own(List<String> holes) {
        Map<String, String> out = new LinkedHashMap<>();
        holes.forEach(h -> out.put(h, h));
        return out;
    }

    /** The result that has most of the names; of several the last one. */
    private static Optional<Rows> inferred(List<String> holes, List<Query> queries) {
        Rows best = null;
        for (Query query : queries) {
            Map<String, String> columns = matching(holes, query.columns());
            if (!columns.isEmpty() && (best == null || columns.size() >= best.columns().size())) {
                best = new Rows(query.step().id(), query.capture(), "", columns);
            }
        }
        return Optional.ofNullable(best);
    }

    private static Map<String, String> matching(List<String> holes, List<String> columns) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String hole : holes) {
            columns.stream().filter(c -> plain(c).equals(plain(hole))).findFirst().ifPresent(c -> out.put(hole, c));
        }
        return out;
    }

    private static List<Query> queries(Step step, Block block) {
        String capture = block.attributes().capture().orElse("step_" + step.id());
        return block.statements().stream().filter(s -> s.kind() == Statement.Kind.SQL || s.kind() == Statement.Kind.SHELL)
                .map(s -> new Query(step, capture, s.kind() == Statement.Kind.SQL ? ResultColumns.of(s.text()) : List.of()))
                .filter(q -> !q.columns().isEmpty() || block.attributes().capture().isPresent()).toList();
    }

    private static <T> Optional<T> last(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
    }
}
