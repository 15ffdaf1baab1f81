package dev.stepmark.config;

import dev.stepmark.message.Message;
import dev.stepmark.message.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The named connections of a file. */
final class Connections {

    /** The colours that every terminal has (ECMA-48, 8.3.117); the theme is the reader's. */
    static final List<String> COLORS = List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");

    /** A banner is a word or a few, on one line of the narrowest terminal. */
    static final int MAX_BANNER = 30;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern URL = Pattern.compile("postgres(ql)?://\\S*");
    private static final Pattern COMMAND = Pattern.compile("(.*[\\s/])?psql(\\s.*)?");
    private static final Pattern PASSWORD = Pattern.compile(
            "(?i)://[^/@\\s:]*:[^@\\s]+@|(^|[?&\\s'\"])(ssl)?password\\s*=\\s*[^&\\s]|\\bPGPASSWORD=\\S");
    private static final Pattern BANNER = Pattern.compile("[ -~]{1," + MAX_BANNER + "}");
    private static final List<String> KEYS = List.of("url", "color", "banner");

    private final Yaml yaml;
    private final Source.Kind kind;
    private final List<Message> warnings;

    Connections(Yaml yaml, Source.Kind kind, List<Message> warnings) {
        this.yaml = yaml;
        this.kind = kind;
        this.warnings = warnings;
    }

    /** Reads one; empty when the file may not have it, which is warned of. */
    Optional<Connection> read(Yaml.Entry entry) {
        if (!NAME.matcher(entry.name()).matches()) {
            throw yaml.at(entry, "\"" + entry.name() + "\" is no name for a connection",
                    "Letters, digits, _ and - are possible; it begins with a letter.", "plant: postgresql://HOST/DATABASE");
        }
        String address = "";
        String color = "";
        String banner = "";
        if (entry.value() instanceof org.snakeyaml.engine.v2.nodes.MappingNode map) {
            for (Yaml.Entry below : yaml.entries(map)) {
                switch (below.name()) {
                    case "url" -> address = address(below);
                    case "color" -> color = color(below);
                    case "banner" -> banner = banner(below);
                    default -> throw yaml.at(below, "\"" + below.name() + "\" is no key of a connection",
                            Nearest.to(below.name(), KEYS).map(n -> "The nearest is " + n + ".").orElse(""),
                            "one of: " + String.join(", ", KEYS));
                }
            }
        } else {
            address = address(entry);
        }
        if (address.isEmpty()) {
            throw yaml.at(entry, "connection \"" + entry.name() + "\" has no address", "",
                    entry.name() + ": {url: \"postgresql://USER@HOST/DATABASE\"}");
        }
        return made(entry, address, color, banner);
    }

    private Optional<Connection> made(Yaml.Entry entry, String address, String color, String banner) {
        if (kind == Source.Kind.PROJECT && !URL.matcher(address).matches()) {
            warnings.add(Message.of(yaml.place(entry) + " gives connection " + entry.name() + " as a command, and only your"
                    + " own configuration can", "The file lies with the runbook: it starts no program. It is ignored.",
                    entry.name() + ": postgresql://USER@HOST/DATABASE"));
            return Optional.empty();
        }
        // a colour alone says nothing to who cannot see it: the name repeats it in letters
        String words = banner.isEmpty() && !color.isEmpty() ? entry.name().toUpperCase(Locale.ROOT) : banner;
        return Optional.of(new Connection(entry.name(), address, words, color, new Source(kind, yaml.place(entry))));
    }

    private String address(Yaml.Entry entry) {
        String example = entry.name() + ": \"postgresql://USER@HOST:5432/DATABASE\"";
        String text = yaml.scalar(entry, example);
        if (PASSWORD.matcher(text).find()) {
            throw yaml.unquoted(entry, "a connection has a password in it",
                    "A configuration is copied, shown and kept for years: it is no place for a secret.",
                    "an entry in ~/.pgpass, PGPASSWORD, or be asked");
        }
        if (!text.isEmpty() && !URL.matcher(text).matches() && (!COMMAND.matcher(text).matches()
                || text.lines().count() != 1)) {
            throw yaml.at(entry, "\"" + text.lines().findFirst().orElse("") + "\" is no address of a database",
                    "It takes a URL that begins with postgresql://, or a psql command.", example);
        }
        return text;
    }

    private String color(Yaml.Entry entry) {
        String text = yaml.scalar(entry, "color: red").toLowerCase(Locale.ROOT);
        if (!text.isEmpty() && !COLORS.contains(text)) {
            throw yaml.at(entry, "\"" + text + "\" is no colour", Nearest.to(text, COLORS).map(n -> "The nearest is "
                    + n + ".").orElse(""), "one of: " + String.join(", ", COLORS));
        }
        return text;
    }

    private String banner(Yaml.Entry entry) {
        String text = yaml.scalar(entry, "banner: PRODUCTION");
        if (!text.isEmpty() && !BANNER.matcher(text).matches()) {
            throw yaml.at(entry, "this banner cannot be shown everywhere", "It takes at most " + MAX_BANNER
                    + " letters, digits, signs and spaces of ASCII.", "banner: PRODUCTION");
        }
        return text;
    }
}
