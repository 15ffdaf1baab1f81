package dev.stepmark.terminal;

import java.util.ArrayList;
import java.util.List;

/** Lines with something at both ends, and texts with a label in front. */
final class Labelled {

    private Labelled() { }

    /**
     * A line with a text at its right end. The left one is cut with {@code ...} to make room; where too little would
     * be left of it, the right one gets a line of its own.
     */
    static List<String> title(String left, String right, Role rightRole, int width, Style style) {
        String start = Neutral.line(left);
        String end = Neutral.line(right);
        if (end.isEmpty()) {
            return List.of(style.paint(Role.TITLE, Wrap.cut(start, width)));
        }
        int room = width - Wrap.width(end) - 2;
        if (room < Math.min(Wrap.width(start), width / 3)) {
            return List.of(style.paint(Role.TITLE, Wrap.cut(start, width)),
                    " ".repeat(Math.max(0, width - Wrap.width(end))) + style.paint(rightRole, end));
        }
        String shown = Wrap.cut(start, room);
        String gap = " ".repeat(width - Wrap.width(shown) - Wrap.width(end));
        return List.of(style.paint(Role.TITLE, shown) + gap + style.paint(rightRole, end));
    }

    /**
     * A labelled text that wraps under itself.
     *
     * @param before  what every line begins with: spaces or a gutter
     * @param label   the label, neutralised here
     * @param columns columns of the label; at least one space follows it
     * @param text    the text
     * @param verdict word at the right end of the first line, or empty
     */
    static List<String> text(String before, String label, int columns, String text, String verdict, int width) {
        String head = Neutral.line(label);
        head = head + " ".repeat(Math.max(head.isEmpty() ? 0 : 1, columns - Wrap.width(head)));
        String rest = before + " ".repeat(columns);
        int room = Math.max(1, width - rest.length());
        int first = Math.max(1, width - before.length() - Wrap.width(head)
                - (verdict.isEmpty() ? 0 : Wrap.width(verdict) + 2));
        String[] parts = text.split("\n", -1);
        List<String> wrapped = new ArrayList<>(Wrap.words(Neutral.line(parts[0]), first, room));
        for (int i = 1; i < parts.length; i++) {
            wrapped.addAll(Wrap.words(Neutral.line(parts[i]), room));
        }
        List<String> lines = new ArrayList<>();
        String start = before + head + wrapped.get(0);
        if (!verdict.isEmpty()) {
            start += " ".repeat(Math.max(2, width - Wrap.width(start) - Wrap.width(verdict))) + verdict;
        }
        lines.add(start.stripTrailing());
        wrapped.stream().skip(1).map(line -> (rest + line).stripTrailing()).forEach(lines::add);
        return lines;
    }

    /** A line that wraps at words, two columns further in than it begins. */
    static List<String> hanging(String indent, String text, int width) {
        int room = Math.max(1, width - indent.length());
        List<String> lines = new ArrayList<>();
        for (String line : Wrap.words(text, room, Math.max(1, room - 2))) {
            lines.add((lines.isEmpty() ? indent : indent + "  ") + line);
        }
        return lines;
    }
}
