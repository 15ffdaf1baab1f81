package dev.stepmark.secret;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets of a run, in memory only. Whatever is written or shown goes through {@link #masker()}, which knows a
 * secret from the moment it was added. Safe for use by several threads.
 */
public final class Secrets {

    /** A shorter value is not masked: its replacement would eat text that has nothing to do with it. Characters. */
    public static final int MIN_LENGTH = Patterns.MIN_LENGTH;

    private final Map<String, String> values = new LinkedHashMap<>();
    private volatile Patterns patterns = Patterns.of(Set.of());
    private final Masker masker = new Masker(() -> patterns);

    /**
     * What became of an added secret.
     *
     * @param masked      whether it is masked from now on
     * @param characters  its length in characters
     * @param explanation for people; never holds the value
     */
    public record Added(boolean masked, int characters, String explanation) { }

    /**
     * Adds a secret. One that is too short is kept, and can be used, but it is not masked: the result says so.
     *
     * @param name  its name, shown to people
     * @param value the value
     */
    public synchronized Added add(String name, String value) {
        values.put(name, value);
        patterns = Patterns.of(Set.copyOf(values.values()));
        int characters = value.codePointCount(0, value.length());
        if (characters < MIN_LENGTH) {
            return new Added(false, characters, name + " has " + characters + (characters == 1 ? " character"
                    : " characters") + ", too few to be masked (at least " + MIN_LENGTH
                    + ") without eating unrelated text");
        }
        return new Added(true, characters, name + " is masked, " + characters + " characters");
    }

    /** As {@link #add(String, String)}; the array is not kept, the caller may clear it. */
    public Added add(String name, char[] value) {
        return add(name, new String(value));
    }

    /** The value of a secret. Bind it last, and never into anything that is shown, hashed or recorded. */
    public synchronized Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The names, in the order in which they came. */
    public synchronized Set<String> names() {
        return java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(values.keySet()));
    }

    /** What people see in place of the value: {@code (set, 19 characters)}, {@code (not set)}. */
    public synchronized String describe(String name) {
        String value = values.get(name);
        return value == null ? "(not set)" : "(set, " + value.codePointCount(0, value.length()) + " characters)";
    }

    /** The masker of these secrets; it follows what is added later. */
    public Masker masker() {
        return masker;
    }

    /** Names only. */
    @Override
    public String toString() {
        return "Secrets" + names();
    }
}
