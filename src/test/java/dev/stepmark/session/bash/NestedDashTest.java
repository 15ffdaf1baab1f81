package dev.stepmark.session.bash;

import org.junit.jupiter.api.Timeout;

/** The shell is dash. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NestedDashTest extends NestedShTest {

    @Override
    String shell() {
        return "dash";
    }
}
