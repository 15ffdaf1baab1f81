package dev.stepmark.session.jdbc;

import dev.stepmark.table.PsqlWidth;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Errors and notices of a server as psql prints them (libpq, fe-protocol3.c: pqBuildErrorMessage3). */
final class ServerMessages {

    /** Columns of the statement that are shown at most around the position of an error. */
    private static final int DISPLAY_SIZE = 60;
    /** Columns that are kept to the right of the position, where there are any. */
    private static final int MIN_RIGHT_CUT = 10;

    private ServerMessages() { }

    /** The server's message of an exception, or null when the driver or the network made it. */
    static ServerErrorMessage of(SQLException e) {
        return e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    }

    /** The SQLSTATE, never null. */
    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** The first line of what is wrong, with its SQLSTATE. */
    static String firstLine(SQLException e) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return state(e).isEmpty() ? first : first + " (" + state(e) + ")";
    }

    /** An error as psql prints it by default; ends with a newline. */
    static String error(SQLException e, String statement) {
        return error(e, statement, MessageStyle.DEFAULT);
    }

    /** An error; ends with a newline. */
    static String error(SQLException e, String statement, MessageStyle style) {
        ServerErrorMessage message = of(e);
        return message == null ? "ERROR:  " + e.getMessage() + "\n" : format(message, statement, style, true);
    }

    /** A notice; ends with a newline. */
    static String notice(SQLException warning, String statement, MessageStyle style) {
        ServerErrorMessage message = warning instanceof PSQLWarning w ? w.getServerErrorMessage() : null;
        return message == null ? "WARNING:  " + warning.getMessage() + "\n" : format(message, statement, style, false);
    }

    /** The same with SQLSTATE and place in the server's source, as {@code \\errverbose} has it. */
    static String verbose(SQLException e, String statement) {
        return error(e, statement, MessageStyle.EVERYTHING);
    }

    private static String format(ServerErrorMessage message, String statement, MessageStyle style, boolean error) {
        StringBuilder out = new StringBuilder(message.getSeverity()).append(":  ");
        String state = message.getSQLState();
        if (style.stateOnly() && state != null) {
            return out.append(state).append('\n').toString();
        }
        boolean shortly = style.terse() || style.stateOnly();
        if (style.verbose() && state != null) {
            out.append(state).append(": ");
        }
        out.append(message.getMessage());
        if (shortly) {
            int at = message.getPosition() > 0 ? message.getPosition() : message.getInternalPosition();
            return out.append(at > 0 ? " at character " + at : "").append('\n').toString();
        }
        out.append('\n');
        if (message.getPosition() > 0) {
            out.append(position(statement, message.getPosition()));
        } else if (message.getInternalPosition() > 0 && message.getInternalQuery() != null) {
            out.append(position(message.getInternalQuery(), message.getInternalPosition()));
        }
        line(out, "DETAIL:  ", message.getDetail());
        line(out, "HINT:  ", message.getHint());
        line(out, "QUERY:  ", message.getInternalQuery());
        line(out, "CONTEXT:  ", style.showsContext(error) ? message.getWhere() : null);
        if (style.verbose()) {
            place(out, message);
        }
        return out.toString();
    }

    /** What the message is about, and where in the server's source it comes from. */
    private static void place(StringBuilder out, ServerErrorMessage message) {
        line(out, "SCHEMA NAME:  ", message.getSchema());
        line(out, "TABLE NAME:  ", message.getTable());
        line(out, "COLUMN NAME:  ", message.getColumn());
        line(out, "DATATYPE NAME:  ", message.getDatatype());
        line(out, "CONSTRAINT NAME:  ", message.getConstraint());
        if (message.getRoutine() != null) {
            line(out, "LOCATION:  ", message.getRoutine() + ", " + message.getFile() + ":" + message.getLine());
        }
    }

    private static void line(StringBuilder out, String label, String text) {
        if (text != null) {
            out.append(label).append(text).append('\n');
        }
    }

    /**
     * The line of a statement that holds a position, and a caret below it (libpq: reportErrorPosition). Counts code
     * points as the server does.
     *
     * @param statement the whole text
     * @param position  1-based code point
     * @return two lines, or nothing when the position is outside
     */
    static String position(String statement, int position) {
        int[] points = statement.codePoints().toArray();
        int at = position - 1;
        if (at < 0 || at > points.length) {
            return "";
        }
        int line = 1;
        int begin = 0;
        for (int i = 0; i < at; i++) {
            if (points[i] == '\n' || points[i] == '\r') {
                if (points[i] == '\r' || i == 0 || points[i - 1] != '\r') {
                    line++;
                }
                begin = i + 1;
            }
        }
        int end = at;
        while (end < points.length && points[end] != '\n' && points[end] != '\r') {
            end++;
        }
        return excerpt(points, new int[] {begin, at, end}, "LINE " + line + ": ");
    }

    private static String excerpt(int[] points, int[] beginAtEnd, String label) {
        int begin = beginAtEnd[0];
        int at = beginAtEnd[1];
        int end = beginAtEnd[2];
        boolean cutLeft = false;
        boolean cutRight = false;
        if (columns(points, begin, end) > DISPLAY_SIZE) {
            boolean rightIsEnough = DISPLAY_SIZE >= columns(points, begin, at) + MIN_RIGHT_CUT;
            while (rightIsEnough ? columns(points, begin, end) > DISPLAY_SIZE
                    : columns(points, at, end) > MIN_RIGHT_CUT) {
                end--;
                cutRight = true;
            }
            while (columns(points, begin, end) > DISPLAY_SIZE) {
                begin++;
                cutLeft = true;
            }
        }
        String prefix = label + (cutLeft ? "..." : "");
        String shown = new String(points, begin, end - begin).replace('\t', ' ');
        return prefix + shown + (cutRight ? "..." : "") + "\n"
                + " ".repeat(prefix.length() + columns(points, begin, at)) + "^\n";
    }

    private static int columns(int[] points, int from, int to) {
        int columns = 0;
        for (int i = from; i < to; i++) {
            // libpq counts a tab and whatever has no width of its own as one
            columns += points[i] < ' ' ? 1 : Math.max(1, PsqlWidth.of(points[i]));
        }
        return columns;
    }
}
