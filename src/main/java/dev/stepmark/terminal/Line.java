package dev.stepmark.terminal;

/** What reading a line from the keyboard gave. */
sealed interface Line {

    /** A line that ended with Enter; the array belongs to the receiver. */
    record Text(char[] chars) implements Line {
        String string() {
            return new String(chars);
        }
    }

    /** Ctrl-C: the line was discarded. */
    record Interrupted() implements Line { }

    /** Ctrl-D on an empty line. */
    record End() implements Line { }

    /** Nobody wants the answer any more. */
    record Ended() implements Line { }

    /** The terminal is gone. */
    record Gone(String why) implements Line { }
}
