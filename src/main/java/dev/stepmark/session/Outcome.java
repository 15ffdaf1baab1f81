package dev.stepmark.session;

import java.util.List;
import java.util.Optional;

/**
 * How an execution ended: a closed set. Whether that makes a step done or failed is the runner's business.
 */
public sealed interface Outcome {

    /** Transaction state of a SQL session after the execution. */
    enum Transaction { NONE, OPEN, FAILED }

    /**
     * It ran to its end.
     *
     * @param exit        exit status of a shell block, 0 for SQL
     * @param problems    commands inside the block that failed although the block went on: failed lines and failed
     *                    members of pipes, in order
     * @param results     SQL results
     * @param transaction state afterwards; NONE for shells
     * @param change      what changed in the session, if anything
     */
    record Done(int exit, List<Problem> problems, List<Result> results, Transaction transaction,
            Optional<Change> change) implements Outcome { }

    /**
     * The server's verdict: an error. The statement did nothing (it is atomic), unless it says otherwise itself.
     *
     * @param sqlState    five characters
     * @param message     the server's text as psql prints it, several lines (ERROR, LINE, DETAIL, HINT)
     * @param transaction state afterwards
     */
    record Failed(String sqlState, String message, Transaction transaction) implements Outcome { }

    /**
     * It was stopped because somebody asked, or because its time was over.
     *
     * @param proof     what shows it: {@code 130}, {@code 57014}
     * @param timedOut  whether the time-out of the request did it
     * @param survivors processes that are still there, for people; empty when none
     * @param transaction state afterwards; NONE for shells
     */
    record Cancelled(String proof, boolean timedOut, List<String> survivors, Transaction transaction)
            implements Outcome { }

    /**
     * It did not come to its end: a job of the shell was suspended, or it wanted something of a person that it could
     * not have, and was stopped.
     *
     * @param what for people: the job, or what it said last
     * @param why  what stopped it
     */
    record Stopped(String what, Why why) implements Outcome {

        /** Why an execution was stopped. */
        public enum Why {
            /** Its job waits in the shell. */
            SUSPENDED,
            /** It asked for a password, and nobody is there. */
            PASSWORD,
            /** It waited for a line from its terminal, and nobody is there. */
            LINE,
            /** It wanted a whole terminal, and has none. */
            SCREEN
        }
    }

    /**
     * The session ended as the text said: {@code exit}, {@code exec}, {@code kill $$}, {@code \q}.
     *
     * @param status exit status, or 128 + signal
     * @param how    for people: {@code exit 3}, {@code killed by signal 9}
     */
    record Ended(int status, String how) implements Outcome { }

    /** Nothing was run, and why: incomplete text, an unknown meta-command. */
    record Refused(String reason) implements Outcome { }

    /** Nobody knows how it ended: the connection or the shell was lost, or the operator left it running. */
    record Lost(String evidence) implements Outcome { }

    /**
     * A command that failed inside a block that went on.
     *
     * @param line    line inside the block, 1-based, 0 when unknown
     * @param command its text as the shell names it
     * @param status  exit status, or statuses of the pipe's members separated by {@code |}
     */
    record Problem(int line, String command, String status) { }

    /**
     * What changed in a session by an execution. Values only of what the text sets literally; never a secret.
     *
     * @param cwd       the new directory, or empty
     * @param names     names of variables and functions that appeared, changed or went
     * @param database  the new database, or empty
     * @param settings  settings changed by SET, {@code name=value}
     */
    record Change(String cwd, List<String> names, String database, List<String> settings) { }
}
