package dev.stepmark.binding;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.shell.ShellPlace;
import dev.stepmark.sql.ValuePlace;
import dev.stepmark.sql.ValuePlaces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Fills the placeholders of a text. Each hole has a kind, from its place in the text: a name or a literal of SQL, a
 * component of a URL, a word of a shell. A value is written so that it is exactly that, whatever characters it has; where
 * that cannot be done it is refused. A hole where SQL or shell text is wanted is raw: the value goes in as it is, and a
 * person must have confirmed it.
 *
 * <p>A plain value is put into the text, which is shown, hashed and run as filled. A secret never is: in a shell text its
 * hole becomes a reference to an environment variable that exists only while the text runs; in SQL it is refused.
 */
public final class Filler {

    private Filler() { }

    /**
     * A filled text.
     *
     * @param text      what is shown, hashed and run
     * @param secretEnv names of environment variables that the text refers to, with the secret they stand for
     * @param problem   why it cannot be filled, or empty
     * @param raw       names of values that became SQL or shell text: they need a confirmation of their own
     * @param warnings  what a person must know before it runs, lower case without a full stop
     */
    public record Filled(String text, Map<String, SecretUse> secretEnv, String problem, List<String> raw,
            List<String> warnings) { }

    /**
     * A secret that a variable stands for.
     *
     * @param name           of the placeholder
     * @param percentEncoded whether the text wants it as a component of a URL
     */
    public record SecretUse(String name, boolean percentEncoded) {

        /** The value of the variable. */
        public String value(String secret) {
            return percentEncoded ? UrlPart.percentEncoded(secret) : secret;
        }
    }

    /**
     * Fills a text with values that are meant exactly, for example those of a captured row.
     *
     * @param text         with holes
     * @param executor     what will interpret it
     * @param placeholders the holes
     * @param values       value of a name; null when there is none (also for secrets)
     */
    public static Filled fill(String text, Executor executor, List<Placeholder> placeholders,
            Function<String, String> values) {
        return fill(text, executor, placeholders, values, name -> false);
    }

    /**
     * Fills a text.
     *
     * @param typed names whose value a person gave: where a name of SQL is wanted {@code a.b} is a table in its schema,
     *              and {@code ~/x} at the beginning of a shell's word is a file in the home directory
     */
    public static Filled fill(String text, Executor executor, List<Placeholder> placeholders,
            Function<String, String> values, Predicate<String> typed) {
        if (placeholders.isEmpty()) {
            return new Filled(text, Map.of(), "", List.of(), List.of());
        }
        Marked marked;
        try {
            marked = new Marked(text, placeholders);
        } catch (Unfit e) {
            return new Filled(text, Map.of(), e.getMessage(), List.of(), List.of());
        }
        Filling filling = new Filling(marked, values, typed);
        for (Placeholder hole : placeholders) {
            if (hole.raw().startsWith("$") && text.contains(hole.raw()) && !hole.secret()
                    && values.apply(hole.name()) == null) {
                filling.problem(hole.name() + " has no value");
            }
        }
        if (executor == Executor.SHELL) {
            new ShellFiller(filling).fill();
        } else if (executor == Executor.PSQL) {
            new SqlFiller(filling, marked.text()).edits().forEach(e -> filling.edit(e.start(), e.end(), e.text()));
        } else {
            new PlainFiller(filling).fill();
        }
        return filling.filled(holes(text, executor, placeholders).stream().filter(h -> h.kind() == Hole.Kind.RAW)
                .map(Hole::name).distinct().toList());
    }

    /** What each hole of a text is, in order; it does not depend on values. */
    public static List<Hole> holes(String text, Executor executor, List<Placeholder> placeholders) {
        if (placeholders.isEmpty()) {
            return List.of();
        }
        Marked marked;
        try {
            marked = new Marked(text, placeholders);
        } catch (Unfit e) {
            return List.of();
        }
        Map<Character, Hole.Kind> kinds = executor == Executor.SHELL ? shell(marked) : executor == Executor.PSQL
                ? sql(marked) : Map.of();
        List<Hole> out = new ArrayList<>();
        marked.places().forEach((mark, place) -> out.add(Hole.of(place.placeholder(), kinds.getOrDefault(mark,
                Hole.Kind.UNKNOWN), place.offset())));
        for (Placeholder hole : placeholders) {
            if (hole.raw().startsWith("$") && text.contains(hole.raw())) {
                out.add(Hole.of(hole, Hole.Kind.VARIABLE, text.indexOf(hole.raw())));
            }
        }
        return out;
    }

    private static Map<Character, Hole.Kind> shell(Marked marked) {
        Map<Character, Hole.Kind> out = new LinkedHashMap<>();
        ShellFiller filler = new ShellFiller(new Filling(marked, name -> null, name -> false));
        for (char mark : marked.places().keySet()) {
            out.put(mark, filler.kind(ShellPlace.of(marked.text(), mark), mark));
        }
        return out;
    }

    private static Map<Character, Hole.Kind> sql(Marked marked) {
        Map<Character, Hole.Kind> out = new LinkedHashMap<>();
        for (ValuePlace place : ValuePlaces.of(marked.text(), marked::isHole)) {
            marked.text().substring(place.start(), place.end()).chars().filter(marked::isHole)
                    .forEach(c -> out.put((char) c, SqlFiller.kind(place.kind())));
        }
        return out;
    }
}
