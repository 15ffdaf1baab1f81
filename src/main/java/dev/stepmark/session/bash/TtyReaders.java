package dev.stepmark.session.bash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Whether a process of a shell waits in a read of its terminal. Linux says so in /proc; where it does not, or for a
 * process of another user, nobody knows.
 */
final class TtyReaders {

    /** What is known. */
    enum Reading { YES, NO, UNKNOWN }

    /** Number of the read system call, by the name that Java has for the architecture. */
    private static final Map<String, String> READ = Map.of("amd64", "0", "aarch64", "63", "riscv64", "63");
    private static final int MOST = 200;

    private final long shell;
    private final String terminal;
    private final Path proc;
    private final String read = READ.get(System.getProperty("os.arch", ""));

    TtyReaders(long shell, String terminal, Path proc) {
        this.shell = shell;
        this.terminal = terminal;
        this.proc = proc;
    }

    /** Looks at the shell and all its descendants, now. */
    Reading look() {
        if (read == null || !Files.exists(children(shell))) {
            return Reading.UNKNOWN;
        }
        Deque<Long> left = new ArrayDeque<>();
        left.add(shell);
        Reading found = Reading.NO;
        for (int seen = 0; !left.isEmpty() && seen < MOST; seen++) {
            long pid = left.poll();
            Reading one = reading(pid);
            if (one == Reading.YES) {
                return one;
            }
            found = one == Reading.UNKNOWN ? one : found;
            addChildren(pid, left);
        }
        return found;
    }

    private Path children(long pid) {
        return proc.resolve(pid + "/task/" + pid + "/children");
    }

    private void addChildren(long pid, Deque<Long> to) {
        try {
            for (String child : text(children(pid)).strip().split(" ")) {
                if (!child.isEmpty()) {
                    to.add(Long.parseLong(child));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // It is gone, and its children are not ours to look for.
        }
    }

    private Reading reading(long pid) {
        try {
            // proc(5): the number of the call and its arguments in hex, or "running"
            String[] call = text(proc.resolve(pid + "/syscall")).split(" ");
            if (call.length < 2 || !call[0].equals(read)) {
                return Reading.NO;
            }
            String file = Files.readSymbolicLink(proc.resolve(pid + "/fd/" + Long.decode(call[1]))).toString();
            return file.equals(terminal) || file.equals("/dev/tty") ? Reading.YES : Reading.NO;
        } catch (IOException | RuntimeException e) {
            return Files.exists(proc.resolve(Long.toString(pid))) ? Reading.UNKNOWN : Reading.NO;
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
    }
}
