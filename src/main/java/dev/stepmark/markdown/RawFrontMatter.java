package dev.stepmark.markdown;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The front matter as it stands, cut off before anything parses it.
 *
 * @param format    what it is written in
 * @param text      between the markers, each line with a newline
 * @param firstLine line of its first content line, from 1
 * @param bodyLine  line where the Markdown begins, from 1; one past the last line when there is none
 */
record RawFrontMatter(Format format, String text, int firstLine, int bodyLine) {

    /** How a front matter is written. */
    enum Format { NONE, YAML, TOML }

    private static final Pattern YAML_LINE = Pattern.compile("\\s*([\\w\"'][^:]*:(\\s.*)?|[{\\[].*)");

    static RawFrontMatter cut(Source source) {
        String first = source.line(1).stripTrailing();
        if (first.equals("+++")) {
            return upTo(source, Format.TOML, List.of("+++"));
        }
        if (first.equals("---") && isFrontMatter(source)) {
            return upTo(source, Format.YAML, List.of("---", "..."));
        }
        return new RawFrontMatter(Format.NONE, "", 1, 1);
    }

    /** Three dashes alone may also be a line across the page: then no key follows and no marker closes it. */
    private static boolean isFrontMatter(Source source) {
        for (String line : source.lines().subList(1, source.lines().size())) {
            if (!line.isBlank()) {
                return YAML_LINE.matcher(line).matches() || line.stripTrailing().equals("---") || closes(source);
            }
        }
        return false;
    }

    private static boolean closes(Source source) {
        return source.lines().subList(1, source.lines().size()).stream().anyMatch(l -> l.stripTrailing().equals("---"));
    }

    private static RawFrontMatter upTo(Source source, Format format, List<String> markers) {
        StringBuilder text = new StringBuilder();
        for (int line = 2; line <= source.lines().size(); line++) {
            if (markers.contains(source.line(line).stripTrailing())) {
                return new RawFrontMatter(format, text.toString(), 2, line + 1);
            }
            text.append(source.line(line)).append('\n');
        }
        String marker = markers.get(0);
        throw source.error(1, 0, marker.length(), "the front matter is never closed",
                List.of("Everything up to line " + source.lines().size()
                        + " would be front matter, so there is no step to run."),
                List.of(marker + " on a line of its own after the last key of the front matter"));
    }
}
