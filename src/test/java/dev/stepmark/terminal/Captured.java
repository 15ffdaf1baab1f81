package dev.stepmark.terminal;

/** A screen whose text a test looks at. */
final class Captured {

    private final StringBuilder text = new StringBuilder();
    final Screen screen;

    Captured(int width) {
        this(width, false, false);
    }

    Captured(int width, boolean colour, boolean dumb) {
        Style style = Style.of(colour ? ColorMode.ALWAYS : ColorMode.NEVER, java.util.Map.of(), true);
        screen = new Screen(text, () -> width, style, dumb);
    }

    String text() {
        return text.toString();
    }
}
