package dev.stepmark.session.bash;

import dev.stepmark.session.Dialect;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import org.junit.jupiter.api.Timeout;

/** A bash that was typed in a shell keeps the contract. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NestedBashTest implements SessionContract {

    @Override
    public Session open() throws Exception {
        return Nested.open("bash");
    }

    @Override
    public Dialect dialect() {
        return new BashDialect();
    }
}
