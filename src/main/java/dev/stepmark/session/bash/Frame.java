package dev.stepmark.session.bash;

import dev.stepmark.session.OutputSink;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One round through the shell, from the text that was written to the end markers. Guarded by its {@link Frames}. */
final class Frame {

    /** So many failed commands are kept; a loop can fail for ever. */
    static final int MAX_PROBLEMS = 1000;

    final long number;
    private final OutputSink sink;
    private final Set<Channel> missing;
    private final List<Failure> failures = new ArrayList<>();
    private RuntimeException sinkFailure;
    private int status;
    private boolean normal = true;
    private End end;
    private String jobs;
    private String refusal = "";

    /**
     * What the control channel tells of a frame's end.
     *
     * @param flags  the shell's {@code $-} as the block left it
     * @param traps  the block's DEBUG and ERR traps as {@code trap -p} prints them
     * @param state  directory, variables and functions; null when they were not read
     */
    record End(String flags, String traps, ShellState state) { }

    Frame(long number, OutputSink sink, Set<Channel> expected) {
        this.number = number;
        this.sink = sink;
        this.missing = EnumSet.copyOf(expected);
    }

    /** Passes output on. A sink that throws is not called again, but its output is still drained. */
    void write(OutputSink.Stream stream, byte[] buffer, int offset, int length) {
        synchronized (this) {
            if (sinkFailure != null) {
                return;
            }
        }
        try {
            sink.write(stream, buffer, offset, length);
        } catch (RuntimeException e) {
            synchronized (this) {
                sinkFailure = e;
            }
        }
    }

    /** Throws what the sink threw, if it did. */
    synchronized void throwSinkFailure() {
        if (sinkFailure != null) {
            throw sinkFailure;
        }
    }

    OutputSink sink() {
        return sink;
    }

    void arrived(Channel channel, int exitStatus, boolean ranToItsEnd) {
        missing.remove(channel);
        status = exitStatus;
        normal = ranToItsEnd;
    }

    /** Exit status of the block. */
    int status() {
        return status;
    }

    /** Whether the block ran to its end, and was not thrown out of the shell by an interrupt. */
    boolean normal() {
        return normal;
    }

    boolean complete() {
        return missing.isEmpty();
    }

    /** Whether some channel has brought its marker. */
    boolean anyArrived(Set<Channel> expected) {
        return missing.size() < expected.size();
    }

    void failed(Failure failure) {
        if (failures.size() < MAX_PROBLEMS) {
            failures.add(failure);
        }
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    void end(End value) {
        end = value;
    }

    void refused(String why) {
        refusal = why;
    }

    /** Why the shell did not run the text; empty when it did. */
    String refusal() {
        return refusal;
    }

    void jobs(String suspended) {
        jobs = suspended;
    }

    /** Suspended jobs after a block that had the terminal, as {@code jobs -s} prints them; null after another. */
    String jobs() {
        return jobs;
    }

    /** The end as the control channel told it; null when it did not. */
    End end() {
        return end;
    }
}
