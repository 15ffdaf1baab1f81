package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.run.Question;
import dev.stepmark.run.Question.Choice;
import dev.stepmark.run.Question.Kind;
import dev.stepmark.run.Reply;
import dev.stepmark.run.RunControl;
import dev.stepmark.run.Running;
import dev.stepmark.session.CancelReport;
import dev.stepmark.session.OutputSink.Stream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TerminalOperatorTest {

    private static final Map<String, String> XTERM = Map.of("TERM", "xterm");
    private static final Map<String, String> DUMB = Map.of("TERM", "dumb");
    private static final String PROMPT = "Run 5? [R,s,q,?]";

    private static Question question(Kind kind, char enter, String phrase, boolean adHoc) {
        return new Question("q", kind, phrase.isEmpty() ? "Run 5?" : "", List.of(new Choice('r', "", "runs it"),
                new Choice('s', "", "skips it"), new Choice('q', "", "stops")), enter, phrase, "", "", "", adHoc);
    }

    private static Question run() {
        return question(Kind.RUN, 'r', "", true);
    }

    @Test
    void enterTakesTheCapitalLetter() throws Exception {
        try (TypedTerminal person = new TypedTerminal(XTERM, null)) {
            CompletableFuture<Reply> asked = person.ask(run());
            person.expect(PROMPT);
            person.type("\r");

            assertThat(person.reply(asked)).isEqualTo(new Reply.Key('r', "enter"));
        }
    }

    @Test
    void keysTypedBeforeTheQuestionAreIgnored() throws Exception {
        try (TypedTerminal person = new TypedTerminal(XTERM, null)) {
            person.type("r\rab\u001b[A");
            CompletableFuture<Reply> asked = person.ask(run());
            person.expect(PROMPT);

            assertThat(person.screen()).contains("(5 keys typed before this question were ignored)");
            assertThat(asked).isNotDone();
            person.type("s\r");
            assertThat(person.reply(asked)).isEqualTo(new Reply.Key('s', "key"));
        }
    }

    @Test
    void ctrlCDiscardsTheLineAndAsksAgain() throws Exception {
        for (Map<String, String> env : List.of(XTERM, DUMB)) {
            try (TypedTerminal person = new TypedTerminal(env, null)) {
                CompletableFuture<Reply> first = person.ask(run());
                person.expect("Run 5? ");
                person.type("q\r");
                assertThat(person.reply(first)).isEqualTo(new Reply.Key('q', "key"));

                CompletableFuture<Reply> asked = person.ask(run());
                person.expect(PROMPT);
                person.type("abc");
                person.awaitScreen("abc");
                person.type("\u0003");
                person.expect(PROMPT);
                person.type("s\r");
                assertThat(person.reply(asked)).isEqualTo(new Reply.Key('s', "key"));
            }
        }
    }

    @Test
    void ctrlDIsQuitWhereThatIsOffered() throws Exception {
        for (Map<String, String> env : List.of(XTERM, DUMB)) {
            try (TypedTerminal person = new TypedTerminal(env, null)) {
                CompletableFuture<Reply> asked = person.ask(run());
                person.expect("Run 5? ");
                person.type("\u0004");
                assertThat(person.reply(asked)).isEqualTo(new Reply.Key('q', "key"));

                Question yesNo = new Question("q", Kind.YES_NO, "Stop here?", List.of(new Choice('y', "", ""),
                        new Choice('n', "", "")), 'n', "", "", "", "", false);
                CompletableFuture<Reply> last = person.ask(yesNo);
                person.expect("Stop here? ");
                person.type("\u0004");
                assertThat(person.reply(last)).isInstanceOf(Reply.Gone.class);
            }
        }
    }

    @Test
    void choicesAreShownAndTheQuestionComesAgain() throws Exception {
        try (TypedTerminal person = new TypedTerminal(XTERM, null)) {
            CompletableFuture<Reply> asked = person.ask(run());
            person.expect(PROMPT);
            person.type("?\r");
            person.expect(PROMPT);

            assertThat(person.screen()).contains("  r  runs it (Enter does this too)").contains("  q  stops");
            person.type("q\r");
            person.reply(asked);
        }
    }

    @Test
    void sqlGoesOnToItsSemicolon() throws Exception {
        for (Map<String, String> env : List.of(XTERM, DUMB)) {
            try (TypedTerminal person = new TypedTerminal(env, null)) {
                CompletableFuture<Reply> asked = person.ask(run());
                person.expect("Run 5? ");
                person.type("SELECT '!!' \\d\r");
                person.awaitScreen("  ->");
                person.type(";\r");

                assertThat(person.reply(asked)).isEqualTo(new Reply.Sql("SELECT '!!' \\d\n;"));
            }
        }
    }

    @Test
    void aPasteWaitsForEnter() throws Exception {
        try (TypedTerminal person = new TypedTerminal(XTERM, null)) {
            CompletableFuture<Reply> asked = person.ask(run());
            person.expect(PROMPT);
            person.type("\u001b[200~SELECT 1;\nSELECT 2;\nSELECT 3;\u001b[201~");
            person.awaitScreen("SELECT 3;");
            assertThat(asked).isNotDone();
            person.type("\r");

            assertThat(person.reply(asked)).isEqualTo(new Reply.Sql("SELECT 1;\nSELECT 2;\nSELECT 3;"));
        }
    }

    @Test
    void aSecretIsNotOnTheScreen() throws Exception {
        for (Map<String, String> env : List.of(XTERM, DUMB)) {
            try (TypedTerminal person = new TypedTerminal(env, null)) {
                CompletableFuture<Reply> asked = person.ask(new Question("q", Kind.SECRET, "PASSWORD", List.of(),
                        (char) 0, "", "", "", "", false));
                person.awaitScreen("PASSWORD (secret; not shown, not logged): ");
                person.type("gehei\u007fimnis\u00e9\r");

                assertThat(((Reply.Secret) person.reply(asked)).value()).isEqualTo("geheimnis\u00e9".toCharArray());
                assertThat(person.bytes()).contains("  read: 10 characters").doesNotContain("gehei", "mnis", "\b");
            }
        }
    }

    @Test
    void theHistoryHoldsOnlyAdHocLines(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("state/history");
        try (TypedTerminal person = new TypedTerminal(XTERM, file)) {
            answer(person, run(), "SELECT 1;\r");
            answer(person, run(), " SELECT 2;\r");
            answer(person, run(), "s\r");
            answer(person, question(Kind.PHRASE, (char) 0, "delete 12", true), "delete 12\r");
            CompletableFuture<Reply> asked = person.ask(run());
            person.expect(PROMPT);
            person.type("\u001bOA\r");
            assertThat(person.reply(asked)).isEqualTo(new Reply.Sql("SELECT 1;"));
        }
        assertThat(Files.readString(file)).contains("SELECT 1;").doesNotContain("SELECT 2", "delete", ":s\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        try (TypedTerminal person = new TypedTerminal(XTERM, file)) {
            CompletableFuture<Reply> asked = person.ask(run());
            person.expect(PROMPT);
            person.type("\u001bOA\r");
            assertThat(person.reply(asked)).isEqualTo(new Reply.Sql("SELECT 1;"));
        }
    }

    private static void answer(TypedTerminal person, Question question, String keys) throws Exception {
        CompletableFuture<Reply> asked = person.ask(question);
        person.expect(question.phrase().isEmpty() ? PROMPT : "Type \"delete 12\" to run it");
        person.type(keys);
        person.reply(asked);
    }

    @Test
    void tabCompletesCommands() throws Exception {
        try (TypedTerminal person = new TypedTerminal(XTERM, null)) {
            CompletableFuture<Reply> asked = person.ask(run());
            person.expect(PROMPT);
            person.type("/go\t");
            person.awaitScreen("/goto");
            person.type("5\r");

            assertThat(person.reply(asked)).isEqualTo(new Reply.Command("goto", "5"));
        }
    }

    @Test
    void tabCompletesStepsBehindACommandThatTakesOne() throws Exception {
        try (TypedTerminal person = new TypedTerminal(XTERM, null)) {
            person.operator.steps(Map.of("2", "Look", "12", "Copy", "14", "Count \u001b[2Jagain"));
            CompletableFuture<Reply> asked = person.ask(run());
            person.expect(PROMPT);
            person.type("/goto 1\t");
            person.awaitScreen("Copy");
            person.awaitScreen("again");
            person.type("4\r");

            assertThat(person.reply(asked)).isEqualTo(new Reply.Command("goto", "14"));
            assertThat(person.bytes()).as("titles of a document do nothing").doesNotContain("\u001b[2Jagain");
        }
    }

    @Test
    void aDumbTerminalGetsWordsAndNoEscapes() throws Exception {
        try (TypedTerminal person = new TypedTerminal(DUMB, null)) {
            CompletableFuture<Reply> asked = person.ask(run());
            person.awaitScreen("Run 5? Enter or r run, s skip, ? all choices: ");
            person.type("x\b?\r");
            person.expect(PROMPT);
            person.type("\r");
            person.reply(asked);

            assertThat(person.bytes()).doesNotContain("\u001b");
        }
    }

    /** What Ctrl-C did to something that runs. */
    private static final class Control implements RunControl {
        private final AtomicInteger cancels = new AtomicInteger();
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile String how = "";

        @Override
        public CancelReport cancel() {
            cancels.incrementAndGet();
            return new CancelReport(true, "asked the server (pid 5120)");
        }

        @Override
        public CancelReport kill() {
            how = "killed";
            ended.countDown();
            return new CancelReport(true, "terminated the backend");
        }

        @Override
        public void abandon() {
            how = "abandoned";
            ended.countDown();
        }
    }

    @Test
    void ctrlCCancelsThenOffersWaysOut() throws Exception {
        for (String[] way : new String[][] {{"k", "killed"}, {"q", "abandoned"}}) {
            try (TypedTerminal person = new TypedTerminal(XTERM, null)) {
                Control control = new Control();
                try (Running running = person.operator.running("8", control)) {
                    person.type("\u0003");
                    // what was asked may answer late, and then it stands on a line of its own
                    person.awaitScreen("asked the server (pid 5120)");
                    person.awaitScreen("Ctrl-C again: other ways");
                    byte[] line = {'a', '\n'};
                    running.sink().write(Stream.STDOUT, line, 0, 2);
                    person.type("\u0003");
                    person.expect("Wait? [Enter waits, k, q, ?]");
                    person.type("x\u0003");
                    person.expect("Wait? ");
                    person.type(way[0] + "\r");
                    assertThat(control.ended.await(30, TimeUnit.SECONDS)).isTrue();
                }
                assertThat(control.how).isEqualTo(way[1]);
                assertThat(control.cancels).hasValue(1);
                assertThat(person.screen()).contains("  Not stopped yet, 00:00:0")
                        .contains(".  k ends the backend, q leaves it");
            }
        }
    }

    @Test
    void ctrlCAtTheSightOfAPromptDiscardsTheLine() throws Exception {
        try (TypedTerminal person = new TypedTerminal(XTERM, null)) {
            Control control = new Control();
            try (Running running = person.operator.running("8", control)) {
                person.type("\u0003");
                person.awaitScreen("Ctrl-C again: other ways");
                person.typeAtSight("q, ?] ", "x\u0003");
                person.type("\u0003");
                person.expect("Wait? [Enter waits, k, q, ?]");
                person.expect("x^C");
                person.expect("Wait? ");
                person.type("k\r");
                assertThat(control.ended.await(30, TimeUnit.SECONDS)).isTrue();
                running.sink();
            }
            assertThat(control.how).isEqualTo("killed");
        }
    }

    @Test
    void ctrlCAtTheSightOfAQuestionIsAnAnswerToIt() throws Exception {
        try (TypedTerminal person = new TypedTerminal(DUMB, null)) {
            person.typeAtSight("all choices: ", "ab\u0003");
            CompletableFuture<Reply> asked = person.ask(run());
            person.expect("ab^C");
            person.expect(PROMPT);
            person.type("s\r");

            assertThat(person.reply(asked)).isEqualTo(new Reply.Key('s', "key"));
            assertThat(person.bytes()).doesNotContain("Nothing runs");
        }
    }

    @Test
    void theEndTakesTheQuestionFromTheScreen() throws Exception {
        try (TypedTerminal person = new TypedTerminal(XTERM, null)) {
            try (Running running = person.operator.running("8", new Control())) {
                person.type("\u0003");
                person.awaitScreen("cancelling 8");
                person.type("\u0003");
                person.expect("Wait? ");
                byte[] line = {'a', '\n'};
                running.sink().write(Stream.STDOUT, line, 0, 2);
                assertThat(person.screen()).doesNotContain("  | a");
            }
            assertThat(person.screen()).contains("  | a");
            CompletableFuture<Reply> asked = person.ask(run());
            person.expect(PROMPT);
            person.type("s\r");
            assertThat(person.reply(asked)).isEqualTo(new Reply.Key('s', "key"));
        }
    }

    @Test
    void theBellRingsOnceAfterALongExecution() throws Exception {
        AtomicLong seconds = new AtomicLong();
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochSecond(seconds.get());
            }
        };
        try (TypedTerminal person = new TypedTerminal(XTERM, null, clock)) {
            for (long duration : new long[] {60, 61, 1}) {
                Running running = person.operator.running("8", new Control());
                seconds.addAndGet(duration);
                running.close();
                CompletableFuture<Reply> asked = person.ask(run());
                person.expect(PROMPT);
                assertThat(person.bytes().chars().filter(c -> c == 7)).hasSize(duration == 60 ? 0 : 1);
                person.type("s\r");
                person.reply(asked);
            }
        }
    }

    @Test
    void keysAreNotEchoedWhileSomethingRuns() throws Exception {
        try (TypedTerminal person = new TypedTerminal(XTERM, null)) {
            try (Running running = person.operator.running("8", new Control())) {
                person.type("xyz\r");
                running.sink();
            }
            assertThat(person.bytes()).doesNotContain("x");
        }
    }

    @Test
    void anEditorGetsTheTextAndItsChangeIsTaken() throws Exception {
        Map<String, String> env = Map.of("TERM", "xterm", "EDITOR", "sed -i s/1/2/");
        try (TypedTerminal person = new TypedTerminal(env, null)) {
            assertThat(person.operator.edit("SELECT 1;", ".sql")).contains("SELECT 2;");
            assertThat(person.operator.edit("SELECT 7;", ".sql")).isEmpty();
        }
    }

    @Test
    void anEditorThatIsMissingIsAWarning() throws Exception {
        try (TypedTerminal person = new TypedTerminal(Map.of("TERM", "xterm", "VISUAL", "exit 127 #"), null)) {
            assertThat(person.operator.edit("SELECT 1;", ".sql")).isEmpty();
            assertThat(person.screen()).contains("warning: the editor exit 127 # ended with exit status 127")
                    .contains("The text is unchanged.");
        }
    }

    @Test
    void withoutAPagerAFileIsPrintedBehindAGutter(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("out"), "ok 6\n\u001b[2J\nlast");
        try (TypedTerminal person = new TypedTerminal(DUMB, null)) {
            person.operator.page("output of 5", file);
            assertThat(person.bytes()).isEqualToNormalizingNewlines("  . output of 5\n  | ok 6\n  | ^[[2J\n  | last\n");
        }
    }
}
