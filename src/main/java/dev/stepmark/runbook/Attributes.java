package dev.stepmark.runbook;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The annotations of a block that Stepmark knows, as written; keys of other tools are kept in {@code foreign}.
 *
 * @param known   our keys with their values: name, session, connection, target, capture, when, needs, verify,
 *                timeout, interactive, background, run, transaction, as
 * @param foreign everything else, for example {@code title} or {@code hl_lines}
 */
public record Attributes(Map<String, String> known, Map<String, String> foreign) {

    /** No annotation. */
    public static final Attributes NONE = new Attributes(Map.of(), Map.of());

    public Attributes {
        known = Map.copyOf(known);
        foreign = Map.copyOf(foreign);
    }

    /** The value of one of our keys. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(known.get(key));
    }

    /** The name under which the result is kept. */
    public Optional<String> capture() {
        return get("capture");
    }

    /** The condition under which the block runs, an expression over captures. */
    public Optional<String> when() {
        return get("when");
    }

    /** The probe that proves success: a SQL query that must return true, or a shell command that must exit 0. */
    public Optional<String> verify() {
        return get("verify");
    }

    /** Steps whose effect or result the block rests on, by number or name, beyond what Stepmark sees by itself. */
    public List<String> needs() {
        return get("needs").map(n -> List.of(n.strip().split("[\\s,]+"))).orElse(List.of());
    }

    /** What the classifier says of a block that comes to no end by itself; an author says true or false. */
    public static final String INFERRED = "inferred";

    /** Whether the run goes on while the block runs. */
    public boolean background() {
        return get("background").map(value -> !value.equals("false")).orElse(false);
    }

    /** The same annotations with one more, or with another value of one. */
    public Attributes with(String key, String value) {
        Map<String, String> more = new java.util.HashMap<>(known);
        more.put(key, value);
        return new Attributes(more, foreign);
    }

    /** The same annotations without one. */
    public Attributes without(String key) {
        Map<String, String> fewer = new java.util.HashMap<>(known);
        fewer.remove(key);
        return new Attributes(fewer, foreign);
    }

    /** Whether the block gets the operator's terminal, where the author says so. */
    public Optional<Boolean> interactive() {
        return get("interactive").map(value -> !value.equals("false"));
    }

    /** What the block is repeated for: a capture, or an expression that gives a list. */
    public Optional<String> foreach() {
        return get("foreach");
    }

    /** The condition that ends a block which is repeated until then, an expression over captures. */
    public Optional<String> repeatUntil() {
        return get("repeat-until");
    }

    /** The transaction that the block shares with its neighbours of the same name. */
    public Optional<String> transaction() {
        return get("transaction");
    }

    /** The longest time the block may take, for example {@code 30s} or {@code 10m}. */
    public Optional<String> timeout() {
        return get("timeout");
    }
}
