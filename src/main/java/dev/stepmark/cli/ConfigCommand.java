package dev.stepmark.cli;

import dev.stepmark.config.ConfigJson;
import dev.stepmark.config.ConfigPlaces;
import dev.stepmark.config.Configuration;
import dev.stepmark.config.Connection;
import dev.stepmark.config.Key;
import dev.stepmark.config.Source;
import dev.stepmark.config.Value;
import dev.stepmark.message.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepmark config}: what holds, and from where. */
@Command(name = "config", description = "Shows every value that is configured, and the file and line, option or variable"
        + " that says so. Changes nothing.",
        customSynopsis = {"  stepmark config", "  $EDITOR \"$(stepmark config --path)\""})
final class ConfigCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUNBOOK|DIR", arity = "0..1", description = "whose project file counts (default: here)")
    private Path path = Path.of("");

    @Option(names = "--json", description = "for programs: schema stepmark-config/1")
    private boolean json;

    @Option(names = "--path", description = "prints where your own file is, or would be")
    private boolean printPath;

    @Option(names = "--color", paramLabel = "WHEN", description = "as for run: auto, always or never")
    private String color;

    @Mixin
    private Common common;

    private final App app;

    ConfigCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        Path whole = path.toAbsolutePath().normalize();
        Path directory = Files.isDirectory(whole) || whole.getParent() == null ? whole : whole.getParent();
        if (printPath) {
            return path();
        }
        Configuration config = app.configuration(directory);
        config.warnings().forEach(w -> Messages.lines("warning", w).forEach(app.io().err()::println));
        List<Value> values = Arrays.stream(Key.values()).map(k -> value(k, config)).toList();
        if (json) {
            app.io().out().println(ConfigJson.write(values, config));
        } else {
            table(values, config);
        }
        return ExitCode.OK.code();
    }

    /** Also when the file cannot be read: this is how somebody gets at it. */
    private int path() {
        Path user = ConfigPlaces.userOnly(app.env()).user().orElseThrow(() -> RunFlags.usage(
                "there is no home directory for a configuration", "Neither XDG_CONFIG_HOME nor HOME is set.",
                "XDG_CONFIG_HOME=/some/directory stepmark config --path"));
        app.io().out().println(user);
        return ExitCode.OK.code();
    }

    private Value value(Key key, Configuration config) {
        if (key == Key.COLOR && color != null) {
            return new Value(key, Operators.mode(color).name().toLowerCase(java.util.Locale.ROOT), new Source(
                    Source.Kind.OPTION, "--color"));
        }
        if (key == Key.JOURNAL && common.journal != null) {
            return new Value(key, common.journal.toString(), new Source(Source.Kind.OPTION, "--journal"));
        }
        Value value = config.value(key);
        if (key == Key.JOURNAL) {
            Source from = value.source().kind() == Source.Kind.DEFAULT && !app.env().getOrDefault("XDG_STATE_HOME", "")
                    .isEmpty() ? new Source(Source.Kind.VARIABLE, "XDG_STATE_HOME") : value.source();
            return new Value(key, config.places().shown(app.runs(null)), from);
        }
        return value;
    }

    private void table(List<Value> values, Configuration config) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("key", "value", "from"));
        values.forEach(v -> rows.add(List.of(v.key().path(), v.text().isEmpty() ? "-" : v.text(), v.source().shown())));
        for (Connection connection : config.connections()) {
            String trust = connection.trusted() ? "" : " (a suggestion)";
            rows.add(List.of("connections." + connection.name(), connection.address(), connection.source().place() + trust));
            if (!connection.banner().isEmpty()) {
                rows.add(List.of("  banner", connection.banner() + (connection.color().isEmpty() ? "" : ", "
                        + connection.color()), ""));
            }
        }
        Columns.lines(rows, -1).forEach(l -> app.io().out().println("  " + l));
        app.io().out().println("  your file: " + config.places().user().map(f -> config.places().shown(f)
                + (Files.exists(f) ? "" : " (not there)")).orElse("none: there is no home directory"));
    }
}
