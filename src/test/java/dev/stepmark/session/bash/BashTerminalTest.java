package dev.stepmark.session.bash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Stopped.Why;
import dev.stepmark.session.OutputSink.Stream;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person's terminal in a real shell: given whole, or asked for one line. */
@Timeout(120)
class BashTerminalTest {

    private static final String CTRL_C = "\u0003";
    private static final String CTRL_Z = "\u001a";

    private BashSession session;
    private final RecordingSink sink = new RecordingSink();

    @BeforeEach
    void open() throws Exception {
        session = Shells.open();
        Assumptions.assumeFalse(session.opened().identity().get("terminal").equals("none"),
                "needs setsid(1), so that a shell has a controlling terminal");
    }

    @AfterEach
    void close() {
        session.close();
    }

    private Outcome attached(String text, TypingConsole console) {
        return session.run(Request.of(text).withTerminal(), sink, console);
    }

    private String screen() {
        return sink.text(Stream.TTY);
    }

    @Test
    void anAttachedBlockHasATerminalOfThePersonsSize() {
        TypingConsole console = new TypingConsole(132, 43);
        Outcome outcome = attached("test -t 0 && test -t 1 && test -t 2 && stty size; V=kept", console);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(screen()).contains("43 132").doesNotContain("\u001e");
        assertThat(console.shown()).isEqualTo(screen());
        assertThat(console.takenBack()).isEqualTo("exit 0");
        assertThat(Shells.output(session, "test -t 1 || echo \"captured $V\"")).isEqualTo("captured kept\n");
    }

    @Test
    void whatIsTypedArrivesAndIsInTheRecordOnlyAsItsEcho() {
        TypingConsole console = new TypingConsole(80, 24).when("first> ", "seen words\n").when("second> ",
                "hidden words\n");
        Outcome outcome = attached("read -rp 'first> ' a; stty -echo; printf 'second> '; read -r b; stty echo\n"
                + "test \"$a-$b\" = 'seen words-hidden words'", console);
        assertThat(outcome).isEqualTo(new Outcome.Done(0, List.of(), List.of(), Outcome.Transaction.NONE,
                ((Outcome.Done) outcome).change()));
        assertThat(screen()).contains("seen words").doesNotContain("hidden");
        assertThat(sink.text(Stream.STDOUT) + sink.text(Stream.STDERR)).isEmpty();
    }

    @Test
    void aNewSizeReachesTheProgram() {
        TypingConsole console = new TypingConsole(80, 24).resizeWhen("ready", 101, 51);
        attached("bash -c 'trap \"stty size; exit\" WINCH; echo ready; while :; do sleep 0.05; done'", console);
        assertThat(screen()).contains("51 101");
    }

    @Test
    void ctrlCBelongsToTheProgramAndNotToTheShell() {
        TypingConsole console = new TypingConsole(80, 24).when("ready", CTRL_C);
        Outcome outcome = attached("bash -c 'trap \"echo caught; exit 0\" INT; echo ready; while :; do sleep 0.05;"
                + " done'; echo after", console);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(screen()).contains("caught", "after");
        TypingConsole again = new TypingConsole(80, 24).when("ready", CTRL_C);
        Outcome interrupted = attached("bash -c 'echo ready; sleep 3133'; echo not reached", again);
        assertThat(interrupted).isInstanceOf(Outcome.Done.class);
        assertThat(((Outcome.Done) interrupted).exit()).isEqualTo(130);
        assertThat(again.shown()).doesNotContain("not reached");
        assertThat(Shells.output(session, "echo alive")).isEqualTo("alive\n");
    }

    @Test
    void aSuspendedJobWaitsInTheShell() {
        TypingConsole console = new TypingConsole(80, 24).when("ready", CTRL_Z);
        Outcome outcome = attached("bash -c 'echo ready; read -r x; echo got $x'", console);
        assertThat(outcome).isInstanceOf(Outcome.Stopped.class);
        assertThat(((Outcome.Stopped) outcome).why()).isEqualTo(Why.SUSPENDED);
        assertThat(((Outcome.Stopped) outcome).what()).contains("[1]", "bash -c");
        assertThat(Shells.output(session, "echo between")).isEqualTo("between\n");
        assertThat(attached("true", new TypingConsole(80, 24))).isInstanceOf(Outcome.Done.class);
        Outcome back = attached("fg", new TypingConsole(80, 24).when("bash -c", "more\n"));
        assertThat(back).isInstanceOf(Outcome.Done.class);
        assertThat(screen()).contains("got more");
    }

