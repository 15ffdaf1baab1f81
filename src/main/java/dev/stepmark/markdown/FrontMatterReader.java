package dev.stepmark.markdown;

import dev.stepmark.message.Nearest;
import dev.stepmark.runbook.FrontMatter;
import dev.stepmark.runbook.FrontMatter.Variable;
import dev.stepmark.runbook.FrontMatter.VersionSource;
import dev.stepmark.runbook.Gate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads our keys of the front matter and checks their form. Keys of other tools at the top are left alone. */
final class FrontMatterReader {

    /** What {@code version.Version} can compare: a text that it refuses must be found before a run. */
    private static final String NUMBER = "[vV]?\\d+(\\.\\d+){0,3}(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?"
            + "(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?";
    private static final Pattern BOUND_VERSION = Pattern.compile(NUMBER);
    private static final Pattern VERSION = Pattern.compile("v?\\d+(\\.\\d+){0,3}([-+].+|\\.[A-Za-z].*)?");
    private static final String BOUND = "(>=|<=|==|=|>|<)?\\s*" + NUMBER;
    private static final Pattern CONSTRAINT = Pattern.compile("\\*|" + BOUND + "([\\s,]+" + BOUND + ")*");
    /** A longer one is no constraint, and would take the pattern above too deep. */
    private static final int MAX_CONSTRAINT = 200;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern URL_PASSWORD =
            Pattern.compile("(?i)(://[^/@\\s:]*:)([^@\\s/]+)@|([?&\\s]|^)(password=)([^&\\s]+)");
    private static final List<String> VERSION_KEYS =
            List.of("product", "sql", "shell", "helm", "image", "ask", "connection");
    private static final List<String> BOUND_KEYS =
            List.of("minimum_version", "maximum_version", "minimum-version", "maximum-version");
    private static final List<String> WAYS = List.of("sql", "shell", "helm", "image", "ask");

    private final YamlMap top;

    private FrontMatterReader(YamlMap top) {
        this.top = top;
    }

    /** Reads it; {@link FrontMatter#EMPTY} when there is none. */
    static FrontMatter read(Source source, RawFrontMatter raw) {
        if (raw.format() == RawFrontMatter.Format.TOML) {
            return TomlFrontMatter.read(source, raw);
        }
        if (raw.format() == RawFrontMatter.Format.NONE) {
            return FrontMatter.EMPTY;
        }
        return YamlText.parse(source, raw).map(top -> new FrontMatterReader(top).read()).orElse(FrontMatter.EMPTY);
    }

    /** Whether a text has the form of a version: {@code v?} and one to four numbers, then anything after - + or a dot. */
    static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    private FrontMatter read() {
        refuseMisspeltBounds();
        VersionSource version = version();
        return new FrontMatter(top.text("title"), top.text("description"), gates(version.product()), version,
                requires(), connections(), targets(), variables());
    }

    /** Keys of other tools are left alone, but a bound that is read past would let the wrong version through. */
    private void refuseMisspeltBounds() {
        for (String name : top.names()) {
            Optional<String> meant = BOUND_KEYS.contains(name) ? Optional.empty() : Nearest.to(name, BOUND_KEYS);
            meant.ifPresent(m -> {
                throw top.at(name, "\"" + name + "\" is no key of ours", List.of("The nearest is " + m + ". A bound"
                        + " that is not seen lets every version through, so the runbook is refused."),
                        List.of(m + ": " + bare(name)));
            });
        }
    }

    private List<Gate> gates(String subject) {
        List<Gate> gates = new ArrayList<>();
        bound("minimum").ifPresent(key -> gates.add(new Gate(top.line(key), subject, bare(key), "", "document",
                "front matter " + key)));
        bound("maximum").ifPresent(key -> gates.add(new Gate(top.line(key), subject, "", bare(key), "document",
                "front matter " + key)));
        return gates;
    }

    private String bare(String key) {
        return top.text(key).strip();
    }

    /** The key of a bound as the document spells it, when it has one. */
    private Optional<String> bound(String end) {
        String plain = end + "_version";
        String dashed = end + "-version";
        if (top.has(plain) && top.has(dashed)) {
            throw top.at(dashed, "the bound is given twice, as " + plain + " and as " + dashed,
                    List.of("Which of them counts is not for Stepmark to guess."), List.of("keep one of the two lines"));
        }
        String key = top.has(plain) ? plain : dashed;
        if (!top.has(key)) {
            return Optional.empty();
        }
        String value = bare(key);
        if (!BOUND_VERSION.matcher(value).matches()) {
            throw top.at(key, value.isEmpty() ? key + " has no value" : "\"" + value + "\" is no version",
                    List.of("A version is one to four numbers with dots, as in 0.9.5, v1.10 or 2.0.0-rc1.",
                            "Without it nobody knows whether the runbook applies, so it is refused."),
                    List.of(key + ": 0.9.5"));
        }
        return Optional.of(key);
    }

