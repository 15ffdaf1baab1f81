package dev.stepmark.binding;

import java.util.regex.Pattern;

/** Texts whose language has no quoting here: only values that need none, and quotes doubled where quotes are plain. */
final class PlainFiller {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.:/@%+=,-]+");

    private final Filling filling;

    PlainFiller(Filling filling) {
        this.filling = filling;
    }

    void fill() {
        String text = filling.marked().text();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (filling.isHole(c)) {
                hole(c, i, quote);
            } else if (quote == 0 && (c == '\'' || c == '"' || c == '`')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
    }

    private void hole(char mark, int at, char quote) {
        try {
            if (filling.marked().placeholder(mark).secret()) {
                throw new Unfit("the secret " + filling.marked().placeholder(mark).name()
                        + " cannot be put into SQL text, where the server would log it");
            }
            String value = filling.value(mark);
            boolean quotable = quote != 0 && value.indexOf('\\') < 0;
            if (!SAFE.matcher(value).matches() && !quotable) {
                throw filling.unfit(mark, "has characters that need quoting here, which is not known");
            }
            filling.edit(at, at + 1, quotable ? value.replace(String.valueOf(quote), "" + quote + quote) : value);
        } catch (Unfit e) {
            filling.problem(e.getMessage());
        }
    }
}
