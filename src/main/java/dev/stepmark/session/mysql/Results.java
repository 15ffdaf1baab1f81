package dev.stepmark.session.mysql;

import dev.stepmark.session.OutputSink;
import dev.stepmark.session.OutputSink.Stream;
import dev.stepmark.session.Result;
import dev.stepmark.table.Pset;
import dev.stepmark.table.TableOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes results of what the client prints, and prints them for the record as the client would at a terminal. */
final class Results implements Answer.Listener {

    private static final Pattern OK = Pattern.compile("Query OK, (\\d+) rows? affected.*");
    private static final Pattern IN_SET = Pattern.compile("(?:(\\d+) rows? in set|Empty set).*");
    private static final Pattern WARNING = Pattern.compile("(?:Note|Warning|Error) \\(Code \\d+\\): .*");

    private final OutputSink sink;
    private final boolean vertical;
    private final String verb;
    private final List<Result> results = new ArrayList<>();
    private final List<List<String>> window = new ArrayList<>();
    private List<List<String>> sample = new ArrayList<>();
    private List<String> names = List.of();
    private Tables tables;
    private long rows;

    /**
     * @param sink     where output goes
     * @param vertical whether records are printed, as {@code \G} wants it
     * @param verb     leading words of the statement, for its tag
     */
    Results(OutputSink sink, boolean vertical, String verb) {
        this.sink = sink;
        this.vertical = vertical;
        this.verb = verb;
    }

    /** What came, in order. */
    List<Result> all() {
        return results;
    }

    @Override
    public void row(List<String> columns, List<String> values) {
        if (rows == 0) {
            names = List.copyOf(columns);
            tables = new Tables(names, vertical);
        }
        rows++;
        window.add(values);
        if (sample.size() < Result.SAMPLE_ROWS) {
            sample.add(values);
        }
        if (window.size() == Result.SAMPLE_ROWS) {
            print();
        }
    }

    private void print() {
        if (!window.isEmpty()) {
            write(Stream.RESULT, tables.rows(window));
            window.clear();
        }
    }

    @Override
    public void rowsEnd() {
        print();
        if (tables != null) {
            write(Stream.RESULT, tables.end());
        }
        List<Result.Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new Result.Column(names.get(i), Tables.number(sample, i)));
        }
        results.add(new Result(rows == 0 ? "Empty set" : "SELECT " + rows, columns, sample, rows, options()));
        sample = new ArrayList<>();
        names = List.of();
        tables = null;
        rows = 0;
    }

    /** On the screen as close as psql's tables come to mysql's. */
    private TableOptions options() {
        TableOptions framed = Pset.apply(TableOptions.DEFAULTS, "border", Optional.of("2")).options();
        TableOptions options = Pset.apply(framed, "null", Optional.of("NULL")).options();
        return vertical ? options.records() : options;
    }

    @Override
    public void line(String text) {
        Matcher ok = OK.matcher(text);
        if (WARNING.matcher(text).matches()) {
            write(Stream.STDERR, text + "\n");
        } else if (ok.matches()) {
            write(Stream.RESULT, text + "\n");
            long affected = Long.parseLong(ok.group(1));
            boolean counts = affected > 0 || verb.matches("insert|update|delete|replace|load|merge");
            results.add(new Result(tag(text), List.of(), List.of(), counts ? affected : -1, options()));
        } else if (IN_SET.matcher(text).matches()) {
            write(Stream.RESULT, (text.startsWith("0 ") ? "Empty set" : text) + "\n");
        } else {
            write(Stream.RESULT, text + "\n");
        }
    }

    /** The words of the client, but for what ends a transaction: there the word itself is the news. */
    private String tag(String text) {
        return switch (verb) {
            case "commit" -> "COMMIT";
            case "rollback" -> "ROLLBACK";
            default -> text;
        };
    }

    private void write(Stream stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.write(stream, bytes, 0, bytes.length);
    }
}
