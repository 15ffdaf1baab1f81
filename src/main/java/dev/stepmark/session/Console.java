package dev.stepmark.session;

import java.util.function.BooleanSupplier;

/**
 * The terminal of the person who attends an execution, as far as what runs may use it. Its methods are called on the
 * thread of {@link Session#run}, while the execution goes on.
 */
public interface Console {

    /** Whether a person is there at all; when not, nothing is ever answered. */
    boolean attended();

    /**
     * Whether a line that a program waits for can be given.
     *
     * @param echo whether the program lets it be seen
     */
    default boolean answers(boolean echo) {
        return attended();
    }

    /**
     * A program waits for a line from its terminal: asks the person for it. What was typed before is thrown away.
     *
     * @param prompt what the program said last, as it came; may be empty
     * @param echo   whether the program lets the typed line be seen; when not, the line is a secret
     * @param waits  asked from time to time: when false, nobody waits for the line any more
     */
    Answer ask(String prompt, boolean echo, BooleanSupplier waits);

    /**
     * Gives the whole terminal to a program: every key, its display, its size.
     *
     * @param program who gets it, for people
     * @param keys    takes what is typed, on a thread of the console
     */
    Given give(String program, Keys keys);

    /**
     * What a person answered.
     *
     * @param kind what was done
     * @param line the characters of a line; whoever takes them clears them
     */
    record Answer(Kind kind, char[] line) {

        /** A line, the end of input, "cancel what runs", or nothing at all. */
        public enum Kind { LINE, END, CANCEL, NONE }

        /** An answer without characters. */
        public static Answer of(Kind kind) {
            return new Answer(kind, new char[0]);
        }
    }

    /** Takes what a person types into a terminal that was given away. */
    interface Keys {

        /** Bytes as the terminal sends them. */
        void typed(byte[] buffer, int length);

        /** The size of the terminal, once at the beginning and after each change. */
        void resized(int columns, int rows);
    }

    /** A terminal that was given to a program. */
    interface Given {

        /** What the program writes to it. */
        void show(byte[] buffer, int offset, int length);

        /** Takes the terminal back, whatever state the program left it in; can be repeated. */
        void takeBack(String how);
    }

    /** The console of an execution that nobody attends. */
    static Console nobody() {
        return new Console() {
            @Override
            public boolean attended() {
                return false;
            }

            @Override
            public Answer ask(String prompt, boolean echo, BooleanSupplier waits) {
                return Answer.of(Answer.Kind.NONE);
            }

            @Override
            public Given give(String program, Keys keys) {
                throw new IllegalStateException("there is no terminal to give");
            }
        };
    }
}
