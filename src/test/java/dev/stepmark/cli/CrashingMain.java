package dev.stepmark.cli;

import dev.stepmark.classify.Reparser;
import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Runs;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Desk;
import dev.stepmark.run.Question;
import dev.stepmark.run.Reply;
import dev.stepmark.run.Runner;
import dev.stepmark.run.ScriptedOperator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The program with a scripted person, in a process of its own that is killed with signal 9 right after a record became
 * durable. Arguments: runbook, directory of runs, file for the questions, number of records after which to die (0 for
 * never), connection URL (or -), {@code NAME=VALUE} ...
 */
public final class CrashingMain {

    /**
     * Variable of the environment with what the person does besides confirming: {@code step-3 0 1} goes to step 1 at
     * the question of step 3 when nobody has gone anywhere yet, as far as the log says.
     */
    static final String MOVES = "STEPMARK_TEST_MOVES";

    private CrashingMain() { }

    public static void main(String[] args) {
        Path runbook = Path.of(args[0]);
        Path runs = Path.of(args[1]);
        Path questions = Path.of(args[2]);
        int deadly = Integer.parseInt(args[3]);
        App app = new App(new Io(System.in, System.out, System.err, false), System.getenv(), Clock.systemUTC());
        RunSetup setup = new RunSetup(app, runs, options(args)).observed(e -> dieAt(e, deadly));
        AtomicReference<Desk> open = new AtomicReference<>();
        ScriptedOperator operator = new ScriptedOperator(q -> noted(q, questions, open.get()));
        Optional<Runs.Entry> unfinished = new Runs(runs).unfinished(runbook);
        RunSetup.Source source = RunSetup.Source.read(runbook);
        Desk desk = unfinished.isPresent() ? setup.attach(unfinished.get().directory(), operator, "test", "")
                : setup.begin(source, runs, operator, Map.of());
        open.set(desk);
        int code = new Runner(desk, Reparser::reparse).run().code();
        desk.log().close();
        System.exit(code);
    }

    private static RunOptions options(String[] args) {
        Map<String, String> connect = args[4].equals("-") ? Map.of() : Map.of("", args[4]);
        Map<String, String> set = new java.util.LinkedHashMap<>();
        for (int i = 5; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            set.put(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        return new RunOptions(connect, Map.of(), set, Map.of(), Optional.of("0.9.5"), Optional.empty(), Set.of(),
                Set.of(), false, false, false, Map.of());
    }

    /** Signal 9 to ourselves: no hook runs, nothing is flushed, as when the power goes for this process. */
    private static void dieAt(Envelope envelope, int deadly) {
        if (deadly > 0 && envelope.seq() + 1 == deadly && !(envelope.event() instanceof Event.RunAttached)) {
            try {
                new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start().waitFor();
                Thread.sleep(60_000);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Where the person goes at a question, by the log alone: one who comes back after a crash goes there too. */
    private static Optional<Reply> move(Question question, Desk desk) {
        long moves = desk.log().events().stream().filter(e -> e.event() instanceof Event.WentTo).count();
        return Stream.of(System.getenv().getOrDefault(MOVES, "").split(",")).map(m -> m.split(" "))
                .filter(m -> m.length == 3 && m[0].equals(question.id()) && m[1].equals(Long.toString(moves)))
                .map(m -> (Reply) new Reply.Command("goto", m[2])).findFirst();
    }

    private static Reply noted(Question question, Path file, Desk desk) {
        Reply reply = move(question, desk).orElseGet(() -> ScriptedOperator.confirm(question));
        try {
            Files.writeString(file, question.id() + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reply;
    }
}
