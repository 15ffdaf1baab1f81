package dev.stepmark.journal;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One writer for each run: a lock of the operating system on a file of its own, so that a crash frees it. POSIX drops
 * a process's locks when it closes any descriptor of the file; so this process keeps its own list of what it holds and
 * never opens such a file again.
 */
final class RunLock implements AutoCloseable {

    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    private static final int TRIES = 5;
    private static final long PAUSE_NANOS = 20_000_000;

    private final Path key;
    private final RandomAccessFile stream;
    private final FileLock lock;

    private RunLock(Path key, RandomAccessFile stream, FileLock lock) {
        this.key = key;
        this.stream = stream;
        this.lock = lock;
    }

    /**
     * Takes the lock.
     *
     * @throws StepmarkException exit code 3 naming the holder when another process has it
     * @throws IOException when the file cannot be written
     */
    static RunLock take(Path file, String runId) throws IOException {
        Path key = keyOf(file);
        String me = me();
        if (HELD_HERE.putIfAbsent(key, me) != null) {
            throw held(runId, HELD_HERE.getOrDefault(key, me));
        }
        RandomAccessFile stream = null;
        FileLock lock = null;
        try {
            if (!Files.exists(file)) {
                Durable.createFile(file);
            }
            stream = new RandomAccessFile(file.toFile(), "rw");
            lock = tryLock(stream);
            if (lock == null) {
                throw held(runId, content(file));
            }
            stream.setLength(0);
            stream.write(me.getBytes(StandardCharsets.UTF_8));
            return new RunLock(key, stream, lock);
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(key);
            if (stream != null) {
                stream.close();
            }
            throw e;
        }
    }

    /** Who only looks whether the lock is held has it for a moment; that moment is waited for. */
    private static FileLock tryLock(RandomAccessFile stream) throws IOException {
        FileLock lock = stream.getChannel().tryLock();
        for (int i = 0; lock == null && i < TRIES; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            lock = stream.getChannel().tryLock();
        }
        return lock;
    }

    private static StepmarkException held(String runId, String holder) {
        return new StepmarkException(ExitCode.REFUSED,
                Message.of("run " + RunDirectory.shortId(runId) + " is being written by "
                        + (holder.isEmpty() ? "another process" : holder),
                        "Two writers would spoil the log. Nothing was run.\n"
                        + "The lock frees itself when that process ends, also by a crash.",
                        "stepmark show " + RunDirectory.shortId(runId)));
    }

    /** Who holds the lock. */
    static Optional<String> holder(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String here = HELD_HERE.get(keyOf(file));
            if (here != null) {
                return Optional.of(here);
            }
            try (RandomAccessFile probe = new RandomAccessFile(file.toFile(), "rw");
                    FileLock lock = probe.getChannel().tryLock()) {
                return lock != null ? Optional.empty() : Optional.of(content(file));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path keyOf(Path file) throws IOException {
        return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    }

    private static String content(Path file) {
        try {
            return new String(Durable.read(file), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String me() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "this host";
        }
        return "pid " + ProcessHandle.current().pid() + " on " + host;
    }

    @Override
    public void close() throws IOException {
        try {
            lock.release();
        } finally {
            stream.close();
            HELD_HERE.remove(key);
        }
    }
}
