package dev.stepmark.terminal;

/** The choice of {@code --color}. */
public enum ColorMode {
    /** Colour when the stream is a terminal that can show it and nothing in the environment forbids it. */
    AUTO,
    /** Colour whatever the environment says. */
    ALWAYS,
    /** No colour whatever the environment says. */
    NEVER
}
