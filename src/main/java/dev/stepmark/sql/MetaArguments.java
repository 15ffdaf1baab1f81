package dev.stepmark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The arguments of one meta-command, read one after the other as psql reads them (psqlscanslash.l): quotes taken off,
 * variables filled in, backticks run.
 */
public final class MetaArguments {

    /** How an argument is read. */
    public enum Type {
        /** Double quotes stay. */
        NORMAL,
        /** Double quotes go, and letters outside them become lower case. */
        SQL_NAME,
        /** Double quotes go, letters stay. */
        NAME_AS_WRITTEN,
        /** A pipe takes the rest of the line. */
        FILE_OR_PIPE,
        /** The rest of the line as it is. */
        WHOLE_LINE
    }

    /** Where values come from. */
    public interface Source {

        /** The value of a variable. */
        Optional<String> variable(String name);

        /** What a program printed, its last line feed taken off. */
        String program(String command);
    }

    /**
     * An argument.
     *
     * @param text  its value
     * @param plain whether no quote, backtick or variable was in it
     */
    public record Argument(String text, boolean plain) { }

    private final String text;
    private final Source source;
    private int at;
    private int unquoted;
    private boolean plain;
    private boolean broken;

    /**
     * @param text   what stands behind the command's name, up to its end
     * @param source values
     */
    public MetaArguments(String text, Source source) {
        this.text = text;
        this.source = source;
    }

    /** Whether a quote was not closed; psql refuses the command then. */
    public boolean broken() {
        return broken;
    }

    /** All that are left, read as {@link Type#NORMAL}. */
    public List<String> rest() {
        List<String> out = new ArrayList<>();
        for (Optional<Argument> next = next(Type.NORMAL, false); next.isPresent(); next = next(Type.NORMAL, false)) {
            out.add(next.get().text());
        }
        return out;
    }

    /**
     * The next argument.
     *
     * @param type      how to read it
     * @param semicolon whether semicolons at its end are dropped
     */
    public Optional<Argument> next(Type type, boolean semicolon) {
        while (at < text.length() && SqlLexer.isSpace(text.charAt(at))) {
            at++;
        }
        if (at >= text.length() || text.charAt(at) == '\\' && type != Type.WHOLE_LINE) {
            return Optional.empty();
        }
        if (type == Type.WHOLE_LINE || type == Type.FILE_OR_PIPE && text.charAt(at) == '|') {
            return Optional.of(new Argument(wholeLine(semicolon), true));
        }
        StringBuilder out = new StringBuilder();
        unquoted = 0;
        plain = true;
        while (at < text.length() && !SqlLexer.isSpace(text.charAt(at)) && text.charAt(at) != '\\') {
            part(out);
        }
        while (semicolon && unquoted-- > 0 && out.length() > 0 && out.charAt(out.length() - 1) == ';') {
            out.setLength(out.length() - 1);
        }
        boolean name = type == Type.SQL_NAME || type == Type.NAME_AS_WRITTEN;
        return broken ? Optional.empty() : Optional.of(new Argument(name ? dequoted(out.toString(),
                type == Type.SQL_NAME) : out.toString(), plain));
    }

    private String wholeLine(boolean semicolon) {
        int end = text.length();
        while (semicolon && end > at && (text.charAt(end - 1) == ';' || SqlLexer.isSpace(text.charAt(end - 1)))) {
            end--;
        }
        String line = text.substring(at, end);
        at = text.length();
        return line;
    }

    private void part(StringBuilder out) {
        char c = text.charAt(at);
        switch (c) {
            case '\'' -> out.append(single());
            case '"' -> out.append(doubled());
            case '`' -> backticks(out);
            case ':' -> variable(out);
            default -> {
                out.append(c);
                unquoted++;
                at++;
            }
        }
    }

    private void quoted() {
        unquoted = 0;
        plain = false;
    }

    private String single() {
        quoted();
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                escape(out);
            } else if (c == '\'' && text.startsWith("''", at)) {
                out.append('\'');
                at += 2;
            } else if (c == '\'') {
                at++;
                return out.toString();
            } else {
                out.append(c);
                at++;
            }
        }
        broken = true;
        return out.toString();
    }

    private void escape(StringBuilder out) {
        char c = text.charAt(at + 1);
        at += 2;
        int plainEscape = "ntbrf".indexOf(c);
        if (plainEscape >= 0) {
            out.append("\n\t\b\r\f".charAt(plainEscape));
        } else if (c >= '0' && c <= '7') {
            number(out, at - 1, 3, 8);
        } else if (c == 'x' && at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
            number(out, at, 2, 16);
        } else {
            out.append(c);
        }
    }

    private void number(StringBuilder out, int from, int digits, int radix) {
        int end = from;
        int value = 0;
        while (end < text.length() && end < from + digits && Character.digit(text.charAt(end), radix) >= 0) {
            value = value * radix + Character.digit(text.charAt(end), radix);
            end++;
        }
        out.append((char) (value & 0xff));
        at = end;
    }

    private String doubled() {
        quoted();
        int close = text.indexOf('"', at + 1);
        broken |= close < 0;
        String part = text.substring(at, close < 0 ? text.length() : close + 1);
        at += part.length();
        return part;
    }

    private void backticks(StringBuilder out) {
        quoted();
        StringBuilder command = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '`') {
            Optional<VariableReference> reference = text.charAt(at) == ':' ? VariableReference.at(text, at)
                    : Optional.empty();
            Optional<String> value = reference.flatMap(r -> shellValue(r));
            command.append(value.orElseGet(() -> Character.toString(text.charAt(at))));
            at = value.isPresent() ? reference.get().end() : at + 1;
        }
        broken |= at >= text.length();
        at++;
        if (!broken) {
            out.append(source.program(command.toString()));
        }
    }

    private Optional<String> shellValue(VariableReference reference) {
        return switch (reference.form()) {
            case PLAIN -> source.variable(reference.name());
            case LITERAL -> source.variable(reference.name()).map(v -> "'" + v.replace("'", "'\"'\"'") + "'");
            default -> Optional.empty();
        };
    }

    private void variable(StringBuilder out) {
        Optional<VariableReference> reference = VariableReference.at(text, at);
        Optional<String> value = reference.flatMap(r -> r.form() == VariableReference.Form.TEST
                ? Optional.of(source.variable(r.name()).isPresent() ? "TRUE" : "FALSE")
                : source.variable(r.name()).map(r::quoted));
        if (value.isPresent()) {
            out.append(value.get());
            at = reference.get().end();
            quoted();
        } else if (reference.isPresent()) {
            // as psql has it: what names no variable is taken whole, its quotes included
            out.append(text, at, reference.get().end());
            at = reference.get().end();
            quoted();
        } else {
            out.append(':');
            unquoted++;
            at++;
        }
    }

    private static String dequoted(String word, boolean lower) {
        StringBuilder out = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c != '"') {
                out.append(lower && !inside ? Character.toString(c).toLowerCase(Locale.ROOT) : Character.toString(c));
            } else if (inside && word.startsWith("\"\"", i)) {
                out.append('"');
                i++;
            } else {
                inside = !inside;
            }
        }
        return out.toString();
    }
}
