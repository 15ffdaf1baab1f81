package dev.stepmark.run;

/** Nobody answered while a transaction was held, or it is gone: the question is taken back. */
final class HoldOver extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HoldOver() {
        super("held too long", null, false, false);
    }
}
