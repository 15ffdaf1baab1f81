package dev.stepmark.terminal;

import dev.stepmark.message.Message;
import dev.stepmark.run.Banner;
import dev.stepmark.run.Brief;
import dev.stepmark.run.Ending;
import dev.stepmark.run.Operator;
import dev.stepmark.run.ResultCard;
import dev.stepmark.run.StepCard;
import dev.stepmark.session.OutputSink.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Writes the transcript, line by line, as plain text: works with a terminal and without. The place of a text says
 * whose it is: column 0 is Stepmark; {@code   . } a remark, two spaces the document, {@code   > } what runs,
 * {@code   | } what came back, {@code   ! } standard error or a server message. Whatever is handed over is made
 * harmless first, so no document and no program can move the cursor or print a line that looks like Stepmark's.
 *
 * <p>Each call writes whole lines at once; calls from several threads do not mix.
 */
public final class Screen {

    /** Width when nobody knows it. */
    public static final int DEFAULT_WIDTH = 80;
    /** Narrower is not laid out. */
    public static final int LEAST_WIDTH = 40;

    private final Appendable out;
    private final IntSupplier columns;
    private final Style style;
    private final boolean dumb;

    /**
     * @param out     where the text goes; flushed after each call when it can be
     * @param columns asks for the width now, 0 when unknown
     * @param style   colour or none
     * @param dumb    no cursor movement, and tables as one value a line
     */
    public Screen(Appendable out, IntSupplier columns, Style style, boolean dumb) {
        this.out = out;
        this.columns = columns;
        this.style = style;
        this.dumb = dumb;
    }

    /** Columns to use for the next line. */
    int width() {
        int known = columns.getAsInt();
        return known <= 0 ? DEFAULT_WIDTH : Math.max(LEAST_WIDTH, known);
    }

    /** Columns that the terminal has now, however few. */
    int columns() {
        int known = columns.getAsInt();
        return known <= 0 ? DEFAULT_WIDTH : known;
    }

    Style style() {
        return style;
    }

    boolean dumb() {
        return dumb;
    }

    /** The opening. */
    public void brief(Brief brief) {
        print(text().brief(brief));
    }

    /** A step before its question, with an empty line in front. */
    public void step(StepCard card) {
        print(text().step(card));
    }

    /** What came back, and how it ended. */
    public void result(ResultCard card) {
        print(ResultText.render(card, width(), style, dumb));
    }

    /** A remark inside a step; a newline begins another line of it. */
    public void remark(String text) {
        print(text().remark(text));
    }

    /** Words that stand above a confirmation, in column 0 and in a colour of their own. */
    public void banner(Banner banner) {
        List<String> lines = Labelled.hanging("", Neutral.line(("=== " + banner.text() + " ===  " + banner.where())
                .strip()), width());
        print(lines.stream().map(line -> style.banner(banner.color(), line)).toList());
    }

    /** Lines in column 0; one that is too long wraps at words, two columns further in than it begins. */
    public void say(List<String> lines) {
        for (String line : lines) {
            String text = Neutral.line(line);
            String indent = " ".repeat(text.length() - text.stripLeading().length());
            print(Labelled.hanging(indent, text.strip(), width()));
        }
    }

    /** An error or a warning. */
    public void problem(Operator.Severity severity, Message message) {
        print(text().message(severity == Operator.Severity.ERROR ? "error:" : "warning:", message));
    }

    /** The end of the run, with an empty line in front. */
    public void ending(Ending ending) {
        print(text().ending(ending));
    }

    /** One line of output of a program, without its line end. */
    void output(Stream stream, String line) {
        String shown = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        boolean plain = stream == Stream.STDOUT || stream == Stream.RESULT;
        print(text().gutter(plain ? Gutter.OUTPUT : Gutter.ERROR, Neutral.output(shown, style.colour()),
                plain ? Role.PLAIN : ResultText.errorRole(shown)));
    }

    /** Writes lines as they are: for texts that were rendered already. */
    void print(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        raw(text.toString());
    }

    /** Writes characters, also control sequences of our own, without a line end. */
    synchronized void raw(String text) {
        try {
            out.append(text);
            if (out instanceof java.io.Flushable flushable) {
                flushable.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CardText text() {
        return new CardText(width(), style);
    }
}
