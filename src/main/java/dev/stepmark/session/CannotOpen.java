package dev.stepmark.session;

import dev.stepmark.message.Message;

/** A session could not be opened; nothing was run. The message says why and what to do. */
public final class CannotOpen extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Message message;
    private final String sqlState;

    /**
     * @param message  what to tell the operator
     * @param sqlState the server's or driver's code, or empty
     */
    public CannotOpen(Message message, String sqlState) {
        super(message.what(), null, false, false);
        this.message = message;
        this.sqlState = sqlState;
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
