package dev.stepmark.sql;

import dev.stepmark.sql.SqlToken.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
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

    /** {@code SET standard_conforming_strings = off}: what follows is cut by other rules. */
    private static final Pattern STANDARD_STRINGS = Pattern.compile(
            "(?is)\\s*SET\\s+(?:SESSION\\s+)?standard_conforming_strings\\s*(?:=|\\s+TO\\s)\\s*'?(\\w+)'?\\s*;?\\s*");

    private final String text;
    private final SqlLexer lexer;
    private final boolean flat;
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
    private boolean severalStatements;
    private OnPiece onPiece = (piece, end) -> true;
    private boolean over;
    private int countedTo;
    private int countedLines;

    private SqlSplitter(String text, boolean standardStrings, boolean flat) {
        this.text = text;
        this.lexer = new SqlLexer(text, 0, standardStrings);
        this.flat = flat;
    }

    /** The pieces of a script, in order. Never fails; pieces of comments only are left out. */
    public static List<Piece> split(String text) {
        return split(text, true);
    }

    /**
     * The pieces of a script for a server whose standard_conforming_strings are known.
     *
     * @param standardStrings whether a backslash in a plain literal stands for itself
     */
    public static List<Piece> split(String text, boolean standardStrings) {
        return new SqlSplitter(text, standardStrings, false).run();
    }

    /** The same with {@code \if}, {@code \elif}, {@code \else} and {@code \endif} as pieces of their own. */
    public static List<Piece> flat(String text, boolean standardStrings) {
        return new SqlSplitter(text, standardStrings, true).run();
    }

    private List<Piece> run() {
        while (lexer.hasNext() && !over) {
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
        if (filled && !over) {
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
        if (copiesFromStdin && !severalStatements) {
            int dataEnd = copyDataEnd(end);
            lexer.moveTo(dataEnd);
            sql(dataEnd, problem.isEmpty() ? copyProblem(dataEnd) : problem);
            return;
        }
        Matcher setting = STANDARD_STRINGS.matcher(text.substring(start, end));
        sql(end, copiesFromStdin ? "COPY FROM STDIN together with other statements" : problem);
        if (setting.matches()) {
            PsqlBoolean.parse(setting.group(1)).ifPresent(lexer::standardStrings);
        }
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
            // a semicolon that does not send, a colon that begins no variable
            filled = true;
            if (text.charAt(at + 1) == ';') {
                problem = copiesFromStdin ? "COPY FROM STDIN together with other statements" : problem;
                severalStatements = true;
                body.reset();
                firstWord = "";
            }
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
        why = copiesFromStdin && why.isEmpty() ? "COPY FROM STDIN with its data is sent by a semicolon here" : why;
        if (name.equals("\\g") && bare) {
            sql(at, why);
        } else {
            piece(Kind.META, start, found.end(), why);
        }
        reset(found.next());
    }

    private void command(String name, int at, MetaScanner.Found found) {
        if (name.equals("\\if") && !flat) {
            conditional(at, found.next());
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

    /** A whole {@code \if} with all its branches, which runs to its {@code \endif}. */
    private void conditional(int at, int from) {
        SqlSplitter inside = new SqlSplitter(text.substring(from), lexer.standardStrings(), true);
        Depth depth = new Depth();
        inside.onPiece = depth::piece;
        List<Piece> body = inside.run();
        boolean closed = depth.end >= 0;
        lexer.moveTo(closed ? from + depth.end : text.length());
        String why = closed ? body.subList(0, depth.pieces).stream().map(Piece::problem).filter(p -> !p.isEmpty())
                .findFirst().orElse("") : "\\if has no \\endif";
        piece(Kind.META, at, lexer.position(), why);
    }

    /** Looks for the end of a conditional. */
    private static final class Depth {
        private int depth = 1;
        private int pieces;
        private int end = -1;

        boolean piece(Piece piece, int pieceEnd) {
            pieces++;
            String name = piece.kind() == Kind.META ? MetaCommand.parse(piece.text()).name() : "";
            depth += name.equals("\\if") ? 1 : name.equals("\\endif") ? -1 : 0;
            end = depth == 0 ? pieceEnd : -1;
            return depth > 0;
        }
    }

    /** Told of a piece and its end; false ends the splitting. */
    private interface OnPiece {
        boolean piece(Piece piece, int end);
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
        Piece piece = new Piece(kind, text.substring(first, last), countedLines, why.isEmpty(), why);
        pieces.add(piece);
        over |= !onPiece.piece(piece, last);
    }

    private void reset(int from) {
        start = from;
        filled = false;
        parentheses = 0;
        problem = "";
        firstWord = "";
        lastWord = "";
        copiesFromStdin = false;
        severalStatements = false;
        body.reset();
    }
}
