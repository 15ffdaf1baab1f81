package dev.stepmark.run;

import dev.stepmark.journal.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The recorded output of an execution, read again within bounds: masked, as the log has it. */
final class Outputs {

    /** The longest output, in bytes, that is read as one text. */
    static final long MAX_TEXT = 2L << 20;
    /** The longest output, in bytes, whose lines are looked through. */
    static final long MAX_LINES = 64L << 20;

    private final Log log;
    private final List<Event.Output> outputs;

    Outputs(Log log, List<Event.Output> outputs) {
        this.log = log;
        this.outputs = outputs;
    }

    private Optional<Event.Output> stream(String name) {
        return outputs.stream().filter(o -> o.stream().equals(name)).findFirst();
    }

    /** The whole of a stream, empty text when nothing came; nothing when it is too long, or was cut. */
    Optional<String> text(String stream) {
        Optional<Event.Output> output = stream(stream);
        if (output.isEmpty()) {
            return Optional.of("");
        }
        boolean whole = output.get().bytes() <= MAX_TEXT && !output.get().truncated();
        return whole ? output.map(o -> new String(log.artefact(o.artefact()), StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** Hands on the lines of a stream; false when it is too long, or was cut. */
    boolean lines(String stream, Consumer<String> to) {
        Optional<Event.Output> output = stream(stream);
        if (output.isEmpty()) {
            return true;
        }
        if (output.get().bytes() > MAX_LINES || output.get().truncated()) {
            return false;
        }
        Path file = log.directory().artefacts().path(output.get().artefact());
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                to.accept(line);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
