package dev.stepmark.session.jdbc;

import dev.stepmark.sql.Variables;

/**
 * How much of a server's message is printed: psql's variables VERBOSITY and SHOW_CONTEXT.
 *
 * @param verbosity default, verbose, terse or sqlstate
 * @param context   never, errors or always
 */
record MessageStyle(String verbosity, String context) {

    static final MessageStyle DEFAULT = new MessageStyle("default", "errors");
    /** As {@code \errverbose} prints. */
    static final MessageStyle EVERYTHING = new MessageStyle("verbose", "always");

    static MessageStyle of(Variables variables) {
        return new MessageStyle(variables.get("VERBOSITY").orElse(DEFAULT.verbosity),
                variables.get("SHOW_CONTEXT").orElse(DEFAULT.context));
    }

    boolean stateOnly() {
        return verbosity.equals("sqlstate");
    }

    boolean terse() {
        return verbosity.equals("terse");
    }

    boolean verbose() {
        return verbosity.equals("verbose");
    }

    boolean showsContext(boolean error) {
        return context.equals("always") || error && context.equals("errors");
    }
}
