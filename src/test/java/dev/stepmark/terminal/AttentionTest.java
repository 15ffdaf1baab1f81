package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.run.Ending;
import dev.stepmark.run.Question;
import dev.stepmark.run.Reply;
import dev.stepmark.run.ResultCard;
import dev.stepmark.run.RunControl;
import dev.stepmark.run.Running;
import dev.stepmark.run.StepCard;
import dev.stepmark.session.CancelReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the bell rings and what the command of the operator is told; the commands are real. */
class AttentionTest {

    @TempDir
    Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private Path told;

    @BeforeEach
    void prepare() {
        told = directory.resolve("told");
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", directory.toString());
        environment.put("PGPASSWORD", "hunter2hunter2");
        environment.put("API_TOKEN", "hunter2hunter2");
    }

    /** Writes its whole environment into a file, at once. */
    private Attention writing() {
        return attention("env | sort >>" + told + ".new; echo -- >>" + told + ".new; mv " + told + ".new " + told);
    }

    private Attention attention(String command) {
        return new Attention(true, 1000, Optional.of(new NotifyCommand(command, environment, 20_000)));
    }

    private static StepCard card(String title) {
        return new StepCard("3/7", title, "write, shell", "write", List.of(), List.of(), List.of("true"), "shell", List.of());
    }

    private static ResultCard result(String word) {
        return new ResultCard(word, "3", "exit 0", List.of(), "", List.of());
    }

    private String told() throws IOException, InterruptedException {
        for (int i = 0; i < 600 && !Files.exists(told); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        String text = Files.readString(told);
        Files.delete(told);
        return text;
    }

    @Test
    void aLongStepIsToldWithItsOutcomeAndWithoutSecrets() throws Exception {
        try (Attention attention = writing()) {
            attention.run("20261121-1200-k7qd");
            attention.runbook("Fill the queue");
            attention.step(card("Build the index"));
            attention.ran(61_000);
            attention.result(result("FAILED"));
            String text = told();
            assertThat(text.lines()).contains("STEPMARK_EVENT=step", "STEPMARK_STEP=Build the index", "STEPMARK_UNIT=3",
                    "STEPMARK_OUTCOME=FAILED", "STEPMARK_SECONDS=61", "STEPMARK_RUN=20261121-1200-k7qd",
                    "STEPMARK_RUNBOOK=Fill the queue");
            assertThat(text).doesNotContain("hunter2", "PGPASSWORD", "API_TOKEN");
            assertThat(attention.asks()).as("the question rings").isTrue();
            assertThat(attention.asks()).as("once").isFalse();
            assertThat(told).as("the question after it is not told again").doesNotExist();
        }
    }

    @Test
    void nothingOfATitleIsRun() throws Exception {
        Path mark = directory.resolve("mark");
        try (Attention attention = writing()) {
            attention.step(card("$(touch " + mark + ") `touch " + mark + "`; touch " + mark + "\n\u001b[2J"));
            attention.ran(2000);
            attention.result(result("ok"));
            assertThat(told()).contains("STEPMARK_STEP=$(touch " + mark + ") `touch " + mark + "`; touch " + mark + " [2J\n");
        }
        assertThat(mark).doesNotExist();
    }

    @Test
    void manyShortExecutionsBeforeAQuestionAreALongTime() throws Exception {
        try (Attention attention = writing()) {
            attention.step(card("Copy"));
            for (int i = 0; i < 3; i++) {
                attention.ran(400);
                attention.result(result("ok"));
            }
            assertThat(told).doesNotExist();
            assertThat(attention.asks()).isTrue();
            assertThat(told()).contains("STEPMARK_EVENT=question", "STEPMARK_STEP=Copy", "STEPMARK_OUTCOME=\n");
        }
    }

    @Test
    void theEndIsToldWhenItFollowsALongTime() throws Exception {
        try (Attention attention = writing()) {
            attention.ended(new Ending("Finished", "Work", "", List.of()));
            attention.ran(5000);
            attention.ended(new Ending("Failed", "Work", "", List.of()));
            assertThat(told()).contains("STEPMARK_EVENT=end", "STEPMARK_OUTCOME=Failed").doesNotContain("Finished");
        }
    }

    @Test
    void aCommandThatFailsIsSaidOnce() throws Exception {
        try (Attention attention = attention("echo noise; echo noise >&2; exit 7")) {
            attention.ran(2000);
            attention.result(result("ok"));
            Optional<String> complaint = Optional.empty();
            for (int i = 0; i < 600 && complaint.isEmpty(); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
                complaint = attention.complaint();
            }
            assertThat(complaint).contains("The command for notifications failed: exit status 7. This is said once.");
            assertThat(attention.complaint()).isEmpty();
        }
    }

    @Test
    void aCommandThatHangsIsEndedWithItsChildren() throws Exception {
        Path pid = directory.resolve("pid");
        NotifyCommand command = new NotifyCommand("sleep 600 & echo $! >" + pid + ".new; mv " + pid + ".new " + pid
                + "; wait", environment, 2000);
        try (Attention attention = new Attention(true, 1000, Optional.of(command))) {
            attention.ran(2000);
            attention.result(result("ok"));
            Optional<String> complaint = Optional.empty();
            for (int i = 0; i < 600 && complaint.isEmpty(); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
                complaint = attention.complaint();
            }
            assertThat(complaint).get().asString().contains("did not end within 2 s and was ended");
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(p ->
                    assertThat(p.onExit()).succeedsWithin(60, TimeUnit.SECONDS));
        }
    }

    /** A clock that goes when the test says so. */
    private static Clock clock(AtomicLong millis) {
        InstantSource source = () -> Instant.ofEpochMilli(millis.get());
        return new Clock() {
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
                return source.instant();
            }
        };
    }

    private String bytesAfter(long seconds, boolean bell) throws Exception {
        AtomicLong now = new AtomicLong(1_000_000);
        try (TypedTerminal typed = new TypedTerminal(Map.of("TERM", "xterm"), null, clock(now), new Attention(bell,
                Attention.DEFAULT_MILLIS, Optional.empty()))) {
            RunControl control = new RunControl() {
                @Override
                public CancelReport cancel() {
                    return new CancelReport(true, "");
                }

                @Override
                public CancelReport kill() {
                    return new CancelReport(true, "");
                }

                @Override
                public void abandon() { }
            };
            try (Running running = typed.operator.running("3", control)) {
                now.addAndGet(seconds * 1000);
            }
            Question question = new Question("q", Question.Kind.YES_NO, "Go on?", List.of(new Question.Choice('y', "", "yes")),
                    (char) 0, "", "", "", "", false);
            CompletableFuture<Reply> asked = typed.ask(question);
            typed.expect("Go on?");
            typed.type("y\r");
            typed.reply(asked);
            return typed.bytes();
        }
    }

    @Test
    void theBellRingsOnceBeforeAQuestionThatFollowsMoreThanAMinute() throws Exception {
        assertThat(bytesAfter(61, true)).containsOnlyOnce("\u0007");
        assertThat(bytesAfter(59, true)).doesNotContain("\u0007");
        assertThat(bytesAfter(61, false)).doesNotContain("\u0007");
    }
}
