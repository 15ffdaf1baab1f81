package dev.stepmark.terminal;

import dev.stepmark.message.Message;
import dev.stepmark.run.Operator.Severity;
import dev.stepmark.session.OutputSink.Stream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The editor and the pager: programs that get the real terminal until they end. */
final class ExternalPrograms {

    /** Lines printed where there is no pager. */
    static final int PRINTED = 1000;
    /** Characters of such a line. */
    private static final int LINE = 4096;

    private final Screen screen;
    private final Keyboard keyboard;
    private final Map<String, String> env;

    ExternalPrograms(Screen screen, Keyboard keyboard, Map<String, String> env) {
        this.screen = screen;
        this.keyboard = keyboard;
        this.env = env;
    }

    /** Edits in $VISUAL, else $EDITOR, else vi; empty when nothing changed or no editor could be started. */
    Optional<String> edit(String text, String suffix) {
        String editor = first("VISUAL", "EDITOR").orElse("vi");
        try {
            Path file = temporary(suffix);
            try {
                boolean closed = text.endsWith("\n");
                String written = closed ? text : text + "\n";
                Files.writeString(file, written);
                int exit = run(editor, file);
                if (exit != 0) {
                    failed("the editor " + editor + " ended with exit status " + exit);
                    return Optional.empty();
                }
                String edited = Files.readString(file);
                if (edited.equals(written)) {
                    return Optional.empty();
                }
                return Optional.of(!closed && edited.endsWith("\n") ? edited.substring(0, edited.length() - 1) : edited);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            failed("the text could not be edited: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void failed(String what) {
        screen.problem(Severity.WARNING,
                Message.of(what, "The text is unchanged.", "set VISUAL or EDITOR to an editor that is installed"));
    }

    private static Path temporary(String suffix) throws IOException {
        return Files.createTempFile("stepmark-", suffix,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Shows a file in $PAGER, else in less; else prints it. */
    void page(String title, Path file) {
        Optional<String> pager = first("PAGER").or(this::less);
        try {
            if (pager.isEmpty()) {
                print(title, file);
                return;
            }
            int exit = run(pager.get(), file);
            if (exit == 126 || exit == 127) {
                screen.problem(Severity.WARNING, Message.of("the pager " + pager.get() + " could not be started",
                        "", "set PAGER to a pager that is installed"));
                print(title, file);
            }
        } catch (IOException e) {
            screen.problem(Severity.ERROR, Message.of("cannot show " + title + ": " + e.getMessage()));
        }
    }

    private Optional<String> less() {
        boolean found = Arrays.stream(env.getOrDefault("PATH", "").split(":")).filter(dir -> !dir.isEmpty())
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "less")));
        return found && !screen.dumb() ? Optional.of("less -FIRX") : Optional.empty();
    }

    private void print(String title, Path file) throws IOException {
        screen.remark(title);
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
            StringBuilder line = new StringBuilder();
            int lines = 0;
            int c = reader.read();
            while (c >= 0 && lines < PRINTED) {
                if (c == '\n') {
                    screen.output(Stream.STDOUT, line.toString());
                    line.setLength(0);
                    lines++;
                } else if (line.length() < LINE) {
                    line.append((char) c);
                }
                c = reader.read();
            }
            if (c >= 0) {
                screen.remark("the rest is in " + file);
            } else if (line.length() > 0) {
                screen.output(Stream.STDOUT, line.toString());
            }
        }
    }

    /** The variable may hold options as well ({@code code --wait}), so a shell splits it. */
    private int run(String command, Path file) throws IOException {
        keyboard.cooked();
        // The program is in our process group and handles Ctrl-C itself.
        keyboard.onInterrupt(() -> { });
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    List.of("/bin/sh", "-c", command + " \"$1\"", "stepmark", file.toString()));
            builder.environment().clear();
            builder.environment().putAll(env);
            return builder.inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        } finally {
            keyboard.quiet();
        }
    }

    private Optional<String> first(String... names) {
        return Arrays.stream(names).map(name -> env.getOrDefault(name, "")).filter(value -> !value.isBlank())
                .findFirst();
    }
}
