package dev.stepmark.session;

import java.util.Optional;

/** The few texts that the contract tests need, in the language of one kind of session. */
public interface Dialect {

    /** Text that prints this word (letters and digits) on standard output or as a result. */
    String print(String word);

    /** Text that prints at least this many times the letter {@code x}, on one line or on many. */
    String printMany(int letters);

    /** Text that takes this many seconds when nobody stops it. */
    String sleep(int seconds);

    /** Text that fails and leaves the session usable. */
    String fail();

    /** Text that gives a variable of the session a value; both are letters and digits. */
    String setState(String name, String value);

    /** Text that prints that variable. */
    String readState(String name);

    /** Text that ends the session, or empty when no text can. */
    Optional<String> end();

    /** Text that is incomplete and must not be run, or empty when every text can be run. */
    Optional<String> incomplete();

    /** Whether an outcome reports the failure of {@link #fail}. */
    static boolean isFailure(Outcome outcome) {
        return outcome instanceof Outcome.Failed || (outcome instanceof Outcome.Done done && done.exit() != 0);
    }
}
