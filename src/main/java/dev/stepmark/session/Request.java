package dev.stepmark.session;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One execution.
 *
 * @param text      the bytes to run (UTF-8): a whole shell block, or one SQL statement or meta-command
 * @param tag       names the execution at the far side ({@code stepmark:run:step} as application_name or cookie)
 * @param secretEnv variables that exist only while the text runs, for shells; their values are secrets
 * @param timeout   after this the session cancels by itself and says so
 * @param readOnly  SQL only: run in a READ ONLY transaction of its own when none is open
 * @param attached  shells only: the text has the person's terminal for its input and output, as an editor needs it
 */
public record Request(String text, String tag, Map<String, String> secretEnv, Optional<Duration> timeout,
        boolean readOnly, boolean attached) {

    public Request {
        secretEnv = Map.copyOf(secretEnv);
    }

    /** A request whose output is captured. */
    public Request(String text, String tag, Map<String, String> secretEnv, Optional<Duration> timeout,
            boolean readOnly) {
        this(text, tag, secretEnv, timeout, readOnly, false);
    }

    /** The same text with the person's terminal. */
    public Request withTerminal() {
        return new Request(text, tag, secretEnv, timeout, readOnly, true);
    }

    /** A plain request. */
    public static Request of(String text) {
        return new Request(text, "", Map.of(), Optional.empty(), false);
    }
}
