package dev.stepmark.session.mysql;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The words that end an answer: nothing that a statement prints can be them by chance. */
final class Marker {

    /** What the client prints around its input line. */
    private static final String RULE = "--------------\n";
    private final String nonce;
    private final String delimiter;

    Marker() {
        byte[] random = new byte[22];
        new SecureRandom().nextBytes(random);
        String text = HexFormat.of().formatHex(random);
        this.nonce = text.substring(0, 32);
        // the client takes 15 characters at most
        this.delimiter = "~" + text.substring(32, 44);
    }

    /** What ends a statement for the client. */
    String delimiter() {
        return delimiter;
    }

    /** The first line of all. */
    String begin() {
        return "delimiter " + delimiter + "\n";
    }

    /** Lines that make the client print the end on both outputs: {@code \p} prints, {@code \W} flushes what was printed. */
    String lines() {
        return nonce + " \\p \\c\n\\W\n\\. /" + nonce + "/none\n";
    }

    /** The end on standard output. */
    byte[] out() {
        return (RULE + nonce + " \n" + RULE).getBytes(StandardCharsets.US_ASCII);
    }

    /** What is in the line that ends standard error. */
    byte[] err() {
        return ("'/" + nonce + "/none'").getBytes(StandardCharsets.US_ASCII);
    }
}
