package dev.stepmark.session;

/**
 * What a cancel did.
 *
 * @param asked whether something ran and was asked to stop
 * @param means what was done, for people: {@code asked the server (pid 5120)}, {@code interrupt to group 812}
 */
public record CancelReport(boolean asked, String means) {

    /** Nothing ran. */
    public static final CancelReport NOTHING = new CancelReport(false, "nothing was running");
}
