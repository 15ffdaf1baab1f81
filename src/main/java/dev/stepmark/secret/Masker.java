package dev.stepmark.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Replaces secrets by {@code ***}, in the forms in which they come out of programs: as they are, base64 at each of
 * the three offsets, percent-encoded, quoted for JSON, shells, SQL and HTML, in hex, line by line, and with colours
 * inside. What is not a secret stays byte for byte.
 */
public final class Masker {

    /** What stands in place of a secret. */
    public static final String MASK = "***";

    private static final Masker NONE = new Masker(new Supplier<>() {
        private final Patterns none = Patterns.of(Set.of());

        @Override
        public Patterns get() {
            return none;
        }
    });

    private final Supplier<Patterns> patterns;

    Masker(Supplier<Patterns> patterns) {
        this.patterns = patterns;
    }

    /** A masker that knows no secret. */
    public static Masker none() {
        return NONE;
    }

    /** The text with every secret replaced; the same object when there is none in it. */
    public String mask(String text) {
        Patterns current = patterns.get();
        if (current.isEmpty() || text.isEmpty()) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        Scan scan = new Scan(current, bytes, bytes.length, true, false);
        boolean found = scan.run(out::write, () -> out.writeBytes(Patterns.MASK_BYTES));
        return found ? out.toString(StandardCharsets.UTF_8) : text;
    }

    /** Whether there is nothing to mask now: it knows no secret, or none that is long enough. */
    public boolean isIdle() {
        return patterns.get().isEmpty();
    }

    Patterns current() {
        return patterns.get();
    }
}
