package dev.stepmark.message;

import java.util.List;

/**
 * What a person is told when something is wrong: what happened, what it means, what to do.
 *
 * <p>Printed as {@code error: WHAT}, the excerpt and the meaning indented by two, and {@code Try: ...}. {@code what}
 * is lower case, without a full stop; file positions stand in front of it as {@code file:line:}.
 *
 * @param what    one line: what happened
 * @param excerpt source lines with carets, ready to print below the first line; may be empty
 * @param meaning what it means and what was or was not done, one sentence group a line; may be empty
 * @param tries   commands or actions that help, the first is the recommended one; may be empty
 */
public record Message(String what, List<String> excerpt, List<String> meaning, List<String> tries) {

    public Message {
        excerpt = List.copyOf(excerpt);
        meaning = List.copyOf(meaning);
        tries = List.copyOf(tries);
    }

    /** A message with its meaning and one way out. */
    public static Message of(String what, String meaning, String tryThis) {
        return new Message(what, List.of(), lines(meaning), lines(tryThis));
    }

    /** A message that needs no explanation. */
    public static Message of(String what) {
        return new Message(what, List.of(), List.of(), List.of());
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }
}
