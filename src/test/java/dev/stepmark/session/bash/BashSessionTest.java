package dev.stepmark.session.bash;

import dev.stepmark.session.Dialect;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import org.junit.jupiter.api.Timeout;

/** A local bash keeps the contract. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BashSessionTest implements SessionContract {

    @Override
    public Session open() throws Exception {
        return Shells.open();
    }

    @Override
    public Dialect dialect() {
        return new BashDialect();
    }
}
