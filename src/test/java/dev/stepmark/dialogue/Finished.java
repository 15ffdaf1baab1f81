package dev.stepmark.dialogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A command that was run without a terminal.
 *
 * @param exit its exit status
 * @param out  standard output
 * @param err  standard error
 */
record Finished(int exit, String out, String err) {

    private static final int PATIENCE_SECONDS = 90;

    /** Runs a line in a shell at a place, with no terminal anywhere. */
    static Finished of(Workplace place, String line) {
        try {
            Path out = Files.createTempFile(place.work().getParent(), "out", "");
            Path err = Files.createTempFile(place.work().getParent(), "err", "");
            ProcessBuilder builder = new ProcessBuilder("bash", "-o", "pipefail", "-c", line)
                    .directory(place.work().toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(place.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException("it hangs: " + line + "\n" + Files.readString(err));
            }
            return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
