package dev.stepmark.message;

/** The exit codes of the program, in the order in which the first that applies is taken (docs/exit-codes.md). */
public enum ExitCode {
    /** A defect of Stepmark itself. */
    INTERNAL(70),
    /** The journal cannot be written: nothing further is run (sysexits EX_IOERR). */
    JOURNAL(74),
    /** Wrong usage, or a runbook that cannot be read. */
    USAGE(2),
    /** An execution was started and nobody knows how it ended. */
    IN_DOUBT(5),
    /** Interrupted by a signal. */
    INTERRUPTED(130),
    /** Stopped by the operator; the run can go on later. */
    STOPPED(4),
    /** Refused by a gate, a lock, or for want of an answer. */
    REFUSED(3),
    /** A step failed, or there are findings. */
    FAILED(1),
    /** Done. */
    OK(0);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number that the process returns. */
    public int code() {
        return code;
    }
}
