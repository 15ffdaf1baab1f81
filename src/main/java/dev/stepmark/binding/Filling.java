package dev.stepmark.binding;

import dev.stepmark.runbook.Placeholder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** A text while it is filled: the values, and what there is to say. */
final class Filling {

    private final Marked marked;
    private final Function<String, String> values;
    private final Predicate<String> typed;
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Map<String, Filler.SecretUse> secretEnv = new LinkedHashMap<>();
    private final List<Edit> edits = new ArrayList<>();

    /** A stretch of the marked text and what takes its place. */
    record Edit(int start, int end, String text) { }

    Filling(Marked marked, Function<String, String> values, Predicate<String> typed) {
        this.marked = marked;
        this.values = values;
        this.typed = typed;
    }

    Marked marked() {
        return marked;
    }

    boolean isHole(int c) {
        return marked.isHole(c);
    }

    /** Whether a person gave the value for this hole: then {@code a.b} may be a table in its schema. */
    boolean typed(char mark) {
        return typed.test(marked.placeholder(mark).name());
    }

    /** The value for a hole that is no secret. */
    String value(char mark) {
        Placeholder hole = marked.placeholder(mark);
        String value = values.apply(hole.name());
        if (value == null) {
            throw new Unfit(hole.name() + " has no value");
        }
        if (value.indexOf('\0') >= 0) {
            throw new Unfit("the value of " + hole.name() + " has a NUL character, which no text can have");
        }
        for (int i = 0; i < value.length(); i++) {
            boolean high = Character.isHighSurrogate(value.charAt(i)) && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (Character.isSurrogate(value.charAt(i)) && !high) {
                throw new Unfit("the value of " + hole.name() + " is no text: half of a character is missing");
            }
            i += high ? 1 : 0;
        }
        return value;
    }

    Unfit unfit(char mark, String why) {
        return new Unfit("the value of " + marked.placeholder(mark).name() + " " + why);
    }

    void edit(int start, int end, String text) {
        edits.add(new Edit(start, end, text));
    }

    List<Edit> edits() {
        return edits;
    }

    void problem(String text) {
        problems.add(text);
    }

    void warn(String text) {
        warnings.add(text);
    }

    /** The name of the variable that stands for a secret while the text runs. */
    String secret(Placeholder hole, boolean percentEncoded) {
        String name = "STEPMARK_SECRET_" + hole.name().toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9_]", "_")
                + (percentEncoded ? "_URL" : "");
        secretEnv.put(name, new Filler.SecretUse(hole.name(), percentEncoded));
        return name;
    }

    Filler.Filled filled(List<String> raw) {
        StringBuilder out = new StringBuilder(marked.text());
        edits.stream().sorted((a, b) -> b.start() - a.start()).forEach(e -> out.replace(e.start(), e.end(), e.text()));
        return new Filler.Filled(marked.restored(out.toString()), secretEnv, String.join("; ", problems), raw,
                List.copyOf(warnings));
    }
}
