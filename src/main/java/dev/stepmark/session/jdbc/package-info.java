/**
 * Sessions of SQL over JDBC: connections by psql's rules, one statement an execution, output as psql prints it.
 *
 * <p>The only package of the session layer that knows pgjdbc. It uses the driver's protocol layer
 * ({@code org.postgresql.core}) instead of {@link java.sql.Statement}: only there are the command tag, notices while
 * they come, and the server's own bytes of every value.
 */
package dev.stepmark.session.jdbc;
