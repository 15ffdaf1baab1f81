package dev.stepmark.terminal;

import java.util.List;

/** An answer belongs to the question on the screen: what was typed before it is thrown away, and it says so. */
final class KeysIgnored {

    private final Screen screen;
    private final Keyboard keyboard;

    KeysIgnored(Screen screen, Keyboard keyboard) {
        this.screen = screen;
        this.keyboard = keyboard;
    }

    void drain() {
        int keys = keyboard.drain();
        if (keys > 0) {
            screen.say(List.of("(" + Amounts.of(keys, "key") + " typed before this question "
                    + (keys == 1 ? "was" : "were") + " ignored)"));
        }
    }
}