    @Test
    void aProgramThatIsKilledGivesTheTerminalBack() {
        Outcome outcome = attached("bash -c 'stty raw -echo; kill -9 $$'", new TypingConsole(80, 24));
        assertThat(((Outcome.Done) outcome).exit()).isEqualTo(137);
        TypingConsole console = new TypingConsole(80, 24).when("> ", "visible\n");
        attached("read -rp '> ' line", console);
        assertThat(console.shown()).contains("visible");
    }

    @Test
    void whatAProgramDidNotReadIsNotTypedIntoTheNext() {
        TypingConsole console = new TypingConsole(80, 24).when("ready", "first\nleft over\n");
        attached("echo ready; read -r line; sleep 0.3", console);
        assertThat(Shells.output(session, "read -r -t 1 line </dev/tty; echo \"<$line>\"")).isEqualTo("<>\n");
    }

    @Test
    void aPasswordIsAskedForAndTheOutputStaysApart() {
        TypingConsole console = new TypingConsole(80, 24).answer("Password: ", "open sesame");
        Outcome outcome = session.run(Request.of("printf 'Password: ' >/dev/tty; IFS= read -rs p </dev/tty\n"
                + "echo \"length ${#p}\"; echo problem >&2"), sink, console);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(console.questions()).containsExactly("Password: (hidden)");
        assertThat(sink.text(Stream.STDOUT)).isEqualTo("length 11\n");
        assertThat(sink.text(Stream.STDERR)).isEqualTo("problem\n");
        assertThat(screen()).isEqualTo("Password: ");
    }

    @Test
    void twoQuestionsAreAskedOneAfterTheOther() {
        TypingConsole console = new TypingConsole(80, 24).answer("Old: ", "one").answer("New: ", "two");
        session.run(Request.of("for w in Old New; do printf '%s: ' $w >/dev/tty; read -rs v </dev/tty; echo >/dev/tty;"
                + " echo \"$w=$v\"; done"), sink, console);
        assertThat(console.questions()).containsExactly("Old: (hidden)", "New: (hidden)");
        assertThat(sink.text(Stream.STDOUT)).isEqualTo("Old=one\nNew=two\n");
    }

    @Test
    void aQuestionWithEchoMayStandOnStandardError() {
        TypingConsole console = new TypingConsole(80, 24).answer("Go on? ", "yes");
        session.run(Request.of("read -rp 'Go on? ' a </dev/tty; echo \"<$a>\""), sink, console);
        assertThat(console.questions()).containsExactly("Go on? (seen)");
        assertThat(sink.text(Stream.STDOUT)).isEqualTo("<yes>\n");
    }

    @Test
    void whoDoesNotAnswerCancels() {
        TypingConsole console = new TypingConsole(80, 24);
        Outcome outcome = session.run(Request.of("printf 'Password: ' >/dev/tty; read -rs p </dev/tty; echo no"), sink,
                console);
        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        assertThat(sink.text(Stream.STDOUT)).isEmpty();
    }

    @Test
    void withoutAPersonAQuestionEndsTheBlock() {
        Outcome password = session.run(Request.of("printf 'Password for x: ' >/dev/tty; read -rs p </dev/tty; echo no"),
                sink);
        assertThat(password).isEqualTo(new Outcome.Stopped("Password for x:", Why.PASSWORD));
        Outcome line = session.run(Request.of("read -rp 'Name: ' n </dev/tty; echo no"), sink);
        assertThat(line).isEqualTo(new Outcome.Stopped("Name:", Why.LINE));
        assertThat(sink.text(Stream.STDOUT)).isEmpty();
        assertThat(Shells.output(session, "echo alive")).isEqualTo("alive\n");
    }

