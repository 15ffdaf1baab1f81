package dev.stepmark.session.bash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Dialect;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the platform has no pseudo-terminal, a bash keeps the contract all the same. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BashWithoutTerminalTest implements SessionContract {

    @Override
    public Session open() throws Exception {
        return BashSession.open(new BashSession.Options(Path.of("/"), System.getenv(), Map.of(), ""), Programs::withoutTerminal);
    }

    @Override
    public Dialect dialect() {
        return new BashDialect();
    }

    @Test
    void saysThatItHasNone() throws Exception {
        try (Session session = open()) {
            assertThat(session.opened().identity()).containsEntry("terminal", "none");
            RecordingSink sink = new RecordingSink();
            Shells.done(session, "true </dev/tty || echo none; false | true", sink);
            assertThat(sink.text(OutputSink.Stream.STDOUT)).isEqualTo("none\n");
        }
    }
}
