package dev.stepmark.journal;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON object on one line: records with the fields in their order, maps by key, and no character that a terminal or a
 * reader would not show. Written by hand because a record of the log stands between a person and the next block.
 */
final class JsonLine {

    private static final String HEX = "0123456789ABCDEF";

    private final StringBuilder out = new StringBuilder(512);
    private boolean first;

    /** Begins the object. */
    JsonLine() {
        open('{');
    }

    /** A field of the object, or of the one in it that is open. */
    JsonLine field(String name, Object value) {
        name(name);
        value(value);
        return this;
    }

    /** A field whose value is a record that gets one field more, as its first. */
    JsonLine field(String name, String key, String text, Record record) {
        name(name);
        open('{');
        field(key, text);
        Records.visit(record, this::field);
        close('}');
        return this;
    }

    /** Ends the object: the line without its newline. */
    String end() {
        close('}');
        return out.toString();
    }

    private void name(String name) {
        separate();
        text(name);
        out.append(':');
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void open(char bracket) {
        out.append(bracket);
        first = true;
    }

    private void close(char bracket) {
        out.append(bracket);
        first = false;
    }

    private void value(Object value) {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Enum<?> constant) {
            text(constant.name());
        } else if (value instanceof Record record) {
            open('{');
            Records.visit(record, this::field);
            close('}');
        } else if (value instanceof Collection<?> all) {
            open('[');
            for (Object element : all) {
                separate();
                value(element);
            }
            close(']');
        } else if (value instanceof Map<?, ?> map) {
            open('{');
            new TreeMap<>(map).forEach((key, element) -> field((String) key, element));
            close('}');
        } else {
            throw new IllegalArgumentException("not a value of a record: " + value);
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                if (c == '"' || c == '\\') {
                    out.append('\\');
                }
                out.append(c);
                i++;
            } else {
                int point = text.codePointAt(i);
                unusual(point);
                i += Character.charCount(point);
            }
        }
        out.append('"');
    }

    /** A character beyond ASCII, or one that controls. */
    private void unusual(int c) {
        int known = "\b\t\n\f\r".indexOf(c);
        if (known >= 0) {
            out.append('\\').append("btnfr".charAt(known));
        } else if (shown(c)) {
            out.appendCodePoint(c);
        } else {
            for (char unit : Character.toChars(c)) {
                escape(unit);
            }
        }
    }

    private void escape(char unit) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(unit >> shift & 0xf));
        }
    }

    private static boolean shown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> c != 0xa0;
        };
    }
}
