package dev.stepmark.binding;

import dev.stepmark.binding.Filling.Edit;
import dev.stepmark.shell.ShellContext;
import dev.stepmark.sql.SqlQuote;
import dev.stepmark.sql.ValuePlace;
import dev.stepmark.sql.ValuePlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes values into SQL and psql's meta-commands, each as the kind that its place is. */
final class SqlFiller {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,30})?");
    private static final Pattern QUALIFIED = Pattern.compile("[^\".]+(\\.[^\".]+){1,2}");
    private static final Pattern BARE_ARGUMENT = Pattern.compile("[A-Za-z0-9_./@%+=,-]+");
    /** What a connection string is: psql takes it apart wherever a database's name may stand. */
    private static final Pattern CONNECTION = Pattern.compile("(?s).*=.*|postgres(ql)?://.*");

    private final Filling filling;
    private final String text;

    /** @param text the marked text, or a part of it that is SQL */
    SqlFiller(Filling filling, String text) {
        this.filling = filling;
        this.text = text;
    }

    /** What takes the place of what; a value that does not fit is left out and said. */
    List<Edit> edits() {
        List<Edit> out = new ArrayList<>();
        for (ValuePlace place : ValuePlaces.of(text, filling::isHole)) {
            try {
                out.addAll(edits(place));
            } catch (Unfit e) {
                filling.problem(e.getMessage());
            }
        }
        return out;
    }

    static Hole.Kind kind(ValuePlace.Kind kind) {
        return switch (kind) {
            case NAME, IDENTIFIER, UNICODE_IDENTIFIER, PATTERN -> Hole.Kind.IDENTIFIER;
            case LITERAL, ESCAPED, UNICODE, BITS, VALUE -> Hole.Kind.LITERAL;
            case ARGUMENT, ARGUMENT_SINGLE, ARGUMENT_DOUBLE -> Hole.Kind.ARGUMENT;
            case DOLLAR, COMMENT -> Hole.Kind.TEXT;
            case RAW -> Hole.Kind.RAW;
            case PROGRAM -> Hole.Kind.UNKNOWN;
        };
    }

    private List<Edit> edits(ValuePlace place) {
        String token = text.substring(place.start(), place.end());
        refuseSecrets(token, place);
        return switch (place.kind()) {
            case LITERAL -> literal(place, token);
            case NAME -> List.of(whole(place, name(token)));
            case VALUE -> List.of(whole(place, bare(token)));
            case RAW -> List.of(whole(place, joined(token, false)));
            case COMMENT -> comment(place, token);
            case ESCAPED, UNICODE, UNICODE_IDENTIFIER -> escaped(place, token);
            default -> each(place, token);
        };
    }

    private void refuseSecrets(String token, ValuePlace place) {
        for (char c : token.toCharArray()) {
            boolean secret = filling.isHole(c) && filling.marked().placeholder(c).secret();
            if (secret && place.kind() != ValuePlace.Kind.COMMENT) {
                throw new Unfit("the secret " + filling.marked().placeholder(c).name()
                        + " cannot be put into SQL text, where the server would log it");
            }
        }
    }

    /** The token with its values in it as they are; letters of the document folded as the server does. */
    private String joined(String token, boolean fold) {
        StringBuilder out = new StringBuilder();
        for (char c : token.toCharArray()) {
            out.append(filling.isHole(c) ? filling.value(c) : fold ? String.valueOf(c).toLowerCase(Locale.ROOT) : c);
        }
        return out.toString();
    }

    private String name(String token) {
        String value = joined(token, true);
        char first = token.charAt(0);
        if (value.isEmpty()) {
            throw filling.unfit(hole(token), "is empty, and a name is wanted here");
        }
        if (token.length() == 1 && filling.typed(first) && QUALIFIED.matcher(value).matches()) {
            StringBuilder out = new StringBuilder();
            for (String part : value.split("\\.")) {
                out.append(out.isEmpty() ? "" : ".").append(SqlQuote.identifier(part));
            }
            return out.toString();
        }
        return SqlQuote.identifier(value);
    }

    private char hole(String token) {
        return (char) token.chars().filter(filling::isHole).findFirst().orElseThrow();
    }

    private String bare(String token) {
        String value = joined(token, false);
        return NUMBER.matcher(value).matches() ? value : SqlQuote.literal(value);
    }

    /** A whole token; where a quote or an operator would stick to it, with a blank between. */
    private Edit whole(ValuePlace place, String value) {
        char before = place.start() == 0 ? ' ' : text.charAt(place.start() - 1);
        char after = place.end() == text.length() ? ' ' : text.charAt(place.end());
        boolean apart = "'\"&:$@-+*/<>~!#%^|?`".indexOf(before) >= 0;
        return new Edit(place.start(), place.end(), (apart ? " " : "") + value + ("'\"$".indexOf(after) >= 0 ? " " : ""));
    }

    /** A backslash is an escape or none, as the server is set: E'' reads the same either way. */
    private List<Edit> literal(ValuePlace place, String token) {
        boolean national = token.length() > 1 && token.charAt(0) != '\'';
        String value = joined(token, false);
        boolean quotes = token.chars().filter(filling::isHole).anyMatch(c -> filling.value((char) c).indexOf('\'') >= 0);
        boolean valueEscapes = token.chars().filter(filling::isHole)
                .anyMatch(c -> filling.value((char) c).indexOf('\\') >= 0);
        if (!valueEscapes && !(quotes && value.indexOf('\\') >= 0)) {
            return each(place, token);
        }
        if (national) {
            throw filling.unfit(hole(token), "has a backslash, which stands for different things in an N'' literal");
        }
        StringBuilder out = new StringBuilder("E");
        for (char c : token.toCharArray()) {
            out.append(filling.isHole(c) ? SqlQuote.escapeEscaped(filling.value(c)) : c == '\\' ? "\\\\" : c);
        }
        return List.of(new Edit(place.start(), place.end(), out.toString()));
    }

    private List<Edit> escaped(ValuePlace place, String token) {
        for (int i = place.prefix(); i < token.length(); i++) {
            boolean hole = filling.isHole(token.charAt(i));
            if (hole && Before.of(token.substring(0, i), ShellContext.ANSI) == Before.TAKES) {
                throw filling.unfit(token.charAt(i), "would become a part of the escape in front of it");
            }
        }
        return each(place, token);
    }

    private List<Edit> comment(ValuePlace place, String token) {
        List<Edit> out = new ArrayList<>();
        for (int i = 0; i < token.length(); i++) {
            boolean known = filling.isHole(token.charAt(i)) && !filling.marked().placeholder(token.charAt(i)).secret();
            if (known && !filling.value(token.charAt(i)).matches("(?s).*(\\R|\\*/|/\\*|[*/]$|^[*/]).*")) {
                out.add(new Edit(place.start() + i, place.start() + i + 1, filling.value(token.charAt(i))));
            }
        }
        return out;
    }

    /** Each hole by itself, what is around it unchanged. */
    private List<Edit> each(ValuePlace place, String token) {
        List<Edit> out = new ArrayList<>();
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (filling.isHole(c)) {
                out.add(new Edit(place.start() + i, place.start() + i + 1, inside(place.kind(), c, filling.value(c))));
            }
        }
        return out;
    }

    private String inside(ValuePlace.Kind kind, char mark, String value) {
        return switch (kind) {
            case LITERAL -> value.replace("'", "''");
            case ESCAPED, UNICODE -> SqlQuote.escapeEscaped(value);
            case IDENTIFIER, ARGUMENT_DOUBLE -> nonEmpty(mark, value).replace("\"", "\"\"");
            case UNICODE_IDENTIFIER -> nonEmpty(mark, value).replace("\\", "\\\\").replace("\"", "\"\"");
            case BITS -> fitting(mark, value, "[0-9A-Fa-f]*", "is no string of bits");
            case DOLLAR -> fitting(mark, value, "[^$]*", "has a dollar sign, which may end the text that it is in");
            case ARGUMENT -> argument(mark, value);
            case ARGUMENT_SINGLE -> argumentQuoted(mark, value);
            case PATTERN -> SqlQuote.isPlainIdentifier(value) || value.matches("[a-z0-9_.*?]+") && filling.typed(mark)
                    ? value : "\"" + SqlQuote.escapeIdentifier(oneLine(mark, nonEmpty(mark, value))) + "\"";
            default -> fitting(mark, value, "[A-Za-z0-9_./@%+,:-]+", "has characters that need quoting, and a shell reads"
                    + " this text in its own way");
        };
    }

    private String nonEmpty(char mark, String value) {
        if (value.isEmpty()) {
            throw filling.unfit(mark, "is empty, and a name is wanted here");
        }
        return value;
    }

    private String fitting(char mark, String value, String pattern, String otherwise) {
        if (!Pattern.compile(pattern, Pattern.DOTALL).matcher(value).matches()) {
            throw filling.unfit(mark, otherwise);
        }
        return value;
    }

    /** The arguments of a meta-command end with the line. */
    private String oneLine(char mark, String value) {
        return fitting(mark, value, "[^\\r\\n]*", "has several lines, and a meta-command has one");
    }

    private String argument(char mark, String value) {
        if (text.strip().matches("(?is)\\\\c(onnect)?\\b.*") && CONNECTION.matcher(value).matches()) {
            throw filling.unfit(mark, "is a connection string, which psql would take apart");
        }
        return BARE_ARGUMENT.matcher(value).matches() ? value : "'" + argumentQuoted(mark, value) + "'";
    }

    private static String argumentQuoted(char mark, String value) {
        return value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n").replace("\r", "\\r");
    }
}
