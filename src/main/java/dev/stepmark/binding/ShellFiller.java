package dev.stepmark.binding;

import dev.stepmark.binding.Filling.Edit;
import dev.stepmark.binding.Interpreters.Language;
import dev.stepmark.shell.ShellContext;
import dev.stepmark.shell.ShellPlace;
import dev.stepmark.shell.ShellQuote;
import dev.stepmark.sql.ValuePlaces;
import java.util.List;
import java.util.regex.Pattern;

/** Writes values into shell text, quoted for their place, and for what reads the word after the shell. */
final class ShellFiller {

    /** Means the same to every interpreter, quoted or not. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.:/@%+=,-]+");
    private static final int DEEPEST = 5;

    private final Filling filling;

    ShellFiller(Filling filling) {
        this.filling = filling;
    }

    /** Fills every hole of a text of the shell. */
    void fill() {
        String text = filling.marked().text();
        ShellSecrets secrets = new ShellSecrets(filling, text);
        boolean raw = false;
        for (char mark : filling.marked().places().keySet()) {
            ShellPlace place = ShellPlace.of(text, mark);
            raw |= kind(place, mark) == Hole.Kind.RAW;
            try {
                if (filling.marked().placeholder(mark).secret()) {
                    secrets.fill(mark, place);
                } else {
                    int at = text.indexOf(mark);
                    filling.edit(at, at + 1, piece(text, mark, filling.value(mark), 0));
                }
            } catch (Unfit e) {
                filling.problem(e.getMessage());
            }
        }
        if (!raw && !ShellPlace.form(text).equals(ShellPlace.form(applied(text)))) {
            filling.problem("a value would change what the command is, whatever its quotes");
        }
        secrets.moveOutOfArguments();
    }

    private String applied(String text) {
        StringBuilder out = new StringBuilder(text);
        filling.edits().stream().sorted((a, b) -> b.start() - a.start())
                .forEach(e -> out.replace(e.start(), e.end(), e.text()));
        return out.toString();
    }

    Hole.Kind kind(ShellPlace place, char mark) {
        if (place.index() == 0 && place.word().equals(String.valueOf(mark))
                && place.context() == ShellContext.UNQUOTED) {
            return Hole.Kind.RAW;
        }
        Language language = Interpreters.of(place);
        return switch (language) {
            case SHELL -> Interpreters.text(place).equals(place.word()) && place.word().equals(String.valueOf(mark))
                    ? Hole.Kind.RAW : kind(ShellPlace.of(Interpreters.text(place), mark), mark);
            case SQL -> sqlKind(place.word(), mark);
            case OTHER -> Hole.Kind.UNKNOWN;
            default -> place.context() == ShellContext.COMMENT || place.hereDocument() ? Hole.Kind.TEXT
                    : UrlPart.of(place.word(), mark) != null ? Hole.Kind.URL_PART : Hole.Kind.WORD;
        };
    }

    private Hole.Kind sqlKind(String text, char mark) {
        return ValuePlaces.of(text, filling::isHole).stream().filter(p -> p.start() <= text.indexOf(mark)
                && text.indexOf(mark) < p.end()).findFirst().map(p -> SqlFiller.kind(p.kind())).orElse(Hole.Kind.UNKNOWN);
    }

    /** What takes the place of a hole in a text of the shell. */
    private String piece(String text, char mark, String value, int level) {
        ShellPlace place = ShellPlace.of(text, mark);
        if (place.index() == 0 && kind(place, mark) == Hole.Kind.RAW) {
            return value;
        }
        String inner = inner(place, mark, value, level);
        int at = text.indexOf(mark);
        Before before = Before.of(text.substring(0, at), place.context());
        if (before == Before.TAKES && (place.context() == ShellContext.ANSI || !SAFE.matcher(value).matches())) {
            throw filling.unfit(mark, "has characters that need quoting, and stands behind a character that gives them"
                    + " another meaning");
        }
        String piece = quoted(place, mark, inner, at + 1 < text.length() ? text.charAt(at + 1) : ' ',
                filling.typed(mark) && beginsWord(text, at));
        return before == Before.VARIABLE ? apart(place.context(), mark, piece) : piece;
    }

