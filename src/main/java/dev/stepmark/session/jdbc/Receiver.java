package dev.stepmark.session.jdbc;

import java.sql.SQLWarning;
import org.postgresql.core.ResultHandlerBase;

/** Takes what the driver reads; drops warnings unless somebody wants them. */
class Receiver extends ResultHandlerBase {

    @Override
    public void handleWarning(SQLWarning warning) {
        // nobody wants the warnings of our own statements
    }
}
