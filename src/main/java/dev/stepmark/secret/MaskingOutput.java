package dev.stepmark.secret;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A stream that masks secrets, wherever the data is cut. It holds back only what may be the beginning of a secret, at
 * most the length of the longest form and the colours inside; all else is handed on at once. Call {@link #finish} at
 * the end. Not safe for use by several threads.
 */
public final class MaskingOutput extends OutputStream {

    private final Masker masker;
    private final OutputStream out;
    private byte[] held = new byte[0];

    /**
     * @param masker what to mask
     * @param out    where the masked bytes go
     */
    public MaskingOutput(Masker masker, OutputStream out) {
        this.masker = masker;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        if (held.length == 0 && masker.isIdle()) {
            out.write(buffer, offset, length);
            return;
        }
        byte[] data = new byte[held.length + length];
        System.arraycopy(held, 0, data, 0, held.length);
        System.arraycopy(buffer, offset, data, held.length, length);
        pass(data, false);
    }

    private void pass(byte[] data, boolean last) throws IOException {
        if (data.length == 0) {
            return;
        }
        Patterns patterns = masker.current();
        if (patterns.isEmpty()) {
            out.write(data, 0, data.length);
            held = new byte[0];
            return;
        }
        Scan scan = new Scan(patterns, data, data.length, last, last);
        scan.<IOException>run(out::write, () -> out.write(Patterns.MASK_BYTES));
        held = Arrays.copyOfRange(data, scan.position(), data.length);
    }

    /** Flushes what is below; what may be the beginning of a secret stays held. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** The data is at its end: hands on what was held. The greater part of a secret at the very end is masked too. */
    public void finish() throws IOException {
        byte[] rest = held;
        held = new byte[0];
        pass(rest, true);
        out.flush();
    }

    /** Finishes and closes what is below. */
    @Override
    public void close() throws IOException {
        finish();
        out.close();
    }
}
