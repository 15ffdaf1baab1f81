package dev.stepmark.runbook;

/**
 * A hole in a text that a value goes into.
 *
 * @param name   the name a person is asked for, as in {@code <NAME>}
 * @param raw    the characters in the document that the value replaces, for example {@code <NAME>}
 * @param secret whether the name or the front matter says that the value is a secret
 */
public record Placeholder(String name, String raw, boolean secret) {

    /** Whether it is a name that the document calls an example: the text is whole without another value. */
    public boolean example() {
        return name.equals(raw) && raw.matches("[a-z][a-z0-9-]*") && !raw.matches("(your|my)-.*|x{3,}.*");
    }
}
