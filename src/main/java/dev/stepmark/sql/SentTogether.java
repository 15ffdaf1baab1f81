package dev.stepmark.sql;

import java.util.ArrayList;
import java.util.List;

/** Statements that {@code \;} joins: psql sends them as one text, and the server runs them as one transaction. */
public final class SentTogether {

    private SentTogether() { }

    /** The statements of one piece; most pieces have one. */
    public static List<String> parts(String text) {
        if (!text.contains("\\;")) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        SqlLexer lexer = new SqlLexer(text, 0);
        int start = 0;
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            if (token.type() == SqlToken.Type.BACKSLASH && text.startsWith("\\;", token.start())) {
                parts.add(text.substring(start, token.start()));
                start = token.start() + 2;
                lexer.moveTo(start);
            }
        }
        String last = text.substring(start);
        if (parts.isEmpty() || !last.replace(";", "").isBlank()) {
            parts.add(last);
        }
        return parts;
    }
}
