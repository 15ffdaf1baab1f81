package dev.stepmark.session.bash;

import java.util.Collection;

/** The framing in one shell's language. */
interface Script {

    /** A block as the shell gets it. */
    String block(long number, String text, Framing framing, int status, Collection<String> secretNames);

    /** What ends the value of a secret on the command channel: no value can hold it. */
    char secretEnd();

    /** The line that prints the end markers; it can be sent again. */
    String end(long number, Collection<String> secretNames);

    /** Bash in full: failed lines, members of pipes, functions. */
    Script BASH = new Bash();

    /** The same in a shell of another place, whose clock is looked at when a block begins. */
    Script FAR_BASH = new Bash() {
        @Override
        public String block(long number, String text, Framing framing, int status, Collection<String> secretNames) {
            return "{ __sm_U; } >/dev/null 2>&1\n" + super.block(number, text, framing, status, secretNames);
        }
    };

    /** What every POSIX shell understands. */
    Script POSIX = new PosixScript();

    /** Bash. */
    class Bash implements Script {

        @Override
        public char secretEnd() {
            return '\0';
        }

        @Override
        public String block(long number, String text, Framing framing, int status, Collection<String> secretNames) {
            return BashScript.block(number, text, framing, status, secretNames);
        }

        @Override
        public String end(long number, Collection<String> secretNames) {
            return BashScript.end(number, secretNames);
        }
    }
}
