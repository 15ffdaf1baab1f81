package dev.stepmark.binding;

import dev.stepmark.runbook.Placeholder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A text with each hole as one character that occurs nowhere else, so that every lexer takes it for a letter. */
final class Marked {

    /** Private-use characters: as many holes as a text can have. */
    private static final char FIRST = '\uE000';
    private static final char LAST = '\uF8FF';

    /** A hole: what it is for, and where it stood. */
    record Place(Placeholder placeholder, int offset) { }

    private final StringBuilder text = new StringBuilder();
    private final Map<Character, Place> places = new LinkedHashMap<>();

    Marked(String original, List<Placeholder> holes) {
        List<Placeholder> longest = holes.stream().filter(h -> !h.raw().startsWith("$") && !h.raw().isEmpty())
                .sorted(Comparator.comparingInt((Placeholder h) -> h.raw().length()).reversed()).toList();
        char next = FIRST;
        for (int i = 0; i < original.length();) {
            Placeholder hole = at(original, i, longest);
            if (hole == null) {
                text.append(original.charAt(i++));
                continue;
            }
            while (original.indexOf(next) >= 0) {
                next++;
            }
            if (next > LAST) {
                throw new Unfit("the text has more placeholders than can be filled in");
            }
            places.put(next, new Place(hole, i));
            text.append(next++);
            i += hole.raw().length();
        }
    }

    private static Placeholder at(String text, int i, List<Placeholder> holes) {
        for (Placeholder hole : holes) {
            if (text.startsWith(hole.raw(), i) && ownWord(text, i, hole.raw())) {
                return hole;
            }
        }
        return null;
    }

    /** A hole without brackets is a word of its own: {@code YOUR_X} is not in {@code YOUR_XY}, and not a variable. */
    private static boolean ownWord(String text, int at, String raw) {
        int end = at + raw.length();
        boolean begins = Character.isLetterOrDigit(raw.charAt(0));
        boolean ends = Character.isLetterOrDigit(raw.charAt(raw.length() - 1));
        boolean before = begins && at > 0 && (Character.isLetterOrDigit(text.charAt(at - 1))
                || text.charAt(at - 1) == '$' || text.charAt(at - 1) == '{');
        boolean after = ends && end < text.length() && (Character.isLetterOrDigit(text.charAt(end))
                || text.charAt(end) == '_' || text.charAt(end) == '=');
        return !before && !after;
    }

    String text() {
        return text.toString();
    }

    boolean isHole(int c) {
        return places.containsKey((char) c);
    }

    Placeholder placeholder(char mark) {
        return places.get(mark).placeholder();
    }

    Map<Character, Place> places() {
        return places;
    }

    /** The text with the holes that are left written as the document has them. */
    String restored(String filled) {
        StringBuilder out = new StringBuilder(filled.length());
        filled.chars().forEach(c -> out.append(isHole(c) ? placeholder((char) c).raw() : String.valueOf((char) c)));
        return out.toString();
    }
}
