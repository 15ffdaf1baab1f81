package dev.stepmark.expectation;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression of an author, looked for with a bound: some take for ever on some texts. */
final class BoundedRegex {

    private static final int MAX_STEPS = 20_000_000;
    private static final int MAX_TEXT = 1 << 20;

    private BoundedRegex() { }

    /** Whether it is found; empty when it is no expression, or takes too long. */
    static Optional<Boolean> find(String regex, String text) {
        String looked = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        try {
            return Optional.of(Pattern.compile(regex, Pattern.MULTILINE).matcher(new Counted(looked, new int[] {MAX_STEPS}))
                    .find());
        } catch (PatternSyntaxException | TooLong | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super(null, null, false, false);
        }
    }

    /** A text that counts how often it is looked at. */
    private record Counted(String text, int[] left) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
