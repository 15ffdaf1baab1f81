package dev.stepmark.session.bash;

import dev.stepmark.session.Console;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.shell.ShellCommand;
import dev.stepmark.shell.ShellFacts;
import dev.stepmark.shell.TerminalUse;
import java.util.function.Function;

/**
 * A block that has the person's terminal: what is typed goes to the shell's controlling terminal and is never kept,
 * what comes from it goes to the person as it is, and to the record. A terminal that is gone, or a person who is, ends
 * nothing here: the execution is stopped by whoever notices.
 */
final class Attached implements Console.Keys {

    private final Shell shell;
    private final Console console;

    Attached(Shell shell, Console console) {
        this.shell = shell;
        this.console = console;
    }

    /** Runs with the terminal given away, and takes it back however that ends. */
    Outcome run(Request request, OutputSink sink, Function<OutputSink, Outcome> block) {
        Console.Given given = console.give(program(request.text()), this);
        String how = "it broke off";
        try {
            Outcome outcome = block.apply((stream, buffer, offset, length) -> {
                if (stream == OutputSink.Stream.TTY) {
                    given.show(buffer, offset, length);
                }
                sink.write(stream, buffer, offset, length);
            });
            how = how(outcome);
            return outcome;
        } finally {
            given.takeBack(how);
        }
    }

    private static String program(String text) {
        return TerminalUse.of(text).map(TerminalUse::program).orElseGet(() -> ShellFacts.of(text).commands().stream()
                .map(ShellCommand::program).filter(p -> !p.isEmpty()).findFirst().orElse("the block"));
    }

    private static String how(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return "exit " + done.exit();
        }
        if (outcome instanceof Outcome.Ended ended) {
            return ended.how();
        }
        if (outcome instanceof Outcome.Stopped) {
            return "suspended";
        }
        return outcome instanceof Outcome.Cancelled ? "cancelled" : "nobody knows how it ended";
    }

    @Override
    public void typed(byte[] buffer, int length) {
        shell.type(buffer, length);
    }

    @Override
    public void resized(int columns, int rows) {
        if (columns > 0 && rows > 0) {
            shell.resize(columns, rows);
        }
    }
}
