/**
 * A real psql as a session: for connections that the driver cannot make (Unix sockets, peer authentication, another user
 * of this machine) and for what only psql can do.
 *
 * <p>psql runs as a child on three pipes, never on a terminal. After every text it is told to print a marker on both of
 * its outputs; what comes before is the text's. Between the texts it is kept in a format that can be read back without
 * loss, and rows are printed for the record as psql itself would print them.
 */
package dev.stepmark.session.psql;
