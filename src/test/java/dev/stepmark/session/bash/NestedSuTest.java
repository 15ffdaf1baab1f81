package dev.stepmark.session.bash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Dialect;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A shell of another user by su keeps the contract, by the real program, which lets root in without a password. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NestedSuTest implements SessionContract {

    @Override
    public Session open() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "needs root, whom nobody asks");
        Assumptions.assumeTrue(dev.stepmark.testing.Programs.onPath("su"), "needs su on the path");
        return Nested.open("su -s /bin/bash nobody", Map.of("SHELL", "/bin/bash", "SECRET_OF_THIS_MACHINE", "x"),
                dev.stepmark.session.Console.nobody());
    }

    @Override
    public Dialect dialect() {
        return new BashDialect();
    }

    @Test
    void itIsTheOtherUserAndItsFailedLinesAreTold() throws Exception {
        try (Session session = open()) {
            assertThat(session.opened().identity()).containsEntry("user", "nobody");
            assertThat(Shells.output(session, "id -un")).isEqualTo("nobody\n");
            assertThat(Shells.done(session, "false\ntrue | false | true\necho end").problems()).extracting(p -> p.line()
                    + " " + p.status()).containsExactly("1 1", "2 0|1|0");
        }
    }

    @Test
    void programsThatWantATerminalHaveOne() throws Exception {
        try (Session session = open()) {
            TypingConsole console = new TypingConsole(80, 24).answer("Name: ", "anna");
            dev.stepmark.session.RecordingSink sink = new dev.stepmark.session.RecordingSink();
            session.run(dev.stepmark.session.Request.of("printf 'Name: ' >/dev/tty; read -r n </dev/tty; echo \"[$n]\""), sink,
                    console);
            assertThat(sink.text(dev.stepmark.session.OutputSink.Stream.STDOUT)).isEqualTo("[anna]\n");
        }
    }
}
