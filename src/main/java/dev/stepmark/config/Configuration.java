package dev.stepmark.config;

import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is configured. A value comes from the strongest source that has it: an option, a variable of the
 * environment, the operator's own file, a project file (the nearest one), the default.
 */
public final class Configuration {

    private final ConfigPlaces places;
    private final Map<Key, Value> values = new EnumMap<>(Key.class);
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    private final Map<String, Connection> suggested = new LinkedHashMap<>();
    private final List<Message> warnings = new ArrayList<>();

    private Configuration(ConfigPlaces places) {
        this.places = places;
    }

    /**
     * Reads what there is.
     *
     * @throws StepmarkException exit code 2 when a file is there and cannot be read or understood
     */
    public static Configuration load(ConfigPlaces places, Map<String, String> environment) {
        Configuration config = new Configuration(places);
        config.variables(environment);
        if (places.user().isPresent() && Files.exists(places.user().get())) {
            config.add(places.user().get(), Source.Kind.USER);
        }
        for (Path file : places.project()) {
            config.add(file, Source.Kind.PROJECT);
        }
        for (Path file : places.foreign()) {
            config.warnings.add(Message.of(places.shown(file) + " belongs to another user",
                    "What it says is ignored: only files of yours and of root are read.",
                    "look into it, and copy what you want into your own file (stepmark config shows where that is)"));
        }
        return config;
    }

    /** Nothing is configured. */
    public static Configuration none() {
        return new Configuration(new ConfigPlaces(null, Optional.empty(), Path.of("")));
    }

    /** Every start comes through here, mostly in vain: plain loops cost nothing. */
    private void variables(Map<String, String> environment) {
        for (Key key : Key.values()) {
            for (String name : key.variables()) {
                String text = environment.getOrDefault(name, "");
                if (!text.isBlank() && !values.containsKey(key)) {
                    values.put(key, new Value(key, key.form() == Key.Form.FLAG ? "true" : text,
                            new Source(Source.Kind.VARIABLE, name)));
                }
            }
        }
        colour(environment);
    }

    /** Two conventions for colour: NO_COLOR (no-color.org) beats CLICOLOR_FORCE (bixense.com/clicolors). */
    private void colour(Map<String, String> environment) {
        String force = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            values.put(Key.COLOR, new Value(Key.COLOR, "never", new Source(Source.Kind.VARIABLE, "NO_COLOR")));
        } else if (!force.isEmpty() && !force.equals("0")) {
            values.put(Key.COLOR, new Value(Key.COLOR, "always", new Source(Source.Kind.VARIABLE, "CLICOLOR_FORCE")));
        }
    }

    private void add(Path file, Source.Kind kind) {
        ConfigFile.Layer layer = ConfigFile.read(file, places.shown(file), kind);
        layer.values().forEach(values::putIfAbsent);
        layer.connections().forEach((kind == Source.Kind.USER ? connections : suggested)::putIfAbsent);
        warnings.addAll(layer.warnings());
    }

    /** The value that holds. */
    public Value value(Key key) {
        return values.getOrDefault(key, new Value(key, key.byDefault(), Source.DEFAULT));
    }

    /** The value as text; empty for none. */
    public String text(Key key) {
        return value(key).text();
    }

    /** Whether a switch is on. */
    public boolean on(Key key) {
        return text(key).equals("true");
    }

    /** A duration in seconds. */
    public int seconds(Key key) {
        return Seconds.of(text(key)).orElse(0);
    }

    /** A directory, {@code ~/} filled in; empty when none is configured. */
    public Optional<Path> directory(Key key) {
        String text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(text.startsWith("~/") && places.home() != null ? places.home().resolve(text.substring(2))
                : Path.of(text));
    }

    /** A connection by name: the operator's own, else what a project file suggests. */
    public Optional<Connection> connection(String name) {
        return Optional.ofNullable(connections.getOrDefault(name, suggested.get(name)));
    }

    /** All connections, the operator's own first; a name that he has is not suggested. */
    public List<Connection> connections() {
        if (connections.isEmpty() && suggested.isEmpty()) {
            return List.of();
        }
        Map<String, Connection> out = new LinkedHashMap<>(connections);
        suggested.forEach(out::putIfAbsent);
        return List.copyOf(out.values());
    }

    /** What files say and must not. */
    public List<Message> warnings() {
        return List.copyOf(warnings);
    }

    /** Where the files are. */
    public ConfigPlaces places() {
        return places;
    }
}
