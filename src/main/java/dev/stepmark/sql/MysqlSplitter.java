package dev.stepmark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits a script into statements and commands of the client by the rules of mysql and mariadb: quotes with backslash
 * escapes, identifiers in backticks, {@code -- } with white space behind it and {@code #} as comments, a DELIMITER that
 * the script may change, {@code \g} and {@code \G} as ends of a statement.
 */
public final class MysqlSplitter {

    /** What a piece is. */
    public enum Kind {
        /** One statement. */
        SQL,
        /** A command that the client carries out itself: {@code use}, {@code source}, {@code \!}, {@code exit}. */
        COMMAND
    }

    /**
     * A part of a script.
     *
     * @param kind    what it is
     * @param text    its bytes without white space around them; a statement keeps its semicolon, {@code \g} or
     *                {@code \G}, but not a delimiter of the script's own
     * @param line    line of its first character, from 0
     * @param problem why it cannot be run, lower case without a full stop; else empty
     */
    public record Piece(Kind kind, String text, int line, String problem) { }

    /** {@code DELIMITER //} on a line of its own; the client takes it at the begin of a statement only. */
    private static final Pattern DELIMITER = Pattern.compile("(?i)(?:delimiter|\\\\d)(?:[ \\t]+(\\S*))?.*");
    private static final String PLAIN = ";";

    private final String text;
    private final List<Piece> pieces = new ArrayList<>();
    private String delimiter = PLAIN;
    private int at;
    /** Where the buffer begins, and whether it holds more than comments. */
    private int start;
    private boolean filled;
    private String problem = "";
    private int countedTo;
    private int counted;

    private MysqlSplitter(String text) {
        this.text = text;
    }

    /** The pieces of a script, in order. Never fails; pieces of comments only are left out. */
    public static List<Piece> split(String text) {
        return new MysqlSplitter(text).run();
    }

    /** Why one statement could not be sent alone: a quote or a comment that is never closed; else empty. */
    public static String problem(String statement) {
        MysqlSplitter whole = new MysqlSplitter(statement);
        whole.delimiter = "";
        return whole.run().stream().map(Piece::problem).filter(p -> !p.isEmpty()).findFirst().orElse("");
    }

    private List<Piece> run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (!delimiter.isEmpty() && text.startsWith(delimiter, at)) {
                int end = delimiter.equals(PLAIN) ? at + 1 : at;
                at += delimiter.length();
                statement(end);
            } else if (c == '\'' || c == '"' || c == '`') {
                quoted(c);
            } else if (lineComment()) {
                at = lineEnd();
            } else if (text.startsWith("/*", at)) {
                comment();
            } else if (c == '\\') {
                backslash();
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (filled || !command()) {
                filled = true;
                at++;
            }
        }
        if (filled) {
            statement(text.length());
        }
        return List.copyOf(pieces);
    }

    private void quoted(char quote) {
        filled = true;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '`') {
                i++;
            } else if (c == quote) {
                // a doubled quote closes and opens again: the same as going on
                at = i + 1;
                return;
            }
        }
        at = text.length();
        problem = "a quote (" + quote + ") is never closed";
    }

    private boolean lineComment() {
        if (text.charAt(at) == '#') {
            return true;
        }
        return text.startsWith("--", at) && (at + 2 == text.length() || text.charAt(at + 2) <= ' ');
    }

    /** The server reads what stands in {@code /*! ... *}{@code /}, so that this is more than a comment. */
    private void comment() {
        filled |= text.startsWith("/*!", at) || text.startsWith("/*M!", at);
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            problem = "a comment is never closed";
            filled = true;
        }
        at = end < 0 ? text.length() : end + 2;
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void backslash() {
        char letter = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (!filled) {
            lineOfCommand();
        } else if (letter == 'g' || letter == 'G') {
            at += 2;
            statement(at);
        } else if (letter == 'c') {
            at += 2;
            reset();
        } else {
            problem = "\\" + letter + " stands inside of a statement";
            at += 2;
        }
    }

    /** A word of the client at the begin of a statement. */
    private boolean command() {
        if (delimiter.isEmpty() || MysqlCommand.of(text.substring(at, lineEnd())).isEmpty()) {
            return false;
        }
        lineOfCommand();
        return true;
    }

    private void lineOfCommand() {
        int end = lineEnd();
        String line = text.substring(at, end);
        java.util.regex.Matcher matcher = DELIMITER.matcher(line);
        if (matcher.matches()) {
            String other = matcher.group(1) == null ? "" : matcher.group(1);
            if (other.isEmpty()) {
                pieces.add(new Piece(Kind.COMMAND, line.strip(), lineOf(at), "DELIMITER names no delimiter"));
            } else {
                delimiter = other;
            }
            at = end;
            reset();
            return;
        }
        int cut = delimiter.isEmpty() ? -1 : line.indexOf(delimiter);
        String command = (cut < 0 ? line : line.substring(0, cut)).strip();
        pieces.add(new Piece(Kind.COMMAND, command, lineOf(at), MysqlCommand.of(command).isPresent() ? ""
                : "mysql has no command " + command.split("\\s", 2)[0]));
        at = cut < 0 ? end : at + cut + delimiter.length();
        reset();
    }

    private void statement(int end) {
        if (filled) {
            int from = start;
            while (from < end && Character.isWhitespace(text.charAt(from))) {
                from++;
            }
            pieces.add(new Piece(Kind.SQL, text.substring(from, end).strip(), lineOf(from), problem));
        }
        reset();
    }

    private void reset() {
        start = at;
        filled = false;
        problem = "";
    }

    /** Lines in front of a position; positions only grow. */
    private int lineOf(int position) {
        for (; countedTo < position; countedTo++) {
            counted += text.charAt(countedTo) == '\n' ? 1 : 0;
        }
        return counted;
    }
}
