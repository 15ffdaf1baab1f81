package dev.stepmark.session.jdbc;

import java.time.Duration;

/**
 * How a JDBC session behaves.
 *
 * @param connectTimeout  how long to wait for an answer of the server while connecting; whole seconds, at least one
 * @param applicationName what the server shows as application_name until a request names itself
 */
public record Options(Duration connectTimeout, String applicationName) {

    /** What is used when nobody says otherwise: ten seconds, {@code stepmark}. */
    public static final Options DEFAULT = new Options(Duration.ofSeconds(10), "stepmark");

    /** The same with another time-out. */
    public Options withConnectTimeout(Duration timeout) {
        return new Options(timeout, applicationName);
    }

    int connectSeconds() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE / 1000, (connectTimeout.toMillis() + 999) / 1000));
    }
}
