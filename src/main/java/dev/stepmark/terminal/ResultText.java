package dev.stepmark.terminal;

import dev.stepmark.run.ResultCard;
import dev.stepmark.session.Result;
import dev.stepmark.table.PsqlTable;
import dev.stepmark.table.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What came back: tables as psql draws them, fitted to the screen, command tags, server errors, the closing line. */
final class ResultText {

    /** Rows of a result that are shown. */
    static final int ROWS = 10;
    /** A column wider than this may be cut. */
    static final int WIDE = 40;

    private static final String NULL = "NULL";
    private static final Pattern ERROR = Pattern.compile("\\b(ERROR|FATAL|PANIC)\\b");
    private static final Pattern TAG_BELOW_TABLE = Pattern.compile("(INSERT|UPDATE|DELETE|MERGE)\\b.*");

    private final int width;
    private final boolean dumb;
    private final Style style;
    private final CardText text;
    private final List<String> lines = new ArrayList<>();
    /** What stands for NULL. */
    private String nothing = NULL;

    private ResultText(int width, Style style, boolean dumb) {
        this.width = width;
        this.style = style;
        this.dumb = dumb;
        this.text = new CardText(width, style);
    }

    static List<String> render(ResultCard card, int width, Style style, boolean dumb) {
        ResultText text = new ResultText(width, style, dumb);
        card.results().forEach(text::result);
        card.error().lines().forEach(line ->
                text.lines.addAll(text.text.gutter(Gutter.ERROR, Neutral.line(line), errorRole(line))));
        if (!card.word().isEmpty()) {
            text.closing(card);
        }
        text.lines.addAll(text.text.facts(card.facts()));
        return text.lines;
    }

    /** Colour of a line of stderr or of the server. */
    static Role errorRole(String line) {
        return ERROR.matcher(line).find() ? Role.ERROR_LINE : Role.CAUTION;
    }

    private void closing(ResultCard card) {
        String head = card.unit().isEmpty() ? card.word() : card.word() + " " + card.unit();
        String rest = " ".repeat(Math.min(head.length() + 2, width / 3));
        List<String> wrapped = Wrap.words(Neutral.line(card.text()), width - head.length() - 2, width - rest.length());
        String painted = style.paint(Style.result(card.word()), card.word())
                + Neutral.line(head.substring(card.word().length()));
        lines.add(wrapped.get(0).isEmpty() ? painted : painted + "  " + wrapped.get(0));
        wrapped.stream().skip(1).map(line -> rest + line).forEach(lines::add);
    }

    private void result(Result result) {
        if (!result.table()) {
            if (!result.tag().isEmpty()) {
                data(Neutral.line(result.tag()));
            }
            return;
        }
        table(result);
        long all = Math.max(result.rowCount(), result.rows().size());
        long more = all - Math.min(ROWS, result.rows().size());
        if (more > 0) {
            lines.add(Gutter.REMARK.first() + Amounts.of(more, "more row")
                    + (more == 1 ? "; o shows it" : "; o shows them"));
        }
        if (result.options().footer() && !result.options().tuplesOnly()) {
            data(PsqlTable.footer(all));
        }
        if (TAG_BELOW_TABLE.matcher(result.tag()).matches()) {
            data(Neutral.line(result.tag()));
        }
    }

    /** Aligned when it fits; else with wide columns cut when that makes it fit; else as records. */
    private void table(Result result) {
        List<String> headers = result.columns().stream().map(c -> Neutral.cell(c.name())).toList();
        List<Boolean> right = result.columns().stream().map(Result.Column::right).toList();
        List<List<String>> rows = result.rows().stream().limit(ROWS).map(ResultText::cells).toList();
        TableOptions options = result.options().forScreen(NULL);
        nothing = options.nullText();
        if (dumb) {
            spoken(headers, rows);
        } else if (!options.format().aligned()) {
            PsqlTable.text(options, headers, right, rows, List.of()).lines().map(Neutral::line).forEach(this::data);
        } else if (result.expanded() || !aligned(options, headers, right, rows)
                && !aligned(options, cut(headers), right, cutAll(rows))) {
            records(headers, rows);
        }
    }

    private boolean aligned(TableOptions options, List<String> headers, List<Boolean> right, List<List<String>> rows) {
        List<String> table = PsqlTable.text(options, headers, right, rows, List.of()).lines().map(Neutral::line).toList();
        if (table.stream().anyMatch(line -> Wrap.width(line.stripTrailing()) > width - Gutter.WIDTH)) {
            return false;
        }
        table.stream().map(String::stripTrailing).filter(line -> !line.isEmpty()).forEach(this::data);
        return true;
    }

    private void records(List<String> headers, List<List<String>> rows) {
        int names = headers.stream().mapToInt(Wrap::width).max().orElse(0);
        int number = 0;
        for (List<String> row : rows) {
            data("-[ " + ++number + " ]-");
            for (int i = 0; i < headers.size(); i++) {
                String name = headers.get(i) + " ".repeat(names - Wrap.width(headers.get(i)));
                data((name + " | " + shown(row.get(i))).stripTrailing());
            }
        }
    }

    /** One value a line, for a reader that speaks or a terminal without columns. */
    private void spoken(List<String> headers, List<List<String>> rows) {
        int number = 0;
        for (List<String> row : rows) {
            data("row " + ++number);
            for (int i = 0; i < headers.size(); i++) {
                data((headers.get(i) + ": " + shown(row.get(i))).stripTrailing());
            }
        }
    }

    private void data(String line) {
        lines.addAll(text.gutter(Gutter.OUTPUT, line, Role.PLAIN));
    }

    private String shown(String cell) {
        return cell == null ? nothing : cell;
    }

    private static List<String> cells(List<String> row) {
        List<String> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(cell == null ? null : Neutral.cell(cell)));
        return cells;
    }

    private static List<String> cut(List<String> cells) {
        List<String> shorter = new ArrayList<>();
        cells.forEach(cell -> shorter.add(cell == null ? null : Wrap.cut(cell, WIDE)));
        return shorter;
    }

    private static List<List<String>> cutAll(List<List<String>> rows) {
        return rows.stream().map(ResultText::cut).toList();
    }
}