    private VersionSource version() {
        if (!top.has("version") || top.isScalar("version") && (isVersion(bare("version")) || bare("version").isEmpty())) {
            return VersionSource.UNKNOWN; // the document's own version, a key of other tools
        }
        YamlMap map = top.map("version", "version: {product: NAME, sql: \"SELECT ...\"}").orElseThrow();
        map.allowOnly("version", VERSION_KEYS);
        List<String> ways = WAYS.stream().filter(map::has).toList();
        if (ways.size() > 1) {
            throw map.at(ways.get(1), "version has two ways to find it: " + String.join(" and ", ways),
                    List.of("Exactly one is possible."), List.of("keep one of them"));
        }
        String way = ways.isEmpty() ? "ask" : ways.get(0);
        String text = map.node(way) == null ? "" : YamlFlow.of(map.node(way));
        if ((way.equals("sql") || way.equals("shell")) && map.text(way).isBlank()) {
            throw map.at(way, "\"" + way + "\" of version is empty", List.of(), List.of(way + ": \"...\""));
        }
        return new VersionSource(kind(way), map.text("product"), text, map.text("connection"), top.line("version"));
    }

    private static VersionSource.Kind kind(String way) {
        return switch (way) {
            case "sql" -> VersionSource.Kind.SQL;
            case "shell" -> VersionSource.Kind.SHELL;
            case "ask" -> VersionSource.Kind.ASK;
            default -> VersionSource.Kind.LATER;
        };
    }

    private Map<String, String> requires() {
        Map<String, String> requires = new LinkedHashMap<>();
        top.map("requires", "requires: {postgresql: \">=12\", pg_dump: \"*\"}").ifPresent(map -> {
            for (String name : map.names()) {
                String constraint = map.text(name).isBlank() ? "*" : map.text(name).strip();
                if (constraint.length() > MAX_CONSTRAINT || !CONSTRAINT.matcher(constraint).matches()) {
                    throw map.at(name, "\"" + constraint + "\" is no version constraint", List.of(),
                            List.of(name + ": \">=12\"", name + ": \"*\"     (any version)"));
                }
                if (!name.equals("postgresql") && !constraint.equals("*")) {
                    throw map.at(name, "the version of a program is not looked at yet: " + name + " " + constraint,
                            List.of("Whether it is on the path is looked at, and nothing is run for that."),
                            List.of(name + ": \"*\""));
                }
                requires.put(name, constraint);
            }
        });
        return requires;
    }

    private Map<String, String> connections() {
        Map<String, String> connections = new LinkedHashMap<>();
        top.map("connections", "connections: {source: \"postgresql://localhost/NAME\"}").ifPresent(map -> {
            for (String name : map.names()) {
                String url = map.text(name).strip();
                if (url.isEmpty()) {
                    throw map.at(name, "connection \"" + name + "\" has no URL", List.of(),
                            List.of(name + ": postgresql://HOST/DATABASE"));
                }
                if (URL_PASSWORD.matcher(url).find()) {
                    throw password(map, name, url);
                }
                connections.put(name, url);
            }
        });
        return connections;
    }

    /** The source line is not quoted: the message may end up in a log. */
    private RuntimeException password(YamlMap map, String name, String url) {
        String without = URL_PASSWORD.matcher(url).replaceAll(m -> m.group(1) != null
                ? m.group(1).substring(0, m.group(1).length() - 1) + "@" : m.group(3));
        return map.withoutExcerpt(name, "connection \"" + name + "\" has a password in its URL",
                List.of("A runbook is copied and kept for years: it is no place for a secret.",
                        "The password is asked for, or taken from PGPASSWORD or ~/.pgpass. Nothing was connected."),
                List.of(name + ": " + without));
    }

    private Map<String, String> targets() {
        Map<String, String> targets = new LinkedHashMap<>();
        top.map("targets", "targets: {NAME: local}").ifPresent(map -> {
            for (String name : map.names()) {
                targets.put(name, YamlFlow.of(map.node(name)));
            }
        });
        return targets;
    }

    private List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        top.map("variables", "variables: {NAME: \"default\"}").ifPresent(map -> {
            for (String name : map.names()) {
                variables.add(variable(map, name));
            }
        });
        return variables;
    }

    private static Variable variable(YamlMap map, String name) {
        if (!VARIABLE.matcher(name).matches()) {
            throw map.at(name, "\"" + name + "\" is no name for a variable",
                    List.of("Letters, digits and _ are possible; it begins with no digit."),
                    List.of(name.replaceAll("[^A-Za-z0-9_]", "_") + ":"));
        }
        if (map.isScalar(name)) {
            return new Variable(name, "", false, map.text(name), "", map.line(name));
        }
        YamlMap one = map.map(name, "variables: {NAME: {secret: true, from: {env: NAME}}}").orElseThrow();
        one.allowOnly("variable " + name, List.of("secret", "description", "default", "from"));
        Optional<YamlMap> from = one.map("from", "from: {env: " + name + "}");
        from.ifPresent(f -> f.allowOnly("from", List.of("env")));
        boolean secret = one.flag("secret");
        if (secret && !one.text("default").isEmpty()) {
            throw one.withoutExcerpt("default", "secret \"" + name + "\" has a default",
                    List.of("A runbook is copied and kept for years: it is no place for a secret."),
                    List.of("from: {env: " + name + "}"));
        }
        return new Variable(name, one.text("description"), secret, one.text("default"),
                from.map(f -> f.text("env")).orElse(""), map.line(name));
    }
}
