package dev.stepmark.session.psql;

import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Result;
import dev.stepmark.table.TableOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads psql's standard output in LaTeX format (fe_utils/print.c, print_latex_text and latex_escaped_print): tables become
 * rows; the command tag and everything else is handed on.
 */
final class LatexReader implements Exchange.Taker {

    private static final Pattern BEGIN = Pattern.compile("\\\\begin\\{tabular}\\{([lrc |]*)}");
    private static final String END = "\\end{tabular}";
    private static final String AFTER = "\\noindent ";
    private static final Pattern TAG = Pattern.compile("[A-Z][A-Z ]*(?: \\d+)*");
    private static final Map<String, String> NAMED = Map.of("textless", "<", "textgreater", ">", "textbackslash", "\\",
            "backslash", "\\", "textbar", "|");
    private static final Pattern NAME = Pattern.compile("[a-z]+");

    /** Where in a table the next line stands. */
    private enum Place { OUTSIDE, HEADER, RULE, ROWS, AFTER }

    private final OutputSink sink;
    private final TableOptions options;
    private final boolean silent;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Place place = Place.OUTSIDE;
    private String alignment = "";
    private Rows rows;
    private String tag = "";
    private boolean printed;

    /**
     * @param sink    takes tables and the rest
     * @param options how the user wants tables to look
     * @param silent  whether the user wants no command tags
     */
    LatexReader(OutputSink sink, TableOptions options, boolean silent) {
        this.sink = sink;
        this.options = options;
        this.silent = silent;
    }

    /** The table, or null when there was none. */
    Rows rows() {
        return rows;
    }

    /** The command tag that psql printed, or empty. */
    String tag() {
        return tag;
    }

    @Override
    public void take(byte[] buffer, int offset, int length) {
        int begin = offset;
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '\n') {
                line.write(buffer, begin, i - begin);
                begin = i + 1;
                line(line.toString(StandardCharsets.UTF_8));
                line.reset();
            }
        }
        line.write(buffer, begin, offset + length - begin);
    }

    /** Whatever happened: rows that wait are let go. */
    void close() {
        if (rows != null) {
            rows.close();
        }
    }

    /** Everything has come. The table is printed when the number of rows is known: one without columns has no line. */
    void finish(long rowCount) {
        if (line.size() > 0) {
            text(line.toString(StandardCharsets.UTF_8), OutputSink.Stream.STDOUT);
            line.reset();
        }
        if (rows != null && place == Place.OUTSIDE && !printed) {
            table(rowCount);
        }
    }

    private void table(long rowCount) {
        rows.empty(rowCount);
        rows.finish();
        printed = true;
    }

    private void line(String text) {
        switch (place) {
            case OUTSIDE -> outside(text);
            case HEADER -> {
                rows = new Rows(sink, options, columns(cells(text)));
                place = Place.RULE;
            }
            case RULE -> place = Place.ROWS;
            case ROWS -> {
                if (text.equals(END)) {
                    place = Place.AFTER;
                } else {
                    rows.add(row(cells(text)));
                }
            }
            default -> after(text);
        }
    }

    private void after(String text) {
        if (text.equals(AFTER)) {
            place = Place.OUTSIDE;
            if (!rows.columns().isEmpty()) {
                table(rows.count());
            }
        }
    }

    private void outside(String text) {
        Matcher begin = BEGIN.matcher(text);
        if (rows == null && begin.matches()) {
            alignment = begin.group(1).replaceAll("[ |]", "");
            place = Place.HEADER;
        } else if (tag.isEmpty() && TAG.matcher(text).matches()) {
            tag = text;
            if (!silent) {
                text(text + "\n", OutputSink.Stream.RESULT);
            }
        } else {
            text(text + "\n", OutputSink.Stream.STDOUT);
        }
    }

    private void text(String text, OutputSink.Stream stream) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.write(stream, bytes, 0, bytes.length);
    }

    private List<Result.Column> columns(List<String> headers) {
        List<Result.Column> columns = new ArrayList<>();
        for (int i = 0; i < alignment.length(); i++) {
            String header = headers.get(i);
            columns.add(new Result.Column(header.substring("\\textit{".length(), header.length() - 1),
                    alignment.charAt(i) == 'r'));
        }
        return columns.stream().map(c -> new Result.Column(unescaped(c.name()), c.right())).toList();
    }

    private static List<String> row(List<String> cells) {
        List<String> row = new ArrayList<>(cells.size());
        for (String cell : cells) {
            row.add(cell.equals(ClientState.NULL) ? null : unescaped(cell));
        }
        return row;
    }

    /** The cells of a line, still escaped: separated by an ampersand that nothing escapes, closed by two backslashes. */
    private static List<String> cells(String text) {
        int end = text.endsWith(" \\\\") ? text.length() - 3 : text.length();
        List<String> cells = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '&') {
                cells.add(text.substring(begin, i - 1));
                begin = i + 2;
            }
        }
        cells.add(text.substring(Math.min(begin, end), end));
        return cells;
    }

    static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                i++;
                continue;
            }
            i = escape(text, i + 1, out);
        }
        return out.toString();
    }

    private static int escape(String text, int at, StringBuilder out) {
        char c = text.charAt(at);
        if (c == '\\') {
            out.append('\n');
            return at + 1;
        }
        Matcher name = NAME.matcher(text).region(at, text.length());
        int end = at + 1;
        if (name.lookingAt()) {
            out.append(NAMED.getOrDefault(name.group(), name.group()));
            end = name.end();
        } else {
            out.append(c);
        }
        // names and accents are closed by an empty group; braces of the data are escaped themselves
        boolean group = (end > at + 1 || c == '~' || c == '^') && text.startsWith("{}", end);
        return group ? end + 2 : end;
    }
}
