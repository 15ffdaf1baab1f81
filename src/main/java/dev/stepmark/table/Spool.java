package dev.stepmark.table;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Rows that wait in a file until the widths of all are known. The file has no name from the moment it is open (where
 * the system can do that), so that nothing is left of it whatever happens, and only its owner may read it.
 */
final class Spool implements AutoCloseable {

    /** What may wait in a file; longer results are printed from there on with the widths so far. */
    static final long MOST_ROWS = 2_000_000;
    private static final long MOST_BYTES = 256L << 20;
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final DataOutputStream out;
    /** How many rows are safely in the file. */
    private long rows;

    private Spool(FileChannel channel) {
        this.channel = channel;
        out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
    }

    static Spool open(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "stepmark-rows", "");
        return new Spool(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    }

    /** Writes a window; when that fails, none of it counts. */
    void write(Rows window) throws IOException {
        for (int i = 0; i < window.size(); i++) {
            out.writeBoolean(window.complex(i));
            for (byte[] value : window.get(i)) {
                out.writeInt(value.length);
                out.write(value);
            }
        }
        out.flush();
        rows += window.size();
    }

    boolean full() throws IOException {
        return rows >= MOST_ROWS || channel.size() >= MOST_BYTES;
    }

    /** Takes one row out of the file. */
    @FunctionalInterface
    interface Taker {
        void take(byte[][] row, boolean complex);
    }

    /** Reads all rows back, in their order. */
    void read(int columns, Taker taker) throws IOException {
        channel.position(0);
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
        for (long i = 0; i < rows; i++) {
            boolean complex = in.readBoolean();
            byte[][] row = new byte[columns][];
            for (int c = 0; c < columns; c++) {
                row[c] = in.readNBytes(in.readInt());
            }
            taker.take(row, complex);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
