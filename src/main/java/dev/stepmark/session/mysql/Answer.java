package dev.stepmark.session.mysql;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what the client prints for a statement while it comes: the statement itself between two rules, then its results,
 * each as XML or as lines of words ({@code Query OK, 3 rows affected}).
 */
final class Answer implements Reader.Taker {

    /** Told what a statement brought. */
    interface Listener {

        /** A row; null for NULL. The names are the same for all rows of a result. */
        void row(List<String> names, List<String> values);

        /** All rows of a result were told. */
        void rowsEnd();

        /** A line of words. */
        void line(String text);
    }

    private enum State { ECHO, WORDS, RESULT, ROW }

    private static final String RULE = "--------------";
    private static final String RESULT = "<resultset statement=\"";
    private static final String RESULT_BEGINS = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";
    private static final String FIELD = "<field name=\"";
    private static final String NIL = "\" xsi:nil=\"true\" />";

    private final Listener listener;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer rest = ByteBuffer.allocate(16);
    private final StringBuilder text = new StringBuilder();
    private int at;
    private State state = State.ECHO;
    private int rules;
    private List<String> names = new ArrayList<>();
    private List<String> values = new ArrayList<>();
    private List<String> rowNames = new ArrayList<>();

    /**
     * @param statement what was sent: a line in it may look like the rule that ends it
     * @param listener  told what comes
     */
    Answer(String statement, Listener listener) {
        this.listener = listener;
        this.rules = 2 + (int) statement.lines().filter(RULE::equals).count();
    }

    @Override
    public void take(byte[] buffer, int offset, int length) {
        ByteBuffer in = ByteBuffer.allocate(rest.position() + length);
        in.put(rest.flip()).put(buffer, offset, length).flip();
        CharBuffer chars = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, chars, false);
        rest.clear();
        rest.put(in);
        text.append(chars.flip());
        while (step()) {
            // as far as it is complete
            continue;
        }
        text.delete(0, at);
        at = 0;
    }

    /** Nothing more comes: a last line may have no end. */
    void end() {
        if (at < text.length() && state == State.WORDS) {
            words(text.substring(at));
        }
        text.setLength(0);
    }

    private boolean step() {
        return switch (state) {
            case ECHO, WORDS -> line();
            case RESULT -> inResult();
            case ROW -> inRow();
        };
    }

    private boolean line() {
        if (state == State.WORDS && starts(RESULT, at)) {
            return begin();
        }
        int end = text.indexOf("\n", at);
        if (end < 0) {
            return false;
        }
        String line = text.substring(at, end);
        at = end + 1;
        if (state == State.ECHO) {
            rules -= line.equals(RULE) ? 1 : 0;
            state = rules == 0 ? State.WORDS : State.ECHO;
        } else {
            words(line);
        }
        return true;
    }

    private void words(String line) {
        if (!line.isBlank() && !line.startsWith("<?xml ")) {
            listener.line(line);
        }
    }

    private boolean begin() {
        int begins = text.indexOf(RESULT_BEGINS, at);
        if (begins < 0) {
            return false;
        }
        at = begins + RESULT_BEGINS.length();
        names = List.of();
        state = State.RESULT;
        return true;
    }

    private boolean inResult() {
        int next = text.indexOf("<", at);
        if (next < 0) {
            return false;
        }
        if (starts("<row>", next)) {
            at = next + "<row>".length();
            values = new ArrayList<>();
            rowNames = names.isEmpty() ? new ArrayList<>() : names;
            state = State.ROW;
            return true;
        }
        if (!starts("</resultset>", next)) {
            return false;
        }
        at = next + "</resultset>".length();
        listener.rowsEnd();
        state = State.WORDS;
        return true;
    }

    private boolean inRow() {
        int next = text.indexOf("<", at);
        if (next < 0) {
            return false;
        }
        if (starts("</row>", next)) {
            at = next + "</row>".length();
            names = rowNames;
            listener.row(names, values);
            state = State.RESULT;
            return true;
        }
        int name = next + FIELD.length();
        int quote = text.indexOf("\"", name);
        if (quote < 0 || !starts(FIELD, next)) {
            return false;
        }
        if (starts(NIL, quote)) {
            at = quote + NIL.length();
            field(name, quote, null);
            return true;
        }
        int end = text.indexOf("</field>", quote);
        if (end < 0) {
            return false;
        }
        at = end + "</field>".length();
        field(name, quote, plain(text.substring(quote + 2, end)));
        return true;
    }

    private void field(int from, int to, String value) {
        if (names.isEmpty()) {
            rowNames.add(plain(text.substring(from, to)));
        }
        values.add(value);
    }

    private boolean starts(String word, int position) {
        if (text.length() < position + word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text.charAt(position + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String plain(String encoded) {
        return encoded.indexOf('&') < 0 ? encoded : encoded.replace("&lt;", "<").replace("&gt;", ">")
                .replace("&quot;", "\"").replace("&amp;", "&");
    }
}
