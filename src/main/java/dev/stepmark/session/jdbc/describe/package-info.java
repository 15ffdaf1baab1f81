/** psql's commands that describe what a database holds: {@code \d} and its kin. They only read. */
package dev.stepmark.session.jdbc.describe;
