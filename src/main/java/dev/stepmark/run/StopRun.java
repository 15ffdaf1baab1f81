package dev.stepmark.run;

import dev.stepmark.message.ExitCode;

/** Ends the run from wherever it is; what was recorded stays. */
final class StopRun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String status;
    private final ExitCode exit;

    StopRun(String status, ExitCode exit) {
        super(status, null, false, false);
        this.status = status;
        this.exit = exit;
    }

    /** The status for RunEnded. */
    String status() {
        return status;
    }

    ExitCode exit() {
        return exit;
    }
}
