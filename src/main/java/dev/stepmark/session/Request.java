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
 */
public record Request(String text, String tag, Map<String, String> secretEnv, Optional<Duration> timeout,
        boolean readOnly) {

    public Request {
        secretEnv = Map.copyOf(secretEnv);
    }

    /** A plain request. */
    public static Request of(String text) {
        return new Request(text, "", Map.of(), Optional.empty(), false);
    }
}
