package dev.stepmark.session.jdbc;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import java.util.Optional;

/** What the driver cannot do of what libpq can. */
public final class DriverLimits {

    private DriverLimits() { }

    /** Why the driver cannot open a connection as it is described, for people; empty when it can. */
    public static Optional<String> of(ConnectionSpec spec) {
        if (spec.parameters().containsKey("sslkey")) {
            // libpq takes keys as PEM, the driver takes them in other forms
            return Optional.of("a client key in PEM form (sslkey)");
        }
        try {
            DriverProperties.of(spec, null, Options.DEFAULT);
            return Optional.empty();
        } catch (CannotOpen e) {
            return Optional.of(e.message().what().replace(" is not supported", ""));
        }
    }
}
