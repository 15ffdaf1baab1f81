package dev.stepmark.message;

/** A problem that a person can understand and mend: it carries the message to print and the exit code, no stack. */
public final class StepmarkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Message message;
    private final ExitCode exitCode;

    /**
     * @param exitCode what the process returns when nobody handles it
     * @param message  what to print
     */
    public StepmarkException(ExitCode exitCode, Message message) {
        super(message.what(), null, false, false);
        this.message = message;
        this.exitCode = exitCode;
    }

    /** What to print. */
    public Message message() {
        return message;
    }

    /** What the process returns. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
