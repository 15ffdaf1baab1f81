package dev.stepmark.sql;

import dev.stepmark.sql.SqlToken.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits a script into statements and meta-commands by psql's own rules (psqlscan.l, psqlscanslash.l, mainloop.c).
 *
 * <p>Where psql would silently glue text together (a meta-command in the middle of a statement), the statement is
 * marked incomplete instead: a person decides. What only psql can do ({@code SELECT ... \gexec}, {@code \if} blocks,
 * {@code COPY FROM STDIN} with its data) comes as one piece.
 */
public final class SqlSplitter {

    /** Commands that send the statement before them. */
    private static final Set<String> SENDERS = Set.of("\\g", "\\gx", "\\gset", "\\gexec", "\\gdesc", "\\watch",
            "\\crosstabview");
    private static final Pattern COPY_STDIN = Pattern.compile("(?i)\\bfrom\\s+stdin\\b");

    /** What a piece is. */
    public enum Kind {
        /** One statement; for {@code COPY FROM STDIN} with its data and the closing {@code \.} line. */
        SQL,
        /**
         * A meta-command, or {@code exit}, {@code quit} or {@code help}. A statement sent by {@code \gset},
         * {@code \gexec} and the like is in front of the command; an {@code \if} runs to its {@code \endif}.
         */
        META
    }

    /**
     * A part of a script.
     *
     * @param kind     what it is
     * @param text     its bytes without white space around them; SQL keeps its semicolon and the comments before it
     * @param line     line of its first character, from 0
     * @param complete whether it can be run; a last statement without a semicolon is complete
     * @param problem  why it is not complete, lower case without a full stop; else empty
     */
    public record Piece(Kind kind, String text, int line, boolean complete, String problem) { }

    private final String text;
    private final SqlLexer lexer;
    private final List<Piece> pieces = new ArrayList<>();
    private final BeginAtomic body = new BeginAtomic();
    /** Where the buffer begins. */
    private int start;
    /** Whether the buffer holds more than comments. */
    private boolean filled;
    private int parentheses;
    private String problem = "";
    private String firstWord = "";
    private String lastWord = "";
    private boolean copiesFromStdin;
    private int countedTo;
    private int countedLines;

    private SqlSplitter(String text) {
        this.text = text;
        this.lexer = new SqlLexer(text, 0);
    }

    /** The pieces of a script, in order. Never fails; pieces of comments only are left out. */
    public static List<Piece> split(String text) {
        return new SqlSplitter(text).run();
    }

