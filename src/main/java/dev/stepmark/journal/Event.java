package dev.stepmark.journal;

import java.util.List;
import java.util.Map;

/**
 * What happens in a run: the second waist of the architecture, a closed set. Events are facts in the past tense; state
 * is a fold over them ({@link RunState}). Texts and outputs are artefacts, named by their SHA-256. Empty strings stand
 * for "not known" or "none". No field ever holds a secret.
 */
public sealed interface Event {

    /**
     * The first event of a run.
     *
     * @param path     the runbook as the operator named it, absolute
     * @param git      commit and state of its repository, or empty
     * @param runbook  artefact of the document's bytes
     * @param plan     artefact of the plan that was shown and will be run
     * @param title    the runbook's title
     * @param tool     name and version of the program
     * @param host     where it runs: {@code name}, {@code os}, {@code user}, {@code uid}, {@code tty}, {@code ssh},
     *                 {@code java}
     * @param options  the options of the command line, secrets never among them
     * @param batch    whether nobody can be asked
     */
    record RunStarted(String path, String git, String runbook, String plan, String title, String tool,
            Map<String, String> host, Map<String, String> options, boolean batch) implements Event { }

    /** A later process goes on with the run; {@code tornTail} tells how many bytes of a torn last line were cut off. */
    record RunAttached(String reason, long tornTail, String runbook, Map<String, String> host) implements Event { }

    /** The document changed and its new text is used; mapping is old step id to new step id. */
    record RunbookRevised(String runbook, String plan, Map<String, String> mapping) implements Event { }

    /** An installed version became known; {@code source} is {@code option}, {@code sql}, {@code shell}, {@code asked}. */
    record VersionObserved(String subject, String value, String source, String exec) implements Event { }

    /** A gate was looked at; verdict is {@code passes}, {@code refused}, {@code unknown} or {@code overridden}. */
    record GateEvaluated(String scope, String gate, String version, String verdict, String override, String reason)
            implements Event { }

    /** A value was bound. For a secret {@code value} is empty and {@code secret} names where it came from. */
    record ValueBound(String name, String kind, String value, String secret, String source, String scope)
            implements Event { }

    /** A question that is no decision on a step was answered; {@code shown} is the hash of what was on the screen. */
    record QuestionAnswered(String id, String kind, String shown, String answer, String by, String reason)
            implements Event { }

    /**
     * A session is open.
     *
     * @param session  id of the session in the plan
     * @param parent   id of the session it was opened from, or empty
     * @param kind     {@code bash}, {@code jdbc}
     * @param opener   the text that opened it, or empty
     * @param identity as the far side reports it
     * @param replaces seq of the SessionOpened that this one replaces after a loss, or -1
     */
    record SessionOpened(String session, String parent, String kind, String opener, Map<String, String> identity,
            long replaces) implements Event { }

    /** State of a session changed by an execution. */
    record SessionChanged(String session, String exec, String cwd, List<String> names, String database,
            List<String> settings) implements Event { }

    /** A session is no more; how is {@code closed} or {@code lost}. */
    record SessionEnded(String session, String how, String reason) implements Event { }

    /**
     * The operator decided about a step or a block.
     *
     * @param unit     what it is about
     * @param action   what was decided
     * @param by       {@code enter}, {@code key}, {@code phrase}, {@code option}, {@code answer}, {@code author}
     * @param shown    hash of what was on the screen
     * @param text     artefact of the text that was confirmed or edited, or empty
     * @param phrase   the phrase that was typed, or empty
     * @param reason   the operator's words, or empty
     * @param evidence what the decision rests on, for example a condition's result, or empty
     */
    record Decided(Unit unit, Action action, String by, String shown, String text, String phrase, String reason,
            String evidence) implements Event { }

    /** What can be decided about a unit. */
    enum Action {
        /** Run it. */
        RUN,
        /** Run it again after it failed. */
        RETRY,
        /** Leave it out, by the operator. */
        SKIP,
        /** It does not apply: a condition or a gate says so. */
        NOT_APPLICABLE,
        /** A person did it. */
        DONE_BY_HAND,
        /** Its text was changed for this run. */
        EDIT,
        /** Its failure is accepted and the run goes on. */
        ACCEPT
    }

    /**
     * The rows of a loop were fixed.
     *
     * @param unit    the last row; the block itself while nobody knows how many there will be
     * @param capture what the rows come from, or the condition that ends the loop
     * @param items   artefact of the rows
     */
    record LoopPlanned(Unit unit, String capture, String items) implements Event { }

