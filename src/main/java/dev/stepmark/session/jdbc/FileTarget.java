package dev.stepmark.session.jdbc;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A file that takes results; it is replaced, as psql does. */
final class FileTarget implements Target {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final OutputStream out;
    private IOException failure;

    FileTarget(Run run, Path file) throws IOException {
        this.file = file;
        this.out = new BufferedOutputStream(SpecialFile.write(run, file), BUFFER);
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
    public boolean gaveUp() {
        return failure instanceof Blocking.GivenUp;
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
