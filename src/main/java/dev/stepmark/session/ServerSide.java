package dev.stepmark.session;

import java.util.Optional;

/** A database server asked by Stepmark itself, between the texts of a session: what a text sees is not changed by it. */
public interface ServerSide {

    /** Name of the session's process at the server. */
    String backend();

    /**
     * Asks in the session itself, inside its transaction, which goes on whatever comes of it. Only while nothing runs.
     *
     * @param query one row with one column
     * @return empty when it could not be asked; the empty text for NULL
     */
    Optional<String> here(String query);

    /**
     * Asks on a connection of its own, as the same role; from any thread.
     *
     * @param query one row with one column
     * @return empty when it could not be asked; the empty text for NULL
     */
    Optional<String> beside(String query);
}
