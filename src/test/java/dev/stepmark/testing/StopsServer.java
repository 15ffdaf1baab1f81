package dev.stepmark.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Stops the shared server after the last test class. Left to the shutdown hook, the deletion of some hundred databases
 * holds up the exit of the JVM, and Surefire kills what has not exited after 30 seconds. Found by the service loader.
 */
public final class StopsServer implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(Namespace.GLOBAL).getOrComputeIfAbsent(StopsServer.class,
                key -> (AutoCloseable) EmbeddedServer::stop);
    }
}
