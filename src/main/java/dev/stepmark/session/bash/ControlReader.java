package dev.stepmark.session.bash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Reads what the framing itself has to say, on a channel where no program of the block writes. */
final class ControlReader implements Runnable, MarkerFilter.Handler {

    /** More state than this is not read: the change of that execution stays unknown. */
    static final int MAX_STATE = 8 << 20;

    /** So long lines of the state may come together before they are read, unless so many bytes were there at once. */
    private static final long GATHER_NANOS = 300_000;
    private static final int GATHERED = 16 << 10;

    private enum Section { NONE, TRAPS, DIRECTORY, VARIABLES, FUNCTIONS }

    private final RandomAccessFile fifo;
    private final Frames frames;
    private final MarkerFilter filter;
    private final Map<Section, ByteArrayOutputStream> sections = new EnumMap<>(Section.class);
    private Section section = Section.NONE;
    private final Far far;
    private boolean functionsSeen;
    private int size;
    private volatile boolean stopped;

    /** What only a shell that is not on a channel of its own has to say. */
    interface Far {

        /** What the clock of its machine says, in ticks. */
        void tick(long ticks);

        /** It waits for its next line, and the frame with this number is the last that it has begun. */
        void prompts(long frame);
    }

    /** Reads nothing itself: what the framing says comes among what the shell prints. */
    ControlReader(String nonce, Frames frames, Far far) {
        this.fifo = null;
        this.frames = frames;
        this.filter = new MarkerFilter(nonce, this);
        this.far = far;
    }

    ControlReader(RandomAccessFile fifo, String nonce, Frames frames) {
        this.fifo = fifo;
        this.frames = frames;
        this.filter = new MarkerFilter(nonce, this);
        this.far = null;
    }

    /** Whether bytes of this stream are the framing's. */
    boolean taking() {
        return section != Section.NONE;
    }

    /** Whether a marker of this stream is for the framing, and not the end of the stream's own frame. */
    boolean takes(char kind) {
        return kind != BashScript.END || taking();
    }

    @Override
    public void run() {
        byte[] buffer = new byte[1 << 16];
        try {
            int count = fifo.read(buffer);
            while (count >= 0 && !stopped) {
                filter.accept(buffer, 0, count);
                if (section == Section.VARIABLES || section == Section.FUNCTIONS) {
                    gather(count);
                }
                count = fifo.read(buffer);
            }
        } catch (IOException e) {
            // Closed.
        } finally {
            frames.closed(Channel.CONTROL);
        }
    }

    /**
     * Bash writes the state line by line. Who reads each at once wakes, and is woken, a hundred times after each block;
     * who waits for a moment finds most of them together. A pipe that fills up is read without waiting.
     */
    private static void gather(int count) {
        if (count < GATHERED) {
            LockSupport.parkNanos(GATHER_NANOS);
        }
    }

    /** Ends the thread: the byte wakes it, because closing alone does not. */
    void stop() throws IOException {
        stopped = true;
        if (fifo != null) {
            fifo.write(0);
        }
    }

    @Override
    public void data(byte[] buffer, int offset, int length) {
        size += length;
        if (section != Section.NONE && size <= MAX_STATE) {
            sections.computeIfAbsent(section, s -> new ByteArrayOutputStream()).write(buffer, offset, length);
        }
    }

    @Override
    public void marker(char kind, String[] fields) {
        switch (kind) {
            case BashScript.TRAPS -> section = Section.TRAPS;
            case BashScript.DIRECTORY -> section = Section.DIRECTORY;
            case BashScript.VARIABLES -> section = Section.VARIABLES;
            case BashScript.FUNCTIONS -> {
                section = Section.FUNCTIONS;
                functionsSeen = true;
            }
            case BashScript.PROBLEM -> problem(fields);
            case BashScript.READY -> frames.ready(fields);
            case BashScript.JOBS -> frames.inFrame(Long.parseLong(fields[0]), frame -> frame.jobs(fields[1]));
            case BashScript.END -> end(fields);
            case BashScript.GOODBYE -> frames.goodbye(fields[0]);
            case BashScript.REFUSED -> frames.inFrame(Long.parseLong(fields[0]), frame -> frame.refused(fields[1]));
            default -> far(kind, fields);
        }
    }

    private void far(char kind, String[] fields) {
        if (far != null && kind == BashScript.CLOCK) {
            far.tick((long) (Double.parseDouble(fields[0]) * 100));
        } else if (far != null && kind == BashScript.PROMPT && fields[0].matches("\\d+")) {
            far.prompts(Long.parseLong(fields[0]));
        }
    }

    private void problem(String[] fields) {
        if (fields.length == 5) {
            Failure failure = new Failure(number(fields[1]), fields[2], fields[3], fields[4]);
            frames.inFrame(Long.parseLong(fields[0]), frame -> frame.failed(failure));
        }
    }

    private void end(String[] fields) {
        String variables = size > MAX_STATE ? "" : text(Section.VARIABLES);
        ShellState state = size > MAX_STATE ? null : PosixState.is(variables)
                ? PosixState.parse(text(Section.DIRECTORY), variables) : ShellState.parse(text(Section.DIRECTORY), variables,
                functionsSeen ? text(Section.FUNCTIONS) : null);
        String traps = new String(text(Section.TRAPS).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        Frame.End end = new Frame.End(fields[3], traps, state);
        frames.inFrame(Long.parseLong(fields[0]), frame -> frame.end(end));
        frames.arrived(fields, Channel.CONTROL);
        sections.clear();
        section = Section.NONE;
        functionsSeen = false;
        size = 0;
    }

    /** One char for each byte: what is in it is taken apart before it is decoded. */
    private String text(Section which) {
        ByteArrayOutputStream bytes = sections.get(which);
        return bytes == null ? "" : bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
