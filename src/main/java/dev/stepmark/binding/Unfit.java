package dev.stepmark.binding;

/** A value does not go where its hole is; the message says why, without the value. */
final class Unfit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unfit(String why) {
        super(why, null, false, false);
    }
}
