package dev.stepmark.session.bash;

import dev.stepmark.session.Console;
import dev.stepmark.session.Console.Answer;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Stopped.Why;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;

/**
 * Looks from time to time whether a captured block waits for a person: a program that asks on the terminal for a
 * password or a line, or one that wants a whole screen. The terminal itself tells (no echo, no lines), and on Linux
 * the process that reads it.
 */
final class TerminalWatch {

    /** How often it is looked. */
    static final long EVERY_MILLIS = 200;

    /** Programs write their question and switch the echo off in two steps. */
    private static final long SETTLED_MILLIS = 150;
    /** Where nobody can be asked, or nobody knows who reads, a program may still go on by itself. */
    private static final long PATIENCE_MILLIS = 1500;
    /** Who has drawn a screen waits then; a file that has such a sequence in it goes on. */
    private static final long DRAWN_MILLIS = 300;
    private static final int END_OF_INPUT = 4;
    private static final Pattern SECRET = Pattern.compile("(?i)pass(word|phrase|code)|\\bPIN\\b|verification code");

    private final Shell shell;
    private final Said said;
    private final Console console;
    private final TtyReaders readers;
    private Optional<Why> last = Optional.empty();
    private boolean sure;
    private long since = System.nanoTime();
    private boolean answered;
    private long bytesAtAnswer;

    TerminalWatch(Shell shell, Said said, Console console) {
        this.shell = shell;
        this.said = said;
        this.console = console;
        this.readers = shell.readers();
    }

    /**
     * Looks, and asks the person when something waits for one.
     *
     * @param goesOn whether the block still runs and nobody has asked it to stop
     * @param cancel what a person does who does not want to answer
     * @return why the block has to be stopped; empty to go on
     */
    Optional<Outcome.Stopped> look(BooleanSupplier goesOn, Runnable cancel) {
        Optional<Why> want = want();
        if (!want.equals(last)) {
            last = want;
            since = System.nanoTime();
            answered &= want.isPresent();
        }
        if (want.isEmpty() || elapsed() < patience(want.get()) || answered && said.terminalBytes() == bytesAtAnswer
                && elapsed() < PATIENCE_MILLIS) {
            return Optional.empty();
        }
        if (want.get() == Why.SCREEN || !console.answers(want.get() == Why.LINE)) {
            return Optional.of(new Outcome.Stopped(said.last(), want.get()));
        }
        ask(want, goesOn, cancel);
        return Optional.empty();
    }

    private long patience(Why want) {
        if (said.screen()) {
            return 0;
        }
        return console.attended() && sure && want != Why.SCREEN ? SETTLED_MILLIS : PATIENCE_MILLIS;
    }

    private Optional<Why> want() {
        if (said.screen() && shell.quiet(DRAWN_MILLIS)) {
            return Optional.of(Why.SCREEN);
        }
        Attributes now = shell.terminalAttributes();
        if (now == null) {
            return Optional.empty();
        }
        if (!now.getLocalFlag(LocalFlag.ICANON)) {
            // sudo may put a terminal of its own between; then all that shows is that somebody reads from it
            return Optional.of(!shell.relayed() ? Why.SCREEN : SECRET.matcher(said.last()).find() ? Why.PASSWORD
                    : Why.LINE);
        }
        TtyReaders.Reading reading = readers.look();
        sure = reading == TtyReaders.Reading.YES;
        if (reading == TtyReaders.Reading.NO) {
            return Optional.empty();
        }
        if (!now.getLocalFlag(LocalFlag.ECHO)) {
            return Optional.of(Why.PASSWORD);
        }
        return sure || !said.onTerminal().isEmpty() ? Optional.of(Why.LINE) : Optional.empty();
    }

    private void ask(Optional<Why> want, BooleanSupplier goesOn, Runnable cancel) {
        boolean echo = want.get() == Why.LINE;
        Answer answer = console.ask(said.last(), echo, () -> goesOn.getAsBoolean() && want.equals(want()));
        answered = true;
        since = System.nanoTime();
        bytesAtAnswer = said.terminalBytes();
        switch (answer.kind()) {
            case LINE -> type(answer.line(), want);
            case END -> shell.type(new byte[] {END_OF_INPUT});
            case CANCEL -> cancel.run();
            default -> answered = false;
        }
    }

    /** A line belongs to the question that was asked: where the terminal echoes again, a hidden one would be seen. */
    private void type(char[] line, Optional<Why> want) {
        byte[] bytes = bytes(line);
        if (want.equals(want())) {
            shell.type(bytes);
        } else {
            Arrays.fill(bytes, (byte) 0);
            answered = false;
        }
    }

    /** The line with its end; nothing of it stays in memory. */
    private static byte[] bytes(char[] line) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(line));
        byte[] bytes = new byte[encoded.remaining() + 1];
        encoded.get(bytes, 0, bytes.length - 1);
        bytes[bytes.length - 1] = '\n';
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(line, '\0');
        return bytes;
    }

    private long elapsed() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }
}
