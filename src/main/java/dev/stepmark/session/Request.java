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
 * @param within    SQL only: what the session does about the transaction around the text
 */
public record Request(String text, String tag, Map<String, String> secretEnv, Optional<Duration> timeout,
        boolean readOnly, boolean attached, Within within) {

    /** What a session does about transactions around a text. */
    public enum Within {
        /** Nothing of its own. */
        AS_IT_IS,
        /** In an open transaction each statement has a savepoint: one that fails takes nothing else with it. */
        SAVEPOINT,
        /** The same, and a transaction is begun before the text. */
        BEGIN
    }

    public Request {
        secretEnv = Map.copyOf(secretEnv);
    }

    /** A request without transactions of ours. */
    public Request(String text, String tag, Map<String, String> secretEnv, Optional<Duration> timeout,
            boolean readOnly, boolean attached) {
        this(text, tag, secretEnv, timeout, readOnly, attached, Within.AS_IT_IS);
    }

    /** A request whose output is captured. */
    public Request(String text, String tag, Map<String, String> secretEnv, Optional<Duration> timeout,
            boolean readOnly) {
        this(text, tag, secretEnv, timeout, readOnly, false);
    }

    /** The same text with the person's terminal. */
    public Request withTerminal() {
        return new Request(text, tag, secretEnv, timeout, readOnly, true, within);
    }

    /** The same text in a transaction. */
    public Request within(Within transaction) {
        return new Request(text, tag, secretEnv, timeout, readOnly, attached, transaction);
    }

    /** Whether each statement has a savepoint. */
    public boolean savepoint() {
        return within != Within.AS_IT_IS;
    }

    /** Whether a transaction is begun before the text. */
    public boolean begins() {
        return within == Within.BEGIN;
    }

    /** A plain request. */
    public static Request of(String text) {
        return new Request(text, "", Map.of(), Optional.empty(), false);
    }
}
