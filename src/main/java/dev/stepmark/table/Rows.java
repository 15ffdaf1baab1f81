package dev.stepmark.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A window of rows, with what all of them need in width. Widths only grow from window to window. */
final class Rows {

    private final List<byte[][]> rows = new ArrayList<>();
    /** Rows with something else than printable ASCII: their cells must be cut into lines. */
    private final BitSet complex = new BitSet();
    private final boolean measured;
    private final int[] widest;
    private final long[] widthSum;
    private boolean multiline;
    private long before;
    private long bytes;

    /**
     * @param columns  how many values a row has
     * @param measured whether widths matter at all
     */
    Rows(int columns, boolean measured) {
        this.measured = measured;
        widest = new int[columns];
        widthSum = new long[columns];
    }

    void add(byte[][] row) {
        if (!measured) {
            again(row, false);
            return;
        }
        boolean simple = true;
        for (int i = 0; i < widest.length; i++) {
            int width = row[i].length;
            bytes += width;
            if (!Cell.simple(row[i])) {
                simple = false;
                Cell cell = Cell.of(row[i]);
                width = cell.width();
                multiline |= cell.height() > 1;
            }
            widest[i] = Math.max(widest[i], width);
            widthSum[i] += width;
        }
        if (!simple) {
            complex.set(rows.size());
        }
        rows.add(row);
    }

    byte[][] get(int index) {
        return rows.get(index);
    }

    boolean complex(int index) {
        return complex.get(index);
    }

    int size() {
        return rows.size();
    }

    long bytes() {
        return bytes;
    }

    /** How many rows stood in the windows before this one. */
    long before() {
        return before;
    }

    long total() {
        return before + rows.size();
    }

    int widest(int column) {
        return widest[column];
    }

    /** The widest of all cells. */
    int widest() {
        int width = 0;
        for (int w : widest) {
            width = Math.max(width, w);
        }
        return width;
    }

    /** The mean width of a column's cells, rounded down. */
    int average(int column) {
        return total() == 0 ? 0 : (int) (widthSum[column] / total());
    }

    /** Whether a cell has more than one line. */
    boolean multiline() {
        return multiline;
    }

    byte[][][] window() {
        return rows.toArray(new byte[0][][]);
    }

    boolean[] complexOnes() {
        boolean[] all = new boolean[rows.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = complex.get(i);
        }
        return all;
    }

    /** Adds a row that was measured before. */
    void again(byte[][] row, boolean known) {
        if (known) {
            complex.set(rows.size());
        }
        for (byte[] value : row) {
            bytes += value.length;
        }
        rows.add(row);
    }

    /** Begins again with the first row, all widths known. */
    void rewind() {
        rows.clear();
        complex.clear();
        bytes = 0;
        before = 0;
    }

    /** Forgets the rows, keeps their widths and their number. */
    void next() {
        before += rows.size();
        bytes = 0;
        rows.clear();
        complex.clear();
    }
}
