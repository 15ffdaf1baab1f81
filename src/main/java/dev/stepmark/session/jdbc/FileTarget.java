package dev.stepmark.session.jdbc;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that takes results; it is replaced, as psql does. */
final class FileTarget implements Target {

    private final Path file;
    private final OutputStream out;
    private IOException failure;

    FileTarget(Path file) throws IOException {
        this.file = file;
        this.out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    @Override
    public void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public Optional<String> close() {
        try {
            out.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        return failure == null ? Optional.empty() : Optional.of(file + ": " + FileErrors.text(failure));
    }
}