    /**
     * Intent: on disk before anything happens.
     *
     * @param exec        id of this execution, {@code x1}, {@code x2}, ...
     * @param parent      execution it belongs to (a verify probe's), or empty
     * @param origin      why it runs
     * @param unit        what it runs
     * @param attempt     from 1
     * @param session     id of the session
     * @param transaction id of the open transaction, or empty
     * @param text        artefact of the bytes that run, holes for secrets unfilled
     * @param framing     what Stepmark adds around them, or empty
     * @param effect      the risk word
     * @param background  whether the run does not wait for it
     * @param output      path of the partial output, relative to the run's directory
     */
    record ExecStarted(String exec, String parent, Origin origin, Unit unit, int attempt, String session,
            String transaction, String text, String framing, String effect, boolean background, String output)
            implements Event { }

    /** Why something is executed. */
    enum Origin { STEP, ADHOC, DISCOVERY, PREFLIGHT, VERIFY, UNDO, OPENER }

    /**
     * The outcome: on disk before the next question.
     *
     * @param exec      which execution
     * @param outcome   {@code done}, {@code failed}, {@code cancelled}, {@code stopped}, {@code ended},
     *                  {@code refused}, {@code lost}
     * @param exit      exit status, -1 when there is none
     * @param problems  failed lines and pipe members, one text each
     * @param sqlState  or empty
     * @param rows      rows returned or affected of all results, -1 when there is no count
     * @param tags      command tags of SQL results
     * @param outputs   artefacts
     * @param message   the server's error, or what else there is to say
     * @param millis    how long it took, monotonic
     * @param tolerated errors and warnings that the document says are safe; of a failure only when they are all of it
     * @param survivors processes left behind
     */
    record ExecFinished(String exec, String outcome, int exit, List<String> problems, String sqlState, long rows,
            List<String> tags, List<Output> outputs, String message, long millis, List<String> tolerated,
            List<String> survivors) implements Event { }

    /** An output: stream name, artefact, its size in bytes, and whether the record was cut. */
    record Output(String stream, String artefact, long bytes, boolean truncated) { }

    /**
     * What came out was compared with what the document shows. Since schema version 2.
     *
     * @param exec        which execution
     * @param lines       where the document shows it: {@code lines 20-24}
     * @param verdict     {@code matched}, {@code differs} or {@code not-compared}
     * @param reason      what differs as a whole, or why it was not compared; or empty
     * @param differences the first differences, one text each
     * @param more        how many more there are
     */
    record OutputCompared(String exec, String lines, String verdict, String reason, List<String> differences, int more)
            implements Event { }

    /** A result is kept under a name; the artefact holds its first rows or its output as JSON. */
    record Captured(String name, String exec, long rows, String artefact) implements Event { }

    /** A transaction is open. */
    record TransactionOpened(String transaction, String session, List<Unit> units) implements Event { }

    /** A transaction is about to end; {@code intent} is {@code commit} or {@code rollback}. */
    record TransactionEnding(String transaction, String intent, String xid, String systemIdentifier, String timeline)
            implements Event { }

    /** A transaction ended: {@code committed}, {@code rolled-back} or {@code unknown}, with its evidence. */
    record TransactionEnded(String transaction, String how, String evidence) implements Event {

        /** Evidence of a transaction that the document's own ROLLBACK undid: nothing is left to do about it. */
        public static final String AS_WRITTEN = "ROLLBACK, as the text says";
    }

    /** A doubt was resolved; verdict is {@code done}, {@code not-done} or {@code failed}. */
    record DoubtResolved(String exec, String verdict, String evidence, String by, String reason) implements Event { }

    /**
     * The operator went to a step; what ran before stays in the log. Since schema version 2.
     *
     * @param from   the step at whose question it was said; empty at the end of the run
     * @param to     the step that comes next
     * @param again  whether that step had come to its end and is to do anew
     * @param passed steps before it that are still to do and are passed over
     * @param by     {@code command} or {@code key}
     */
    record WentTo(String from, String to, boolean again, List<String> passed, String by) implements Event { }

    /**
     * The operator began to go back by the document's own section: its steps are to do, also those that were done
     * before. Since schema version 2.
     *
     * @param at    the step at whose question it was said
     * @param steps the steps of the section
     * @param by    {@code key} or {@code command}
     */
    record RollbackBegun(String at, List<String> steps, String by) implements Event { }

    /** A step stays valid although what it depends on ran again, by the operator's words. Since schema version 2. */
    record StillValid(String step, String by, String shown, String reason, String evidence) implements Event { }

    /** The lock on a target changed. */
    record LockChanged(String target, String key, String state, String holder) implements Event { }

    /** The operator's remark. */
    record NoteAdded(Unit unit, String text, String artefact) implements Event { }

    /**
     * The run ended, or was stopped.
     *
     * @param status {@code finished}, {@code stopped}, {@code failed}, {@code in-doubt}, {@code refused}
     * @param exit   the process's exit code
     * @param open   what is still open, for people
     */
    record RunEnded(String status, int exit, List<String> open) implements Event { }

    /** The record is complete up to here: head is the hash of the last line, count the number of lines. */
    record Sealed(String head, long count, String signature) implements Event { }
}
