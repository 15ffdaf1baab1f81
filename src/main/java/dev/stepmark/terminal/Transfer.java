package dev.stepmark.terminal;

/**
 * How far a transfer of data is.
 *
 * @param rows  so far; negative when nobody knows
 * @param bytes so far
 */
record Transfer(long rows, long bytes) {

    /** Rows and bytes: {@code 1,200,000 rows, 84.2 MiB}. */
    String shortText() {
        return rows < 0 ? Amounts.size(bytes) : Amounts.of(rows, "row") + ", " + Amounts.size(bytes);
    }

    /** The same with the rate since the beginning. */
    String text(long millis) {
        return shortText() + (millis < 1000 ? "" : ", " + Amounts.size(bytes * 1000 / millis) + "/s");
    }
}
