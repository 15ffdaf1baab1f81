package dev.stepmark.session;

import dev.stepmark.message.Message;

/** A session could not be opened; nothing was run. The message says why and what to do. */
public final class CannotOpen extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Message message;
    private final String sqlState;
    private final boolean elsewhere;

    /**
     * @param message  what to tell the operator
     * @param sqlState the server's or driver's code, or empty
     */
    public CannotOpen(Message message, String sqlState) {
        this(message, sqlState, false);
    }

    private CannotOpen(Message message, String sqlState, boolean elsewhere) {
        super(message.what(), null, false, false);
        this.message = message;
        this.sqlState = sqlState;
        this.elsewhere = elsewhere;
    }

    /** The same for a server that was not reached: another host of the same connection may be. */
    public CannotOpen notReached() {
        return new CannotOpen(message, sqlState, true);
    }

    /** Whether another host of the same connection is worth trying. */
    public boolean elsewhere() {
        return elsewhere;
    }

    /** What to tell the operator. */
    public Message message() {
        return message;
    }

    /** The code, or empty. */
    public String sqlState() {
        return sqlState;
    }
}
