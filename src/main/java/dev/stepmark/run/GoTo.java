package dev.stepmark.run;

/** Leaves the question on the screen for another step; where to, the log has. */
final class GoTo extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GoTo() {
        super("goto", null, false, false);
    }
}
