package dev.stepmark.expectation;

import java.util.ArrayList;
import java.util.List;

/** A text with holes for any text. Matching costs the product of the lengths at most, whatever the text is. */
final class Glob {

    private final List<String> parts = new ArrayList<>();

    /** @param text normal form with {@link Normal#ANY} for holes */
    Glob(String text) {
        int from = 0;
        for (int hole = text.indexOf(Normal.ANY); hole >= 0; hole = text.indexOf(Normal.ANY, from)) {
            parts.add(text.substring(from, hole));
            from = hole + 1;
        }
        parts.add(text.substring(from));
    }

    /** Whether the whole text is what the parts and holes say. */
    boolean matches(String text) {
        String first = parts.get(0);
        String last = parts.get(parts.size() - 1);
        if (parts.size() == 1) {
            return text.equals(first);
        }
        if (!text.startsWith(first) || !text.endsWith(last) || text.length() < first.length() + last.length()) {
            return false;
        }
        int at = first.length();
        int end = text.length() - last.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }

    /** Letters outside of the holes: how much the text says. */
    int letters() {
        return parts.stream().mapToInt(p -> (int) p.chars().filter(Character::isLetter).count()).sum();
    }
}
