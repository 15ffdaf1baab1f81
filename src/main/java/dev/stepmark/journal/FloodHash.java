package dev.stepmark.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The SHA-256 of a flood, by {@code sha256sum} (macOS: {@code shasum}) where the machine has it. A JVM that starts quickly does without the
 * compiler whose code has the processor's instructions for it, and hashes twenty times as slowly as that program. What
 * it says is used only when it has taken everything and ended well; else the file is hashed here.
 */
final class FloodHash implements AutoCloseable {

    /** What is typed at the terminal is not meant for it: it goes on when the block is cancelled or put aside. */
    private static final String SCRIPT = "trap '' INT QUIT HUP TSTP; if command -v sha256sum >/dev/null;"
            + " then exec sha256sum; else exec shasum -a 256; fi";
    private static final int LINE = 512;

    private final Process process;
    private final OutputStream input;
    private boolean whole = true;

    private FloodHash(Process process) {
        this.process = process;
        this.input = process.getOutputStream();
    }

    /** Starts one; empty where there is no shell. */
    static Optional<FloodHash> start() {
        return start("sh", "-c", SCRIPT);
    }

    static Optional<FloodHash> start(String... command) {
        try {
            return Optional.of(new FloodHash(new ProcessBuilder(command).redirectError(Redirect.DISCARD).start()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The program's process. */
    long pid() {
        return process.pid();
    }

    /** Takes what the file begins with. */
    void begin(InputStream file) throws IOException {
        byte[] buffer = new byte[OutputFile.WAITING];
        for (int n = file.read(buffer); n > 0; n = file.read(buffer)) {
            update(buffer, 0, n);
        }
    }

    /** Takes the next bytes. */
    void update(byte[] buffer, int offset, int length) {
        if (!whole) {
            return;
        }
        try {
            input.write(buffer, offset, length);
        } catch (IOException e) {
            whole = false;
        }
    }

    /** The hash of all that came, in hex; empty when the program did not do what it is for. */
    Optional<String> finish() {
        try (InputStream output = process.getInputStream()) {
            input.close();
            String said = new String(output.readNBytes(LINE), StandardCharsets.US_ASCII);
            String hash = said.substring(0, Math.min(Hashes.ZERO.length(), said.length()));
            boolean well = whole && process.waitFor() == 0 && Hashes.isHash(hash);
            return well ? Optional.of(hash) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            close();
        }
    }

    /** Ends the program when nobody wants to know any more. */
    @Override
    public void close() {
        process.destroy();
    }
}
