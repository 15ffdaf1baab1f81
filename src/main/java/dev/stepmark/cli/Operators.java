package dev.stepmark.cli;

import dev.stepmark.config.Configuration;
import dev.stepmark.config.Key;
import dev.stepmark.config.Source;
import dev.stepmark.config.Value;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Commands;
import dev.stepmark.run.Operator;
import dev.stepmark.terminal.Attention;
import dev.stepmark.terminal.BatchOperator;
import dev.stepmark.terminal.ColorMode;
import dev.stepmark.terminal.NotifyCommand;
import dev.stepmark.terminal.Screen;
import dev.stepmark.terminal.Settings;
import dev.stepmark.terminal.Style;
import dev.stepmark.terminal.TerminalOperator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The operator that fits: a person at a terminal, or answers given beforehand. */
final class Operators implements AutoCloseable {

    private final App app;
    private final Operator operator;
    private final TerminalOperator terminal;
    private final Attention attention;

    /**
     * @param app     surroundings
     * @param color   auto, always or never; null for what is configured
     * @param options what was given beforehand
     * @param whole   whether a run that nobody attends shows everything that a person would see
     * @param config  editor, pager, colour
     */
    Operators(App app, String color, RunOptions options, boolean whole, Configuration config) {
        this.app = app;
        this.attention = attention(app, config, whole);
        ColorMode mode = mode(color == null ? configured(config) : color);
        if (app.attended()) {
            terminal = open(app, mode, config, attention);
            operator = terminal;
        } else {
            terminal = null;
            Screen screen = new Screen(whole ? app.io().out() : app.io().err(), () -> 0, Style.of(mode, app.env(),
                    false), false);
            operator = new BatchOperator(options, screen, app.clock(), whole, attention);
        }
    }

    /** The environment decides by itself, and by the same conventions for every stream. */
    private static String configured(Configuration config) {
        Value value = config.value(Key.COLOR);
        return value.source().kind() == Source.Kind.VARIABLE ? "auto" : value.text();
    }

    /** Programs that are configured stand where the variables would, so that one place looks for them. */
    private static Map<String, String> environment(App app, Configuration config) {
        Map<String, String> out = new HashMap<>(app.env());
        Map.of("EDITOR", Key.EDITOR, "PAGER", Key.PAGER, "ACCESSIBLE", Key.ACCESSIBLE).forEach((variable, key) -> {
            Source.Kind kind = config.value(key).source().kind();
            boolean off = key == Key.ACCESSIBLE && !config.on(key);
            if (!off && (kind == Source.Kind.USER || kind == Source.Kind.PROJECT)) {
                out.put(variable, config.text(key));
            }
        });
        return out;
    }

    private static TerminalOperator open(App app, ColorMode mode, Configuration config,
            Attention attention) {
        try {
            Path history = app.stateIfAny().map(state -> state.resolve("history")).orElse(null);
            return TerminalOperator.open(new Settings(environment(app, config), history, mode,
                    () -> Commands.ALL.stream().map(c -> "/" + c.name()).toList(), app.clock(), attention));
        } catch (IOException e) {
            throw new StepmarkException(ExitCode.REFUSED, Message.of("the terminal cannot be used: " + e.getMessage(),
                    "Nobody can be asked. Nothing was run.", "stepmark plan RUNBOOK --questions, then run with --answers"));
        }
    }

    static ColorMode mode(String color) {
        try {
            return ColorMode.valueOf(color.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RunFlags.usage("--color " + color + ": there is no such choice", "It is auto, always or never.",
                    "--color never");
        }
    }

    /** Where nobody is at a terminal nothing is started unless the operator asked for it. */
    private static Attention attention(App app, Configuration config, boolean demo) {
        boolean told = app.attended() || config.on(Key.NOTIFY_UNATTENDED);
        String command = config.text(Key.NOTIFY_COMMAND);
        return new Attention(config.on(Key.BELL), config.seconds(Key.NOTIFY_AFTER) * 1000L, command.isEmpty() || !told
                || demo ? Optional.empty() : Optional.of(new NotifyCommand(command, app.env())));
    }

    /** The run has an id now. */
    void run(String id) {
        attention.run(id);
    }

    Operator operator() {
        return operator;
    }

    @Override
    public void close() {
        if (terminal != null) {
            try {
                terminal.close();
            } catch (IOException e) {
                app.io().err().println("warning: the terminal could not be put back: " + e.getMessage());
            }
        }
    }
}
