package dev.stepmark.sql;

import java.util.Locale;
import java.util.Optional;

/**
 * What {@code \copy} is to do (psql's copy.c).
 *
 * @param what  table with its columns, or a query in parentheses
 * @param from  whether rows go to the server
 * @param place what kind of place the rows are read from or written to
 * @param name  file or command; empty for the others
 * @param after options, as they are handed on to COPY
 */
public record CopySpec(String what, boolean from, Place place, String name, String after) {

    /** Kinds of places. */
    public enum Place {
        /** A file of this machine. */
        FILE,
        /** The output or input of a program of this machine. */
        PROGRAM,
        /** The script itself, or where results go. */
        SCRIPT,
        /** psql's own standard input or output. */
        STANDARD
    }

    /** Reads the arguments; empty when they are not understood. */
    public static Optional<CopySpec> parse(String arguments) {
        SqlLexer lexer = new SqlLexer(arguments, 0);
        int depth = 0;
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            if (!token.closed()) {
                return Optional.empty();
            }
            String text = arguments.substring(token.start(), token.end());
            depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
            boolean from = text.equalsIgnoreCase("from");
            if (depth == 0 && token.type() == SqlToken.Type.WORD && (from || text.equalsIgnoreCase("to"))) {
                String what = arguments.substring(0, token.start()).strip();
                return what.isEmpty() ? Optional.empty() : place(what, from, arguments.substring(token.end()));
            }
        }
        return Optional.empty();
    }

    private static Optional<CopySpec> place(String what, boolean from, String rest) {
        String text = rest.strip();
        String word = text.split("[\\s;]", 2)[0];
        if (word.equalsIgnoreCase("program")) {
            String command = text.substring(word.length()).strip();
            return command.startsWith("'") ? quoted(what, from, Place.PROGRAM, command) : Optional.empty();
        }
        if (text.startsWith("'")) {
            return quoted(what, from, Place.FILE, text);
        }
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Place place = switch (word.toLowerCase(Locale.ROOT)) {
            case "stdin", "stdout" -> Place.SCRIPT;
            case "pstdin", "pstdout" -> Place.STANDARD;
            default -> Place.FILE;
        };
        return Optional.of(new CopySpec(what, from, place, place == Place.FILE ? word : "",
                text.substring(word.length()).strip()));
    }

    private static Optional<CopySpec> quoted(String what, boolean from, Place place, String text) {
        StringBuilder name = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) != '\'') {
                name.append(text.charAt(i));
            } else if (text.startsWith("''", i)) {
                name.append('\'');
                i++;
            } else {
                return Optional.of(new CopySpec(what, from, place, name.toString(), text.substring(i + 1).strip()));
            }
        }
        return Optional.empty();
    }

    /** The statement that goes to the server. */
    public String statement() {
        return "COPY " + what + (from ? " FROM STDIN " : " TO STDOUT ") + after;
    }
}
