package dev.stepmark.binding;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Placeholder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Fills the placeholders of a text. A plain value is put into the text, which is shown, hashed and run as filled. A
 * secret never is: in a shell text its hole becomes a reference to an environment variable that exists only while the
 * text runs; anywhere else it cannot be filled.
 *
 * <p>Only values that mean the same quoted and unquoted, in SQL, in a shell and in a URL, are put in; everything else
 * is refused rather than quoted by guess. Typed substitution extends this class.
 */
public final class Filler {

    /** Characters that need no quoting in a shell word, an SQL literal's inside, or a URL component. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.:/@%+=,-]+");
    /** As an SQL identifier a value must look like one. */
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9]+");

    private Filler() { }

    /**
     * A filled text.
     *
     * @param text      what is shown, hashed and run
     * @param secretEnv names of environment variables that the text refers to, with the placeholder they stand for
     * @param problem   why it cannot be filled, or empty
     */
    public record Filled(String text, Map<String, String> secretEnv, String problem) { }

    /**
     * Fills a text.
     *
     * @param text         with holes
     * @param executor     what will interpret it
     * @param placeholders the holes
     * @param values       value of a name; null when there is none (also for secrets)
     */
    public static Filled fill(String text, Executor executor, List<Placeholder> placeholders,
            Function<String, String> values) {
        String filled = text;
        Map<String, String> secretEnv = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Placeholder hole : placeholders) {
            if (!filled.contains(hole.raw())) {
                continue;
            }
            if (hole.secret()) {
                filled = fillSecret(filled, executor, hole, secretEnv, problems);
                continue;
            }
            String value = values.apply(hole.name());
            if (value == null) {
                problems.add(hole.name() + " has no value");
            } else if (!fits(value, executor, filled, hole)) {
                problems.add("the value of " + hole.name() + " has characters that need quoting here, which is not "
                        + "supported yet");
            } else {
                filled = filled.replace(hole.raw(), value);
            }
        }
        return new Filled(filled, secretEnv, String.join("; ", problems));
    }

    private static String fillSecret(String text, Executor executor, Placeholder hole,
            Map<String, String> secretEnv, List<String> problems) {
        if (executor != Executor.SHELL) {
            problems.add("the secret " + hole.name() + " cannot be put into SQL text, where the server would log it");
            return text;
        }
        if (insideSingleQuotes(text, text.indexOf(hole.raw()))) {
            problems.add("the secret " + hole.name() + " stands in single quotes, where a variable is not expanded");
            return text;
        }
        String name = "STEPMARK_SECRET_" + hole.name().toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
        secretEnv.put(name, hole.name());
        return text.replace(hole.raw(), "${" + name + "}");
    }

    private static boolean fits(String value, Executor executor, String text, Placeholder hole) {
        if (!SAFE.matcher(value).matches()) {
            return false;
        }
        if (executor != Executor.PSQL || IDENTIFIER.matcher(value).matches()) {
            return true;
        }
        for (int at = text.indexOf(hole.raw()); at >= 0; at = text.indexOf(hole.raw(), at + 1)) {
            if (!insideSingleQuotes(text, at)) {
                return false;
            }
        }
        return true;
    }

    /** An odd number of quotes before it: enough for values that contain none themselves. */
    private static boolean insideSingleQuotes(String text, int offset) {
        return text.substring(0, offset).chars().filter(c -> c == '\'').count() % 2 == 1;
    }
}
