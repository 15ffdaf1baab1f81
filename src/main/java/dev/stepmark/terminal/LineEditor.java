package dev.stepmark.terminal;

import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jline.keymap.KeyMap;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;

/** The line editor: keys, history and completion where ad hoc lines are welcome, plain editing elsewhere. */
final class LineEditor {

    private static final int HISTORY_LINES = 1000;
    private static final String PUT_ASIDE = "stepmark-put-aside";
    private static final Set<String> TAKE_A_STEP = Set.of("/goto", "/rerun", "/show", "/why");

    private final KeptHistory kept = new KeptHistory();
    private final LineReader adHoc;
    private final LineReader plain;
    private boolean saving;
    private volatile LineReader last;
    private Map<String, String> steps = Map.of();

    /** @param putAside what Ctrl-Z does */
    LineEditor(Terminal terminal, Path historyFile, Supplier<List<String>> completions, Runnable putAside) {
        adHoc = reader(terminal, kept, completions, putAside);
        adHoc.setVariable(LineReader.HISTORY_SIZE, HISTORY_LINES);
        adHoc.setVariable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES);
        saving = historyFile != null && prepare(historyFile);
        if (saving) {
            adHoc.setVariable(LineReader.HISTORY_FILE, historyFile);
            load();
        }
        plain = reader(terminal, new KeptHistory(), List::of, putAside);
    }

    /** Goes through the making of one, on a terminal that is none. */
    static void prepare() {
        SystemTerminal.describe(Terminal.TYPE_DUMB);
        try (Terminal none = new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream())) {
            new LineEditor(none, null, List::of, () -> { });
        } catch (IOException e) {
            return; // it is made when it is needed, and what is wrong is said there
        }
    }

    private LineReader reader(Terminal terminal, KeptHistory history, Supplier<List<String>> completions,
            Runnable putAside) {
        // No escape and no quote characters: \d and an apostrophe in SQL are what they are.
        DefaultParser parser = new DefaultParser();
        parser.setEscapeChars(null);
        parser.setQuoteChars(null);
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("stepmark")
                .history(history)
                .parser(parser)
                .completer((self, line, found) -> complete(line, completions, found))
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.BRACKETED_PASTE, true)
                .option(Option.INSERT_TAB, false)
                .option(Option.HISTORY_INCREMENTAL, false)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, PromptText.CONTINUATION)
                .variable(LineReader.BELL_STYLE, "none")
                .build();
        // while a line is edited Ctrl-Z is a key like others
        reader.getWidgets().put(PUT_ASIDE, () -> {
            putAside.run();
            reader.callWidget(LineReader.REDRAW_LINE);
            return true;
        });
        reader.getKeyMaps().get(LineReader.MAIN).bind(new Reference(PUT_ASIDE), KeyMap.ctrl('Z'));
        return reader;
    }

    private void complete(ParsedLine line, Supplier<List<String>> completions, List<Candidate> found) {
        if (line.wordIndex() == 0 && line.word().startsWith("/")) {
            completions.get().forEach(word -> found.add(new Candidate(word)));
        } else if (line.wordIndex() == 1 && TAKE_A_STEP.contains(line.words().get(0))) {
            steps.forEach((id, title) -> found.add(new Candidate(id, id, null, Neutral.line(title), null, null, true)));
        }
    }

    /** What Tab offers behind a command that takes a step. */
    void steps(Map<String, String> titles) {
        steps = Map.copyOf(titles);
    }

    /** Others on the machine may not read what was typed. */
    private static boolean prepare(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return true;
        } catch (FileAlreadyExistsException e) {
            return Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void load() {
        try {
            kept.load();
        } catch (IOException | IllegalArgumentException e) {
            // A history that cannot be read is not worth a question; what is typed now is kept in memory.
            saving = false;
        }
    }

    /**
     * Reads a line.
     *
     * @param prompt  with its colour
     * @param history whether earlier lines and completion are offered
     */
    Line read(String prompt, boolean history) {
        last = history ? adHoc : plain;
        try {
            String line = (history ? adHoc : plain).readLine(prompt);
            return new Line.Text(line.toCharArray());
        } catch (UserInterruptException e) {
            return new Line.Interrupted();
        } catch (EndOfFileException e) {
            return e.getCause() == null ? new Line.End() : new Line.Gone(String.valueOf(e.getCause().getMessage()));
        } catch (IOError | UncheckedIOException | IllegalStateException e) {
            return new Line.Gone(String.valueOf(e.getMessage()));
        }
    }

    /** Shows lines above the line that is read now; from another thread. */
    void above(String text) {
        LineReader now = last;
        if (now != null) {
            now.printAbove(text);
        }
    }

    /** Keeps a line for Up and for later runs. */
    void remember(String line) {
        kept.keep(line);
        if (saving) {
            try {
                kept.save();
            } catch (IOException e) {
                saving = false;
            }
        }
    }
}