    private List<Piece> run() {
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            if (!token.closed()) {
                problem = unclosed(token);
                filled = true;
            } else if (token.type() == Type.BACKSLASH) {
                backslash(token.start());
            } else if (token.type() == Type.WORD && endsSession(token)) {
                endOfSession(token);
            } else if (token.significant()) {
                significant(token);
            }
        }
        if (filled) {
            sql(text.length(), endProblem());
        }
        return List.copyOf(pieces);
    }

    private void significant(SqlToken token) {
        char c = text.charAt(token.start());
        if (token.type() == Type.WORD) {
            word(text.substring(token.start(), token.end()));
        } else if (token.type() == Type.SYMBOL && c == '(') {
            parentheses++;
        } else if (token.type() == Type.SYMBOL && c == ')') {
            parentheses = Math.max(0, parentheses - 1);
        } else if (token.type() == Type.SYMBOL && c == ';' && parentheses == 0 && !body.open()) {
            semicolon(token.end());
            return;
        }
        filled = true;
    }

    private void word(String word) {
        body.word(word, parentheses);
        if (parentheses > 0) {
            return;
        }
        String lower = word.toLowerCase(Locale.ROOT);
        firstWord = firstWord.isEmpty() ? lower : firstWord;
        copiesFromStdin |= firstWord.equals("copy") && lastWord.equals("from") && lower.equals("stdin");
        lastWord = lower;
    }

    private void semicolon(int end) {
        if (!filled) {
            reset(end);
            return;
        }
        if (copiesFromStdin) {
            int dataEnd = copyDataEnd(end);
            lexer.moveTo(dataEnd);
            sql(dataEnd, problem.isEmpty() ? copyProblem(dataEnd) : problem);
            return;
        }
        sql(end, problem);
        dropRemark(end);
    }

    /** A line comment behind a semicolon is about the statement before it, not about the next one. */
    private void dropRemark(int from) {
        int i = from;
        while (i < text.length() && SqlLexer.isSpace(text.charAt(i)) && text.charAt(i) != '\n') {
            i++;
        }
        if (text.startsWith("--", i)) {
            int end = lexer.lineEnd(i);
            lexer.moveTo(end);
            reset(end);
        }
    }

    private void backslash(int at) {
        if (text.startsWith("\\;", at) || text.startsWith("\\:", at)) {
            problem = "only psql can send several statements as one, which \\; asks for";
            if (text.charAt(at + 1) == ':') {
                problem = "\\: is understood by psql only";
            }
            filled = true;
            lexer.moveTo(at + 2);
            return;
        }
        MetaScanner.Found found = MetaScanner.scan(text, at);
        String name = found.name().toLowerCase(Locale.ROOT);
        lexer.moveTo(found.next());
        if (SENDERS.contains(name) && filled) {
            send(name, at, found);
        } else if ((name.equals("\\r") || name.equals("\\reset")) && filled) {
            reset(found.next());
        } else {
            unfinishedBefore(name, at);
            command(name, at, found);
        }
    }

    private void send(String name, int at, MetaScanner.Found found) {
        boolean bare = text.substring(found.nameEnd(), found.end()).isBlank();
        String why = problem.isEmpty() && parentheses > 0 ? "a parenthesis is not closed" : problem;
        if (name.equals("\\g") && bare) {
            sql(at, why);
        } else {
            piece(Kind.META, start, found.end(), why);
        }
        reset(found.next());
    }

    private void command(String name, int at, MetaScanner.Found found) {
        if (name.equals("\\if")) {
            int end = conditionalEnd(found.next());
            boolean closed = end >= 0;
            lexer.moveTo(closed ? end : text.length());
            piece(Kind.META, at, lexer.position(), closed ? "" : "\\if has no \\endif");
        } else if (name.equals("\\copy") && COPY_STDIN.matcher(text.substring(at, found.end())).find()) {
            int end = copyDataEnd(found.end());
            lexer.moveTo(end);
            piece(Kind.META, at, end, copyProblem(end));
        } else {
            piece(Kind.META, at, found.end(), "");
        }
        reset(lexer.position());
    }

    /** Ends a statement that a meta-command interrupts; psql would keep it and add to it what follows. */
    private void unfinishedBefore(String name, int at) {
        if (filled) {
            String noSemicolon = "no semicolon before " + name + ": psql would not send this statement";
            String why = endProblem();
            sql(at, why.isEmpty() ? noSemicolon : why);
        }
    }

    private int conditionalEnd(int from) {
        SqlLexer inside = new SqlLexer(text, from);
        int depth = 1;
        while (inside.hasNext()) {
            SqlToken token = inside.next();
            if (token.type() == Type.BACKSLASH) {
                MetaScanner.Found found = MetaScanner.scan(text, token.start());
                inside.moveTo(Math.max(found.next(), token.end()));
                depth += found.name().equals("\\if") ? 1 : found.name().equals("\\endif") ? -1 : 0;
                if (depth == 0) {
                    return found.end();
                }
            }
        }
        return -1;
    }

    /** The end of the line {@code \.} that closes COPY data which begins on the next line; else of the text. */
    private int copyDataEnd(int from) {
        int end = lexer.lineEnd(from);
        while (end < text.length()) {
            int begin = end + 1;
            end = lexer.lineEnd(begin);
            if (text.substring(begin, end).stripTrailing().equals("\\.")) {
                return end;
            }
        }
        return text.length();
    }

    private String copyProblem(int end) {
        int lineStart = text.lastIndexOf('\n', end - 1) + 1;
        boolean closed = text.substring(lineStart, end).stripTrailing().equals("\\.");
        return closed ? "" : "the data for COPY does not end with \\. on a line of its own";
    }

    /** Whether the word stands alone on its line and is one of those that psql obeys without a backslash. */
    private boolean endsSession(SqlToken token) {
        String word = text.substring(token.start(), token.end()).toLowerCase(Locale.ROOT);
        if (!word.equals("exit") && !word.equals("quit") && !word.equals("help")) {
            return false;
        }
        int lineStart = text.lastIndexOf('\n', token.start() - 1) + 1;
        String before = text.substring(lineStart, token.start());
        String after = text.substring(token.end(), lexer.lineEnd(token.end())).strip();
        boolean alone = before.isBlank() && (after.isEmpty() || after.equals(";"));
        // in the middle of a statement only where psql looks for it: at the very start of a line, and not a column
        boolean amid = filled && (!before.isEmpty() || word.equals("help") || parentheses > 0 || body.open());
        return alone && !amid;
    }

    private void endOfSession(SqlToken token) {
        unfinishedBefore(text.substring(token.start(), token.end()), token.start());
        int end = lexer.lineEnd(token.end());
        lexer.moveTo(end);
        piece(Kind.META, token.start(), end, "");
        reset(end);
    }

    private String endProblem() {
        if (!problem.isEmpty()) {
            return problem;
        }
        if (parentheses > 0) {
            return "a parenthesis is not closed";
        }
        return body.open() ? "BEGIN ATOMIC has no END" : "";
    }

    private static String unclosed(SqlToken token) {
        return switch (token.type()) {
            case STRING -> "a string literal is not closed";
            case IDENTIFIER -> "a quoted identifier is not closed";
            case DOLLAR -> "a dollar-quoted string is not closed";
            default -> "a comment is not closed";
        };
    }

    private void sql(int end, String why) {
        piece(Kind.SQL, start, end, why);
        reset(end);
    }

    private void piece(Kind kind, int from, int end, String why) {
        int first = from;
        while (first < end && SqlLexer.isSpace(text.charAt(first))) {
            first++;
        }
        int last = end;
        while (last > first && SqlLexer.isSpace(text.charAt(last - 1))) {
            last--;
        }
        for (; countedTo < first; countedTo++) {
            countedLines += text.charAt(countedTo) == '\n' ? 1 : 0;
        }
        pieces.add(new Piece(kind, text.substring(first, last), countedLines, why.isEmpty(), why));
    }

    private void reset(int from) {
        start = from;
        filled = false;
        parentheses = 0;
        problem = "";
        firstWord = "";
        lastWord = "";
        copiesFromStdin = false;
        body.reset();
    }
}
