package dev.stepmark.journal;

import dev.stepmark.message.StepmarkException;
import dev.stepmark.secret.Masker;
import dev.stepmark.secret.MaskingOutput;
import dev.stepmark.session.OutputSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the output of one execution: masked, one file for each stream, hashed while it is written. What is in the
 * files survives a crash as partial output; {@link #finish} makes artefacts of them. Each stream may have a thread of
 * its own.
 */
public final class OutputRecorder implements OutputSink {

    /** So many bytes of one execution are kept, all streams together; what is beyond is counted and dropped. */
    public static final long DEFAULT_LIMIT = 4L << 30;

    private final RunDirectory run;
    private final String exec;
    private final Masker masker;
    private final AtomicLong room;
    private final long limit;
    private final OutputSink shown;
    private final Map<Stream, Track> tracks = new EnumMap<>(Stream.class);
    private volatile IOException failure;

    /** A recorder with the default limit that shows nothing. */
    public OutputRecorder(RunDirectory run, String exec, Masker masker) {
        this(run, exec, masker, DEFAULT_LIMIT, OutputSink.none());
    }

    /**
     * @param run    where
     * @param exec   id of the execution
     * @param masker replaces secrets before anything is written or shown
     * @param limit  bytes to keep at most
     * @param shown  gets the masked output while it comes, all of it, also beyond the limit
     */
    public OutputRecorder(RunDirectory run, String exec, Masker masker, long limit, OutputSink shown) {
        this.run = run;
        this.exec = exec;
        this.masker = masker;
        this.limit = limit;
        this.room = new AtomicLong(limit);
        this.shown = shown;
        for (Stream stream : Stream.values()) {
            tracks.put(stream, new Track(stream));
        }
    }

    /** Path of the partial output of an execution, relative to the run's directory, without the stream's name. */
    public static String path(String exec) {
        return "outputs/" + exec;
    }

    @Override
    public void write(Stream stream, byte[] buffer, int offset, int length) {
        if (length > 0) {
            tracks.get(stream).write(buffer, offset, length);
        }
    }

    @Override
    public void progress(long rows, long bytes) {
        shown.progress(rows, bytes);
    }

    /** Why output can no longer be kept; what comes is shown and dropped. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** The same failure as people are told of it; exit code 74. */
    public Optional<StepmarkException> problem() {
        return failure().map(cause -> JournalErrors.cannotKeep(run.path(), cause));
    }

    /**
     * Ends recording and makes artefacts, durably. Output that could not be kept whole is marked as truncated, and
     * {@link #failure} says why: an execution is not stopped in its middle for that.
     *
     * @return one entry for each stream that wrote anything, in the order of {@link OutputSink.Stream}
     */
    public List<Event.Output> finish() {
        List<Event.Output> outputs = new ArrayList<>();
        for (Track track : tracks.values()) {
            track.finish().ifPresent(outputs::add);
        }
        return outputs;
    }

    /** One stream: masker, then the screen, then hash and file. */
    private final class Track {

        private final Stream stream;
        private final Path file;
        private final MaskingOutput masked;
        private OutputFile out;
        private long dropped;

        Track(Stream stream) {
            this.stream = stream;
            this.file = run.outputs().resolve(exec + "." + stream.name().toLowerCase(Locale.ROOT));
            this.masked = new MaskingOutput(masker, new OutputStream() {
                @Override
                public void write(int b) {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] buffer, int offset, int length) {
                    shown.write(stream, buffer, offset, length);
                    keep(buffer, offset, length);
                }
            });
        }

        synchronized void write(byte[] buffer, int offset, int length) {
            try {
                masked.write(buffer, offset, length);
            } catch (IOException e) {
                failure = e;
            }
        }

        private void keep(byte[] buffer, int offset, int length) {
            int granted = grant(length);
            dropped += length - granted;
            if (granted > 0) {
                append(buffer, offset, granted);
            }
        }

        /** Takes from the room that the streams share. */
        private int grant(int length) {
            long before = room.getAndUpdate(left -> Math.max(0, left - length));
            return (int) Math.min(length, before);
        }

        private void append(byte[] buffer, int offset, int length) {
            if (failure != null) {
                return;
            }
            try {
                if (out == null) {
                    out = new OutputFile(file);
                }
                out.write(buffer, offset, length);
                noteFailure();
            } catch (IOException e) {
                failure = e;
            }
        }

        private void noteFailure() {
            if (out.failure() != null && failure == null) {
                failure = out.failure();
            }
        }

        synchronized Optional<Event.Output> finish() {
            try {
                masked.finish();
                if (dropped > 0) {
                    String notice = "\n[cut here by Stepmark: " + dropped + " more bytes came; " + limit
                            + " bytes of an execution are kept]\n";
                    byte[] bytes = notice.getBytes(StandardCharsets.UTF_8);
                    append(bytes, 0, bytes.length);
                }
                return out == null ? Optional.empty() : Optional.of(adopt());
            } catch (IOException e) {
                failure = e;
                return Optional.empty();
            } finally {
                close();
            }
        }

        private Event.Output adopt() throws IOException {
            out.end();
            noteFailure();
            String hash = out.finish();
            long kept = out.kept();
            out = null;
            run.artefacts().adopt(file, hash);
            return new Event.Output(stream.name().toLowerCase(Locale.ROOT), hash, kept, dropped > 0 || failure != null);
        }

        private void close() {
            if (out != null) {
                try {
                    out.close();
                } catch (IOException e) {
                    failure = failure == null ? e : failure;
                }
            }
        }
    }
}
