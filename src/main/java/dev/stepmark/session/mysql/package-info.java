/**
 * The real mysql or mariadb as a session: the client finds its server, its option files and its password as it always
 * does.
 *
 * <p>The client runs as a child on three pipes, never on a terminal. It is kept on a private delimiter, so that it sends
 * exactly what it is given, and prints XML, from which every value can be read back without loss. After every text it
 * prints its input line with a marker in it and fails to open a file whose name is the marker: both without asking the
 * server, whose warnings, row counts and found rows stay as the user's statement left them.
 */
package dev.stepmark.session.mysql;
