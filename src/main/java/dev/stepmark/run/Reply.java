package dev.stepmark.run;

/** What the operator answered. */
public sealed interface Reply {

    /** One of the offered keys; {@code by} is {@code enter}, {@code key}, {@code option}, {@code answer}. */
    record Key(char key, String by) implements Reply { }

    /** Text: a phrase, a value, words. */
    record Text(String text, String by) implements Reply { }

    /** A secret; the array belongs to the receiver. */
    record Secret(char[] value, String by) implements Reply { }

    /** Ad hoc SQL, one or more statements. */
    record Sql(String text) implements Reply { }

    /** Ad hoc shell, without the exclamation mark. */
    record Shell(String text) implements Reply { }

    /** A psql meta-command, with its backslash. */
    record Meta(String text) implements Reply { }

    /** A command: {@code /list} is name {@code list}; arguments as typed. */
    record Command(String name, String arguments) implements Reply { }

    /** A {@link Watch} has taken the question back. */
    record Late() implements Reply { }

    /** The terminal is gone, or input ended: nobody answers any more. */
    record Gone(String why) implements Reply { }
}
