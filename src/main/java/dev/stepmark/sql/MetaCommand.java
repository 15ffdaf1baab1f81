package dev.stepmark.sql;

import dev.stepmark.runbook.Risk;
import java.util.ArrayList;
import java.util.List;

/**
 * A psql meta-command with its arguments unquoted.
 *
 * @param name      with the backslash ({@code \c}), or {@code exit}, {@code quit}, {@code help}; empty when the text
 *                  holds none
 * @param arguments as psql hands them to the command; one for commands that take the whole line ({@code \!})
 * @param query     the statement in front of it, which it sends ({@code SELECT 1 \gset}); for {@code \if} what
 *                  follows the condition; else empty
 * @param shell     whether an argument runs a program, by backticks or a pipe
 */
public record MetaCommand(String name, List<String> arguments, String query, boolean shell) {

    public MetaCommand {
        arguments = List.copyOf(arguments);
    }

    /** Reads a piece of kind META. */
    public static MetaCommand parse(String text) {
        SqlLexer lexer = new SqlLexer(text, 0);
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            boolean escaped = text.startsWith("\\;", token.start()) || text.startsWith("\\:", token.start());
            if (token.type() == SqlToken.Type.BACKSLASH && !escaped) {
                return at(text, token.start());
            }
        }
        String word = text.strip().replaceFirst("\\s*;$", "").strip();
        return new MetaCommand(word, List.of(), "", false);
    }

    /** How much it can do; unknown commands and what runs a program or another script is UNKNOWN. */
    public Risk risk() {
        return MetaRisk.of(this);
    }

    /** Whether it only looks, whatever the statement in front of it does. */
    public boolean onlyLooks() {
        return new MetaCommand(name, arguments, "", shell).risk() == Risk.READ_ONLY
                || !query.isEmpty() && arguments.isEmpty() && !shell && !name.equals("\\gexec");
    }

    /** Whether it ends the psql session. */
    public boolean quits() {
        return name.equals("\\q") || name.equals("\\quit") || name.equalsIgnoreCase("exit")
                || name.equalsIgnoreCase("quit");
    }

    private static MetaCommand at(String text, int start) {
        MetaScanner.Found found = MetaScanner.scan(text, start);
        String name = found.name();
        boolean verbatim = name.equals("\\echo") || name.equals("\\qecho") || name.equals("\\warn")
                || name.equals("\\set");
        String rest = text.substring(found.nameEnd(), found.end());
        String query = name.equals("\\if") ? text.substring(found.next()).strip() : text.substring(0, start).strip();
        if (MetaScanner.wholeLine(name, rest)) {
            String whole = rest.strip();
            boolean runs = name.equals("\\!") || whole.startsWith("|");
            return new MetaCommand(name, whole.isEmpty() ? List.of() : List.of(whole), query, runs);
        }
        Arguments arguments = new Arguments(rest, name.equals("\\c") || name.equals("\\connect"), !verbatim);
        // psql itself rejects \q; but everybody writes it
        String plain = name.endsWith(";") && name.length() > 2 ? name.substring(0, name.length() - 1) : name;
        return new MetaCommand(plain, arguments.read(), query, arguments.shell);
    }

    /** Cuts and unquotes arguments (psqlscanslash.l, states xslasharg and xslashquote). */
    private static final class Arguments {

        private final String text;
        private final boolean identifiers;
        private final boolean dropSemicolon;
        private boolean shell;
        private boolean quoted;

        Arguments(String text, boolean identifiers, boolean dropSemicolon) {
            this.text = text;
            this.identifiers = identifiers;
            this.dropSemicolon = dropSemicolon;
        }

        List<String> read() {
            List<String> words = new ArrayList<>();
            int i = 0;
            while (i < text.length()) {
                if (SqlLexer.isSpace(text.charAt(i))) {
                    i++;
                    continue;
                }
                StringBuilder word = new StringBuilder();
                i = argument(i, word);
                int length = word.length();
                while (dropSemicolon && !quoted && length > 0 && word.charAt(length - 1) == ';') {
                    length--;
                }
                if (length > 0 || quoted) {
                    words.add(word.substring(0, length));
                }
            }
            return words;
        }

        private int argument(int from, StringBuilder word) {
            int i = from;
            quoted = false;
            while (i < text.length() && !SqlLexer.isSpace(text.charAt(i))) {
                char c = text.charAt(i);
                quoted = c == '\'' || c == '"' || c == '`';
                if (quoted) {
                    int end = MetaScanner.quoteEnd(text, i, text.length());
                    quotedPart(text.substring(i, Math.min(end, text.length())), word);
                    i = end;
                } else {
                    word.append(c);
                    i++;
                }
            }
            return i;
        }

        private void quotedPart(String part, StringBuilder word) {
            char quote = part.charAt(0);
            boolean closed = part.length() > 1 && part.charAt(part.length() - 1) == quote;
            String inner = part.substring(1, closed ? part.length() - 1 : part.length());
            if (quote == '\'') {
                unescape(inner, word);
            } else if (quote == '"' && identifiers) {
                word.append(inner);
            } else {
                shell |= quote == '`';
                word.append(part);
            }
        }

        private static void unescape(String inner, StringBuilder word) {
            for (int i = 0; i < inner.length(); i++) {
                char c = inner.charAt(i);
                if (c != '\\' || i + 1 == inner.length()) {
                    word.append(c);
                    continue;
                }
                char escaped = inner.charAt(++i);
                word.append(switch (escaped) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    default -> escaped;
                });
            }
        }
    }
}
