package dev.stepmark.terminal;

import dev.stepmark.run.Question;
import dev.stepmark.run.Question.Choice;
import dev.stepmark.run.Question.Kind;
import dev.stepmark.run.Reply;
import dev.stepmark.run.ResultCard;
import dev.stepmark.run.RunControl;
import dev.stepmark.run.Running;
import dev.stepmark.run.StepCard;
import dev.stepmark.session.CancelReport;
import dev.stepmark.session.OutputSink.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A small dialogue to look at in a real terminal: {@code /run}, {@code /flood}, {@code /stubborn}, {@code /secret},
 * {@code /value}, {@code /phrase}, {@code /edit}, {@code /page}, {@code /idle}, and whatever else is typed is named.
 */
public final class TerminalTrial {

    private final TerminalOperator operator;

    private TerminalTrial(TerminalOperator operator) {
        this.operator = operator;
    }

    public static void main(String[] arguments) throws Exception {
        Path history = arguments.length > 0 ? Path.of(arguments[0]) : null;
        Settings settings = new Settings(System.getenv(), history, ColorMode.AUTO,
                () -> List.of("/run", "/flood", "/stubborn", "/secret", "/value", "/phrase", "/edit", "/page"),
                Clock.systemUTC());
        System.out.println("terminal: " + TerminalOperator.present());
        try (TerminalOperator operator = TerminalOperator.open(settings)) {
            new TerminalTrial(operator).loop();
        }
    }

    private void loop() throws IOException, InterruptedException {
        operator.step(new StepCard("5/12", "Look for rows that the new key would refuse", "read-only, SQL", "read-only",
                List.of(), List.of("A remark that is long enough to be wrapped at words in a narrow terminal."),
                List.of("SELECT line_id, name, count(*) FROM work_orders", "GROUP BY line_id, name;"), "sql",
                List.of(new StepCard.Fact("On", "factory, pod timescale-0, prod-eu"))));
        while (true) {
            Reply reply = operator.ask(question(Kind.RUN, "Run 5 on factory?", 'r', "", true));
            if (reply instanceof Reply.Gone || reply instanceof Reply.Key key && key.key() == 'q') {
                operator.say(List.of("bye: " + reply));
                return;
            }
            if (reply instanceof Reply.Command command) {
                command(command.name());
            } else {
                operator.result(ResultCard.of("ok", "5", reply.toString()));
            }
        }
    }

    private static Question question(Kind kind, String prompt, char enter, String phrase, boolean adHoc) {
        return new Question("q", kind, prompt, List.of(new Choice('r', "", "runs it"), new Choice('s', "", "skips it"),
                new Choice('q', "", "stops")), enter, phrase, "", "", "", adHoc);
    }

    private void command(String name) throws IOException, InterruptedException {
        switch (name) {
            case "run" -> run(8, 3, false);
            case "flood" -> run(2, 100_000, false);
            case "stubborn" -> run(60, 1, true);
            case "idle" -> TimeUnit.SECONDS.sleep(5);
            case "secret" -> operator.say(List.of(name + " " + operator.ask(
                    question(Kind.SECRET, "PASSWORD", (char) 0, "", false))));
            case "value" -> operator.say(List.of("got " + operator.ask(new Question("v", Kind.TEXT, "HOST", List.of(),
                    (char) 0, "", "db1", "from PGHOST", "", false))));
            case "phrase" -> operator.say(List.of("got " + operator.ask(
                    question(Kind.PHRASE, "", (char) 0, "delete 12", true))));
            case "edit" -> operator.say(List.of("edited " + operator.edit("SELECT 1;", ".sql")));
            case "page" -> {
                Path file = Files.createTempFile("trial", ".txt");
                Files.writeString(file, "line\n".repeat(100));
                operator.page("output of 5", file);
                Files.delete(file);
            }
            default -> operator.say(List.of("command " + name));
        }
    }

    /** Pretends to run something that prints lines and ends by itself or when it is cancelled. */
    private void run(int seconds, int lines, boolean stubborn) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        RunControl control = new RunControl() {
            @Override
            public CancelReport cancel() {
                if (!stubborn) {
                    over.countDown();
                }
                return new CancelReport(true, "asked the server (pid 5120)");
            }

            @Override
            public CancelReport kill() {
                over.countDown();
                return new CancelReport(true, "terminated the backend (pid 5120)");
            }

            @Override
            public void abandon() {
                over.countDown();
            }
        };
        boolean stopped;
        try (Running running = operator.running("5", control)) {
            for (int i = 0; i < lines; i++) {
                byte[] bytes = (i == 1 ? "ok 6\nRun 7? [R]\n\u001b[2J\u001b[31mred\u001b[0m\n" : "line " + i + " \u00e4\n")
                        .getBytes(StandardCharsets.UTF_8);
                running.sink().write(i % 7 == 6 ? Stream.STDERR : Stream.STDOUT, bytes, 0, bytes.length);
            }
            stopped = over.await(seconds, TimeUnit.SECONDS);
        }
        operator.result(ResultCard.of(stopped ? "cancelled" : "ok", "5", "trial"));
    }
}