    @Test
    void aFullScreenInCapturedOutputEndsTheBlock() {
        Outcome outcome = session.run(Request.of("printf '\\033[?1049h'; sleep 3144; echo no"), sink,
                new TypingConsole(80, 24));
        assertThat(((Outcome.Stopped) outcome).why()).isEqualTo(Why.SCREEN);
        Outcome raw = session.run(Request.of("stty -icanon -echo </dev/tty; sleep 3145; echo no"), sink,
                new TypingConsole(80, 24));
        assertThat(((Outcome.Stopped) raw).why()).isEqualTo(Why.SCREEN);
        assertThat(Shells.output(session, "stty -a </dev/tty | grep -c ' icanon'")).isEqualTo("1\n");
    }

    @Test
    void aFileThatHasAScreenInItGoesOn() {
        Outcome outcome = session.run(Request.of("for i in 1 2 3 4 5 6 7 8 9 10; do printf 'a\\033[?1049hb'; sleep 0.1;"
                + " done; printf '\\033[?1049l'; sleep 0.7; echo end"), sink, new TypingConsole(80, 24));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(sink.text(Stream.STDOUT)).endsWith("\u001b[?1049lend\n");
    }

    @Test
    void aHiddenAnswerIsNotTypedWhereItWouldBeSeen() {
        TypingConsole late = new TypingConsole(80, 24) {
            @Override
            public Answer ask(String prompt, boolean echo, java.util.function.BooleanSupplier waits) {
                while (waits.getAsBoolean()) {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
                return new Answer(Answer.Kind.LINE, "open sesame".toCharArray());
            }
        };
        Outcome outcome = session.run(Request.of("printf 'Password: ' >/dev/tty; read -rs -t 2 p </dev/tty\n"
                + "sleep 1; read -r -t 1 q </dev/tty; echo \"<$p$q>\""), sink, late);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(sink.text(Stream.STDOUT)).isEqualTo("<>\n");
        assertThat(screen()).isEqualTo("Password: ");
    }

    @Test
    void noTerminalNoAttachedBlock() {
        Outcome outcome = session.run(Request.of("vi").withTerminal(), sink);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).reason()).contains("nobody is there", "nothing was run");
    }

    @Test
    void slowOutputAndAQuietProgramAreNoQuestions() {
        TypingConsole console = new TypingConsole(80, 24);
        Outcome outcome = session.run(Request.of("printf 'working ' >/dev/tty; stty -echo </dev/tty; sleep 2.5;"
                + " stty echo </dev/tty; printf '... '; sleep 2; echo done"), sink, console);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(console.questions()).isEmpty();
    }

    @Test
    void perlGivesATerminalWhereThereIsNoSetsid() throws Exception {
        Optional<Programs> perl = Programs.find(System.getenv("PATH")).orElseThrow().withPerl();
        Assumptions.assumeTrue(perl.isPresent(), "needs perl");
        ControllingTerminal terminal = ControllingTerminal.open().orElseThrow();
        try {
            Process shell = new ProcessBuilder(perl.get().command(terminal.name())).redirectErrorStream(true).start();
            try (OutputStream in = shell.getOutputStream()) {
                in.write("echo \"terminal: $(tty </dev/tty >/dev/null && echo yes)\"; exit 7\n".getBytes(
                        StandardCharsets.US_ASCII));
            }
            assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("terminal: yes");
            assertThat(shell.waitFor()).isEqualTo(7);
        } finally {
            terminal.close();
        }
    }

    @Test
    void aTimeOutEndsAnAttachedProgramToo() {
        Request request = new Request("sleep 3155", "", Map.of(),
                Optional.of(Duration.ofMillis(300)), false, true);
        TypingConsole console = new TypingConsole(80, 24);
        Outcome outcome = session.run(request, sink, console);
        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        assertThat(((Outcome.Cancelled) outcome).timedOut()).isTrue();
        assertThat(console.takenBack()).isEqualTo("cancelled");
        assertThat(Shells.output(session, "echo alive")).isEqualTo("alive\n");
    }
}
