package dev.stepmark.config;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.Nearest;
import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One configuration file, read and checked: a mistake in it is found before anything runs. */
final class ConfigFile {

    /** Far more than any configuration needs. */
    static final long MAX_BYTES = 256 * 1024;
    private static final String CONNECTIONS = "connections";

    private final String shown;
    private final Source.Kind kind;
    private final Yaml yaml;
    private final Connections connections;
    private final Map<Key, Value> values = new EnumMap<>(Key.class);
    private final Map<String, Connection> named = new LinkedHashMap<>();
    private final List<Message> warnings = new ArrayList<>();

    private ConfigFile(String shown, Source.Kind kind, String text) {
        this.shown = shown;
        this.kind = kind;
        this.yaml = new Yaml(shown, text);
        this.connections = new Connections(yaml, kind, warnings);
    }

    /**
     * What a file says.
     *
     * @param values      by key
     * @param connections by name
     * @param warnings    what it says and must not
     */
    record Layer(Map<Key, Value> values, Map<String, Connection> connections, List<Message> warnings) { }

    /**
     * Reads a file.
     *
     * @param file  the file; it is there
     * @param shown as people know it
     * @param kind  whose it is
     * @throws StepmarkException when it cannot be read or understood
     */
    static Layer read(Path file, String shown, Source.Kind kind) {
        if (kind == Source.Kind.USER) {
            refuseForeignHands(file, shown);
        }
        ConfigFile config = new ConfigFile(shown, kind, text(file, shown));
        config.read();
        return new Layer(config.values, config.named, config.warnings);
    }

    /** A file that names programs to start must not be somebody else's to write. */
    private static void refuseForeignHands(Path file, String shown) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new StepmarkException(ExitCode.USAGE, Message.of(shown + " can be changed by every user of this"
                        + " machine", "It says which programs are started and where connections go. It was not read, so"
                        + " nothing was run.", "chmod go-w " + shown));
            }
        } catch (UnsupportedOperationException | IOException e) {
            // no such permissions here, or unreadable: reading it says why
            return;
        }
    }

    private static String text(Path file, String shown) {
        String why;
        try {
            if (!Files.isRegularFile(file)) {
                why = "it is no plain file";
            } else if (Files.size(file) > MAX_BYTES) {
                why = "it is larger than 256 KiB";
            } else {
                return Files.readString(file);
            }
        } catch (CharacterCodingException e) {
            why = "it is not UTF-8";
        } catch (AccessDeniedException e) {
            why = "it may not be read";
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        throw new StepmarkException(ExitCode.USAGE, Message.of("cannot read the configuration " + shown + ": " + why,
                "What it says could matter, so nothing was run without it.", "ls -l " + shown));
    }

    private void read() {
        yaml.top().map(yaml::entries).orElse(List.of()).forEach(this::top);
    }

    private void top(Yaml.Entry entry) {
        if (entry.name().equals(CONNECTIONS)) {
            yaml.map(entry, "connections: {NAME: \"postgresql://USER@HOST/DATABASE\"}")
                    .forEach(e -> connections.read(e).ifPresent(c -> named.put(c.name(), c)));
        } else if (sections().contains(entry.name())) {
            yaml.map(entry, entry.name() + ": {" + below(entry.name()).iterator().next() + ": ...}")
                    .forEach(e -> value(e, entry.name() + "."));
        } else {
            value(entry, "");
        }
    }

    private static Set<String> sections() {
        Set<String> out = new LinkedHashSet<>();
        Arrays.stream(Key.values()).map(Key::path).filter(p -> p.contains("."))
                .forEach(p -> out.add(p.substring(0, p.indexOf('.'))));
        return out;
    }

    private static Set<String> below(String section) {
        Set<String> out = new TreeSet<>();
        Arrays.stream(Key.values()).map(Key::path).filter(p -> p.startsWith(section + "."))
                .forEach(p -> out.add(p.substring(section.length() + 1)));
        return out;
    }

    private static Set<String> topLevel() {
        Set<String> out = new TreeSet<>(sections());
        out.add(CONNECTIONS);
        Arrays.stream(Key.values()).map(Key::path).filter(p -> !p.contains(".")).forEach(out::add);
        return out;
    }

    private void value(Yaml.Entry entry, String before) {
        Key key = Key.of(before + entry.name()).orElseThrow(() -> unknown(entry, before));
        String text = yaml.scalar(entry, entry.name() + ": " + example(key));
        if (text.isEmpty()) {
            return;
        }
        if (kind == Source.Kind.PROJECT && key.scope() == Key.Scope.USER_ONLY) {
            warnings.add(Message.of(yaml.place(entry) + " sets " + key.path() + ", and only your own configuration can",
                    "The file lies with the runbook: it starts no program and moves no log. It is ignored.",
                    "stepmark config   (shows what holds)"));
            return;
        }
        values.put(key, new Value(key, checked(entry, key, text), new Source(kind, yaml.place(entry))));
    }

    private StepmarkException unknown(Yaml.Entry entry, String before) {
        Set<String> known = before.isEmpty() ? topLevel() : below(before.substring(0, before.length() - 1));
        String where = before.isEmpty() ? "the configuration" : before.substring(0, before.length() - 1);
        return yaml.at(entry, "\"" + entry.name() + "\" is no key of " + where, Nearest.to(entry.name(), known)
                .map(n -> "The nearest is " + n + ".").orElse(""), "one of: " + String.join(", ", known));
    }

    private String checked(Yaml.Entry entry, Key key, String text) {
        boolean good = switch (key.form()) {
            case FLAG -> text.equals("true") || text.equals("false");
            case COLOR_MODE -> Set.of("auto", "always", "never").contains(text);
            case DURATION -> Seconds.of(text).filter(s -> s > 0).isPresent();
            case DIRECTORY -> text.startsWith("/") || text.startsWith("~/");
            case COMMAND -> text.lines().count() == 1;
        };
        if (!good) {
            throw yaml.at(entry, "\"" + text.lines().findFirst().orElse("") + "\" is no value of " + key.path(),
                    "It takes " + takes(key) + ".", entry.name() + ": " + example(key));
        }
        return text;
    }

    private static String takes(Key key) {
        return switch (key.form()) {
            case FLAG -> "true or false";
            case COLOR_MODE -> "auto, always or never";
            case DURATION -> "a time such as 90s, 2m or 1h";
            case DIRECTORY -> "a directory that begins with / or ~/";
            case COMMAND -> "one line";
        };
    }

    private static String example(Key key) {
        return switch (key.form()) {
            case FLAG -> key.byDefault().equals("true") ? "false" : "true";
            case COLOR_MODE -> "never";
            case DURATION -> "90s";
            case DIRECTORY -> "~/runs";
            case COMMAND -> switch (key) {
                case EDITOR -> "nano";
                case PAGER -> "less -R";
                default -> "\"notify-send Stepmark \\\"$STEPMARK_STEP\\\"\"";
            };
        };
    }

    @Override
    public String toString() {
        return shown;
    }
}
