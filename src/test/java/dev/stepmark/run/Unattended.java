package dev.stepmark.run;

import dev.stepmark.plan.RunOptions;
import dev.stepmark.terminal.BatchOperator;
import dev.stepmark.terminal.ColorMode;
import dev.stepmark.terminal.Screen;
import dev.stepmark.terminal.Style;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Map;

/** The real operator of a run that nobody attends, with its screen in memory. */
final class Unattended {

    private final StringWriter text = new StringWriter();
    private final BatchOperator operator;

    Unattended(RunOptions options) {
        Screen screen = new Screen(new PrintWriter(text), () -> 0, Style.of(ColorMode.NEVER, Map.of(), false), false);
        operator = new BatchOperator(options, screen, Clock.systemUTC(), false);
    }

    BatchOperator operator() {
        return operator;
    }

    String text() {
        return text.toString();
    }
}
