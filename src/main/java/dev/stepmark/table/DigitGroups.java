package dev.stepmark.table;

import java.nio.charset.StandardCharsets;

/** Numbers with their digits in groups of three, as psql's numericlocale shows them in the C locale. */
final class DigitGroups {

    private DigitGroups() { }

    static byte[] of(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        if (!text.matches("[0-9+\\-.eE]*")) {
            return value;
        }
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int end = start;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        StringBuilder grouped = new StringBuilder(text.substring(0, start));
        for (int i = start; i < end; i++) {
            if (i > start && (end - i) % 3 == 0) {
                grouped.append(',');
            }
            grouped.append(text.charAt(i));
        }
        return grouped.append(text.substring(end)).toString().getBytes(StandardCharsets.UTF_8);
    }
}
