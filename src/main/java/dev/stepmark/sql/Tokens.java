package dev.stepmark.sql;

import dev.stepmark.sql.SqlToken.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The significant tokens of one statement, to be asked by position; positions outside answer as if empty. */
final class Tokens {

    /**
     * One token.
     *
     * @param word  lower-case text of a WORD, else the raw text
     * @param depth parentheses around it; a parenthesis itself has the depth outside it
     */
    private record Token(Type type, String word, String raw, int depth) { }

    private static final int DEEPEST = 20;

    private final List<Token> tokens;
    private final int level;

    private Tokens(List<Token> tokens, int level) {
        this.tokens = tokens;
        this.level = level;
    }

    static Tokens of(String sql) {
        List<Token> tokens = new ArrayList<>();
        SqlLexer lexer = new SqlLexer(sql, 0);
        int depth = 0;
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            if (!token.significant()) {
                continue;
            }
            String raw = sql.substring(token.start(), token.end());
            depth -= raw.equals(")") && depth > 0 ? 1 : 0;
            String word = token.type() == Type.WORD ? raw.toLowerCase(Locale.ROOT) : raw;
            tokens.add(new Token(token.type(), word, raw, depth));
            depth += raw.equals("(") ? 1 : 0;
        }
        return new Tokens(tokens, 0);
    }

    int size() {
        return tokens.size();
    }

    /** The lower-case word or the raw text at a position; empty outside. */
    String at(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i).word() : "";
    }

    boolean is(int i, String word) {
        return at(i).equals(word);
    }

    boolean isAny(int i, String... words) {
        return List.of(words).contains(at(i));
    }

    boolean isWord(int i) {
        return i >= 0 && i < tokens.size() && tokens.get(i).type() == Type.WORD;
    }

    int depth(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i).depth() : 0;
    }

    /** Whether a name (quoted or not) stands there. */
    boolean isName(int i) {
        return isWord(i) || i >= 0 && i < tokens.size() && tokens.get(i).type() == Type.IDENTIFIER;
    }

    /** The position of the first of the words at the given depth from {@code from} on, or -1. */
    int find(int from, int depth, String... words) {
        List<String> wanted = List.of(words);
        for (int i = Math.max(0, from); i < tokens.size(); i++) {
            if (depth(i) == depth && isWord(i) && wanted.contains(at(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The position after the parenthesis that closes the one at {@code open}. */
    int afterClose(int open) {
        for (int i = open + 1; i < tokens.size(); i++) {
            if (is(i, ")") && depth(i) == depth(open)) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    /** The tokens from {@code from} to before {@code to}, with depth counted anew. */
    Tokens range(int from, int to) {
        int outside = depth(from);
        return new Tokens(tokens.subList(from, to).stream()
                .map(t -> new Token(t.type(), t.word(), t.raw(), t.depth() - outside)).toList(),
                level + 1);
    }

    /** Whether this is a statement inside so many others that nobody wrote it: it is not looked through. */
    boolean tooDeep() {
        return level > DEEPEST;
    }

    /** The position after the qualified name that begins at {@code i}. */
    int afterName(int i) {
        int next = i + 1;
        while (is(next, ".") && (isName(next + 1) || is(next + 1, "*"))) {
            next += 2;
        }
        return next;
    }

    /** The qualified name at {@code i}, quotes dropped where PostgreSQL would not need them; empty when none. */
    String name(int i) {
        if (!isName(i)) {
            return "";
        }
        StringBuilder name = new StringBuilder();
        for (int part = i; part < afterName(i); part++) {
            Token token = tokens.get(part);
            name.append(token.type() == Type.IDENTIFIER ? unquoted(token.raw()) : token.word());
        }
        return name.toString();
    }

    private static String unquoted(String identifier) {
        if (!identifier.startsWith("\"")) {
            return identifier;
        }
        String inner = identifier.substring(1, Math.max(1, identifier.length() - 1));
        return inner.matches("[a-z_][a-z0-9_$]*") ? inner : identifier;
    }

    /** The words from 0 to before {@code end}, joined with spaces. */
    String words(int end) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < Math.min(end, tokens.size()); i++) {
            words.append(i == 0 ? "" : " ").append(at(i));
        }
        return words.toString();
    }
}
