package dev.stepmark.binding;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.Optional;

/**
 * Conditions of a runbook ({@code when="conflicts.rowCount > 0"}), in the Common Expression Language
 * (github.com/google/cel-spec). CEL cannot loop, write or call out, so that a condition can be evaluated without
 * consent. The library is loaded at the first condition, not before.
 */
public final class Expressions {

    private Expressions() { }

    /**
     * What became of a condition.
     *
     * @param decided whether there is an answer
     * @param value   the answer, false when undecided
     * @param reason  why it is undecided, or empty
     */
    public record Verdict(boolean decided, boolean value, String reason) {

        static Verdict of(boolean value) {
            return new Verdict(true, value, "");
        }

        static Verdict undecided(String reason) {
            return new Verdict(false, false, reason);
        }
    }

    /**
     * What an expression gives.
     *
     * @param value  a map, list, string, long, double or boolean; empty when it gives nothing
     * @param reason why it gives nothing, or empty
     */
    public record Value(Optional<Object> value, String reason) { }

    /**
     * Evaluates a condition.
     *
     * @param expression CEL
     * @param variables  captures and values by name; maps, lists, strings, longs, booleans
     * @return true or false, or undecided when a name is not known yet, the text is no CEL, or the result no boolean
     */
    public static Verdict evaluate(String expression, Map<String, Object> variables) {
        Value value = value(expression, variables);
        if (value.value().isEmpty()) {
            return Verdict.undecided(value.reason());
        }
        return value.value().get() instanceof Boolean b ? Verdict.of(b)
                : Verdict.undecided("it gives " + value.value().get() + ", which is neither true nor false");
    }

    /** Evaluates an expression of any type over the same names. */
    public static Value value(String expression, Map<String, Object> variables) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        variables.keySet().stream().filter(Expressions::isName).forEach(n -> builder.addVar(n, SimpleType.DYN));
        CelAbstractSyntaxTree tree;
        try {
            tree = builder.build().compile(expression).getAst();
        } catch (CelValidationException e) {
            return new Value(Optional.empty(), firstProblem(e));
        }
        try {
            return new Value(Optional.of(CelRuntimeFactory.standardCelRuntimeBuilder().build().createProgram(tree)
                    .eval(variables)), "");
        } catch (CelEvaluationException e) {
            return new Value(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** Why an expression can never be decided when these names are known; empty when it can. */
    public static java.util.Optional<String> problem(String expression, java.util.Set<String> names) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        names.stream().filter(Expressions::isName).forEach(n -> builder.addVar(n, SimpleType.DYN));
        try {
            builder.build().compile(expression).getAst();
            return java.util.Optional.empty();
        } catch (CelValidationException e) {
            return java.util.Optional.of(firstProblem(e));
        }
    }

    /** Loads the library in the background, while the operator reads, so that the first condition is no pause. */
    public static void warm() {
        Thread thread = new Thread(() -> evaluate("[1].exists(x, x > 0)", Map.of()), "warm CEL");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean isName(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    private static String firstProblem(CelValidationException e) {
        return e.getErrors().isEmpty() ? String.valueOf(e.getMessage()) : e.getErrors().get(0).getMessage();
    }
}
