package dev.stepmark.classify;

import dev.stepmark.runbook.Attributes;
import dev.stepmark.runbook.Executor;
import dev.stepmark.shell.NeverEnds;
import dev.stepmark.shell.TerminalUse;
import java.util.Optional;

/** Pattern 28: a block that comes to no end by itself runs in the background, unless its author says otherwise. */
final class Endless {

    private static final String KEY = "background";
    /** A script so long is no tunnel. */
    private static final int LONGEST = 10_000;

    private Endless() { }

    /** The annotations of a block with what is concluded from its text. */
    static Attributes attributes(Executor executor, String text, boolean runs, Attributes written) {
        boolean before = written.get(KEY).filter(Attributes.INFERRED::equals).isPresent();
        Attributes own = before ? written.without(KEY) : written;
        boolean open = runs && executor == Executor.SHELL && own.get(KEY).isEmpty() && !own.interactive().orElse(false);
        return open && what(text).isPresent() ? own.with(KEY, Attributes.INFERRED) : own;
    }

    /** What does not end, in the words of the text. */
    static Optional<String> what(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String neutral = Placeholders.neutral(text);
        return TerminalUse.of(neutral).isPresent() ? Optional.empty() : NeverEnds.of(neutral).map(NeverEnds::command);
    }

    /** A sentence for the reason of a block. */
    static String why(String why, Attributes attributes, String text) {
        return attributes.get(KEY).filter(Attributes.INFERRED::equals).isPresent()
                ? why + "; " + what(text).orElse("it") + " comes to no end by itself, so it runs in the background" : why;
    }
}
