package dev.stepmark.sql;

/**
 * A piece of kind META taken apart, its arguments as they are written.
 *
 * @param name      with the backslash, or {@code exit}, {@code quit}, {@code help}
 * @param arguments what stands behind the name, up to the end of the command
 * @param query     the statement in front of it, or empty
 * @param data      what follows the command's line: data for COPY, the branches of {@code \if}
 */
public record CommandText(String name, String arguments, String query, String data) {

    /** Takes a piece apart. */
    public static CommandText of(String text) {
        return of(text, true);
    }

    /**
     * Takes a piece apart.
     *
     * @param standardStrings the server's standard_conforming_strings
     */
    public static CommandText of(String text, boolean standardStrings) {
        SqlLexer lexer = new SqlLexer(text, 0, standardStrings);
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            if (token.type() != SqlToken.Type.BACKSLASH) {
                continue;
            }
            if (text.startsWith("\\;", token.start()) || text.startsWith("\\:", token.start())) {
                lexer.moveTo(token.start() + 2);
                continue;
            }
            return at(text, token.start());
        }
        return new CommandText(text.strip().replaceFirst("\\s*;$", "").strip(), "", "", "");
    }

    private static CommandText at(String text, int start) {
        MetaScanner.Found found = MetaScanner.scan(text, start);
        String name = found.name();
        // psql itself rejects \q; but everybody writes it
        String plain = name.endsWith(";") && name.length() > 2 ? name.substring(0, name.length() - 1) : name;
        String data = found.next() < text.length() ? text.substring(found.next()) : "";
        return new CommandText(plain, text.substring(found.nameEnd(), found.end()), text.substring(0, start), data);
    }

    /** Whether it ends the psql session. */
    public boolean quits() {
        return name.equals("\\q") || name.equals("\\quit") || name.equalsIgnoreCase("exit")
                || name.equalsIgnoreCase("quit");
    }
}
