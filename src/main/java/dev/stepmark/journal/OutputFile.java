package dev.stepmark.journal;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The file of one stream's output, hashed while it is written. A flood is written by a thread of its own and hashed by
 * another program ({@link FloodHash}), so that the one that reads the program's output only reads; what waits for it in
 * memory is bounded, and a disk that is slower than the program makes the program wait. One thread at a time may write.
 */
final class OutputFile {

    /** From so many bytes on the output is a flood. */
    static final int FLOOD = 1 << 20;
    /** Bytes that may wait to be written. */
    static final int WAITING = 1 << 18;

    private final Path file;
    private final FileOutputStream out;
    private final MessageDigest digest = Hashes.sha256();
    private Optional<FloodHash> flood = Optional.empty();
    private volatile long kept;
    private volatile IOException failure;
    private Behind behind;

    /** Makes the file anew, for its owner only. */
    OutputFile(Path file) throws IOException {
        this.file = file;
        Files.deleteIfExists(file);
        Durable.createFile(file);
        this.out = new FileOutputStream(file.toFile(), true);
    }

    /** Takes bytes; after a failure they are dropped. The buffer may be used again after the return. */
    void write(byte[] buffer, int offset, int length) {
        if (behind != null) {
            behind.take(buffer, offset, length);
            return;
        }
        put(buffer, offset, length);
        if (kept >= FLOOD) {
            flood = flood();
            behind = new Behind();
        }
    }

    /** From here on another program hashes: the file so far, and then what comes. */
    private Optional<FloodHash> flood() {
        Optional<FloodHash> started = failure == null ? FloodHash.start() : Optional.empty();
        if (started.isPresent()) {
            // no channel: an interrupt, which is not meant for it, would close that
            try (InputStream begun = new FileInputStream(file.toFile())) {
                started.get().begin(begun);
            } catch (IOException e) {
                started.get().close();
                return Optional.empty();
            }
        }
        return started;
    }

    private void put(byte[] buffer, int offset, int length) {
        if (failure != null) {
            return;
        }
        try {
            out.write(buffer, offset, length);
            if (flood.isPresent()) {
                flood.get().update(buffer, offset, length);
            } else {
                digest.update(buffer, offset, length);
            }
            kept += length;
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Why nothing is written any more; null as long as all is well. */
    IOException failure() {
        return failure;
    }

    /** Bytes in the file. */
    long kept() {
        return kept;
    }

    /** Waits until all is written: nothing may come after this. */
    void end() {
        if (behind != null) {
            behind.end();
            behind = null;
        }
    }

    /**
     * Forces what was kept to disk and closes the file.
     *
     * @return the SHA-256 in hex
     */
    String finish() throws IOException {
        end();
        String hash = flood.isEmpty() ? HexFormat.of().formatHex(digest.digest()) : "";
        if (failure != null) {
            // a write that failed may have left a part that is not hashed
            out.getChannel().truncate(kept);
        }
        out.getFD().sync();
        out.close();
        if (flood.isPresent()) {
            Optional<String> said = flood.get().finish();
            // a failed write may have reached the program in part
            hash = failure == null && said.isPresent() ? said.get() : Hashes.hex(file);
        }
        return hash;
    }

    /** Closes the file as it is. */
    void close() throws IOException {
        end();
        flood.ifPresent(FloodHash::close);
        out.close();
    }

    /** The thread that writes, and the ring of bytes between it and the one that reads. */
    private final class Behind implements Runnable {

        private final byte[] ring = new byte[WAITING];
        private final Thread thread = new Thread(this, "stepmark-output");
        private int first;
        private int waiting;
        private boolean ended;

        Behind() {
            thread.setDaemon(true);
            thread.start();
        }

        private synchronized void take(byte[] buffer, int offset, int length) {
            boolean interrupted = false;
            int taken = 0;
            while (taken < length) {
                while (waiting == ring.length) {
                    interrupted |= pause();
                }
                int at = (first + waiting) % ring.length;
                int count = Math.min(length - taken, Math.min(ring.length - waiting, ring.length - at));
                System.arraycopy(buffer, offset + taken, ring, at, count);
                waiting += count;
                taken += count;
                notifyAll();
            }
            restore(interrupted);
        }

        @Override
        public void run() {
            int count = next(0);
            while (count > 0) {
                // nobody else touches these bytes before next() gives them free
                put(ring, first, count);
                count = next(count);
            }
        }

        /** Gives free what was written; the number of bytes to write next, 0 at the end. */
        private synchronized int next(int written) {
            first = (first + written) % ring.length;
            waiting -= written;
            notifyAll();
            while (waiting == 0 && !ended) {
                pause();
            }
            return Math.min(waiting, ring.length - first);
        }

        /** Waits until all is written. */
        private void end() {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            restore(interrupted);
        }

        /** Waits for the other side; true when somebody interrupted: what was read must not be lost for that. */
        private boolean pause() {
            try {
                wait();
                return false;
            } catch (InterruptedException e) {
                return true;
            }
        }

        private void restore(boolean interrupted) {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
