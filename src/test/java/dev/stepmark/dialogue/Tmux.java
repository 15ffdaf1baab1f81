package dev.stepmark.dialogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A real terminal: a shell in a tmux server of its own, with typed keys and a screen that can be read with its
 * scrollback. {@link #type} waits for what must come next, so that no test sleeps; the patience only guards against
 * hanging.
 */
final class Tmux implements AutoCloseable {

    /** The shell's prompt. */
    static final String SHELL = "(?m:^)\\$";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 25;
    private static final String SESSION = "dialogue";

    private final String socket = "stepmark-" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36);
    private final long shell;

    private Tmux(int columns, int rows, Path directory, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d", "-s", SESSION, "-x",
                Integer.toString(columns), "-y", Integer.toString(rows), "-c", directory.toString(), "env", "-i"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("PS1=$ ", "bash", "--norc", "--noprofile"));
        // the limit holds for windows that are made later, so a first session makes the server
        tmux("-f", "/dev/null", "new-session", "-d", "-s", "first", "sleep 3600");
        tmux("set-option", "-g", "history-limit", "20000");
        tmux("set-option", "-g", "default-terminal", "xterm-256color");
        tmux(command.toArray(String[]::new));
        tmux("kill-session", "-t", "first");
        this.shell = Long.parseLong(tmux("display-message", "-p", "-t", SESSION, "#{pane_pid}").strip());
    }

    /** Starts a terminal; the test is skipped, with a reason, where there is no tmux. */
    static Tmux start(int columns, int rows, Path directory, Map<String, String> environment) {
        Assumptions.assumeTrue(installed(), "needs tmux on the path: the dialogue is held in a real terminal");
        Tmux terminal = new Tmux(columns, rows, directory, environment);
        try {
            terminal.await(0, SHELL);
            return terminal;
        } catch (AssertionError e) {
            terminal.close();
            throw e;
        }
    }

    private static boolean installed() {
        try {
            return new ProcessBuilder("tmux", "-V").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Types a line and Enter, and waits until the screen ends with what is expected, in lines that were not there
     * before.
     *
     * @return the lines that came since, the typed one first
     */
    String type(String line, String expected) {
        int before = line();
        keys(line + "\r");
        return await(before + 1, expected);
    }

    /** Types characters as they are, a carriage return for Enter, and waits for nothing. */
    void keys(String characters) {
        List<String> command = new ArrayList<>(List.of("send-keys", "-t", SESSION, "-H"));
        for (byte b : characters.getBytes(StandardCharsets.UTF_8)) {
            command.add(HexFormat.of().toHexDigits(b));
        }
        tmux(command.toArray(String[]::new));
    }

    /** Pastes a file as the terminal does it: in brackets when the program asked for that. */
    void paste(Path file) {
        tmux("load-buffer", "-b", "pasted", file.toString());
        tmux("paste-buffer", "-p", "-b", "pasted", "-t", SESSION);
    }

    /** Gives the window another size. */
    void resize(int columns, int rows) {
        tmux("resize-window", "-t", SESSION, "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    }

    /** Waits until the text from a line on ends with the expected; the cursor is behind it. */
    String await(int from, String expected) {
        Pattern pattern = Pattern.compile("(?s).*(?:" + expected + ")\\s*\\z");
        return awaiting(from, pattern, true);
    }

    /** Waits until something is anywhere in the text from a line on. */
    String seen(int from, String expected) {
        return awaiting(from, Pattern.compile("(?s).*(?:" + expected + ").*"), false);
    }

    private String awaiting(int from, Pattern pattern, boolean atCursor) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String text = "";
        do {
            text = from(from);
            if (pattern.matcher(text).matches() && (!atCursor || text.stripTrailing().lines().count() == line() - from + 1)) {
                return text;
            }
            sleep();
        } while (System.nanoTime() < end);
        return Assertions.fail("waited in vain for " + pattern + " from line " + from + " on; the screen is\n" + all());
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String from(int line) {
        List<String> lines = all().lines().toList();
        return String.join("\n", lines.subList(Math.min(line, lines.size()), lines.size()));
    }

    /** The whole transcript, scrollback and screen, without spaces at line ends. */
    String all() {
        String captured = tmux("capture-pane", "-p", "-t", SESSION, "-S", "-", "-E", "-");
        return captured.lines().map(String::stripTrailing).reduce((a, b) -> a + "\n" + b).orElse("").stripTrailing() + "\n";
    }

    /** The screen alone, one element a row. */
    List<String> screen() {
        return tmux("capture-pane", "-p", "-t", SESSION).lines().map(String::stripTrailing).toList();
    }

    /** Line of the cursor, from the top of the scrollback. */
    int line() {
        String[] at = tmux("display-message", "-p", "-t", SESSION, "#{history_size} #{cursor_y}").strip().split(" ");
        return Integer.parseInt(at[0]) + Integer.parseInt(at[1]);
    }

    /** The program that the shell runs now. */
    ProcessHandle program() {
        return ProcessHandle.of(shell).orElseThrow().children().findFirst().orElseThrow();
    }

    private String tmux(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", socket));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().remove("TMUX");
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends this server and what runs in it; no other. */
    @Override
    public void close() {
        Path left = Path.of(tmux("display-message", "-p", "#{socket_path}").strip());
        tmux("kill-server");
        try {
            Files.deleteIfExists(left);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