    /** {@code $A<X>}: the value must not become a part of the variable's name. */
    private String apart(ShellContext context, char mark, String piece) {
        if (context == ShellContext.DOUBLE) {
            return "\"\"" + piece;
        }
        if (context == ShellContext.UNQUOTED) {
            return "''" + piece;
        }
        return fitting(mark, piece, "([^A-Za-z0-9_].*)?", "would become a part of the variable's name in front of it");
    }

    private static boolean beginsWord(String text, int at) {
        return at == 0 || Character.isWhitespace(text.charAt(at - 1)) || text.charAt(at - 1) == '=';
    }

    /** The value as what reads the word after the shell wants it. */
    private String inner(ShellPlace place, char mark, String value, int level) {
        switch (Interpreters.of(place)) {
            case SQL:
                return sql(place.word(), mark, value);
            case SHELL:
                if (level == DEEPEST) {
                    throw filling.unfit(mark, "stands in a shell in a shell, too many of them");
                }
                return piece(Interpreters.text(place), mark, value, level + 1);
            case OTHER:
                if (!SAFE.matcher(value).matches()) {
                    throw filling.unfit(mark, "has characters that need quoting in the code of " + program(place)
                            + ", whose rules are not known here");
                }
                return value;
            default:
                UrlPart part = UrlPart.of(place.word(), mark);
                return part == null ? value : part.write(filling, mark, place.word(), value);
        }
    }

    private static String program(ShellPlace place) {
        return place.command().isEmpty() ? "a program" : place.command().get(0);
    }

    private String sql(String text, char mark, String value) {
        for (Edit edit : new SqlFiller(filling, text).edits()) {
            boolean own = text.indexOf(mark) >= edit.start() && text.indexOf(mark) < edit.end();
            if (own && edit.end() - edit.start() == 1) {
                return edit.text();
            }
            if (own && !SAFE.matcher(value).matches()) {
                throw filling.unfit(mark, "has characters that need other quotes in the SQL of this command");
            }
        }
        return value;
    }

    private String quoted(ShellPlace place, char mark, String value, char next, boolean home) {
        switch (place.context()) {
            case UNQUOTED:
                return unquoted(place, value, next, home);
            case SINGLE:
                return value.replace("'", "'\\''");
            case ANSI:
                return value.replace("\\", "\\\\").replace("'", "\\'");
            case DOUBLE:
                return value.replaceAll("([\\\\\"$`])", "\\\\$1");
            case HEREDOC:
                if (place.word().contains("$(") || place.word().contains("`")) {
                    return safe(mark, value, "stands in a here-document that runs commands");
                }
                return value.replaceAll("([\\\\$`])", "\\\\$1");
            case HEREDOC_QUOTED:
                return value;
            case COMMENT:
                return value.matches("(?s).*\\R.*") ? filling.marked().placeholder(mark).raw() : value;
            case ARITHMETIC:
                return fitting(mark, value, "-?[0-9]{1,18}", "is no number, and the shell computes with it");
            default:
                return safe(mark, value, "stands where the shell reads quotes twice");
        }
    }

    private String fitting(char mark, String value, String pattern, String otherwise) {
        if (!Pattern.compile(pattern, Pattern.DOTALL).matcher(value).matches()) {
            throw filling.unfit(mark, otherwise);
        }
        return value;
    }

    private String safe(char mark, String value, String otherwise) {
        if (!SAFE.matcher(value).matches()) {
            throw filling.unfit(mark, "has characters that need quoting, and " + otherwise);
        }
        return value;
    }

    /** A number sticks to a redirection, a comma works in braces: such values are quoted too. */
    private static String unquoted(ShellPlace place, String value, char next, boolean home) {
        if (home && value.matches("~(/.*)?")) {
            return value.length() < 3 ? value : "~/" + ShellQuote.word(value.substring(2));
        }
        boolean special = next == '<' || next == '>' || next == '(' || place.word().contains("{")
                && (value.contains(",") || value.contains(".."));
        String word = ShellQuote.word(value);
        return special && word.equals(value) ? "'" + value + "'" : word;
    }
}
