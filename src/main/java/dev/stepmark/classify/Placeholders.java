package dev.stepmark.classify;

import dev.stepmark.runbook.FrontMatter;
import dev.stepmark.runbook.Placeholder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds holes in text that is to be run (patterns 19 and 21): {@code <NAME>}, which a shell would take for redirections,
 * {@code [db-host]}, {@code {{ release }}}, {@code YOUR_TOKEN}, and literals that the words order to be replaced.
 */
final class Placeholders {

    private static final Pattern ONE_WORD = Pattern.compile("<([A-Za-z][A-Za-z0-9_-]*)>");
    /** With blanks inside only where no redirection can be meant: nothing follows the bracket directly. */
    private static final Pattern WORDS =
            Pattern.compile("(?<=[\\s=\"'/@:])<([A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+){1,6})>(?![\\w&/.$-])");
    /** A file's name: only with a hyphen or an underscore, since {@code <in.txt>} may be a redirection. */
    private static final Pattern DOTTED = Pattern.compile("<([A-Za-z](?=[\\w.]*[-_])[\\w-]*(?:\\.[\\w-]+)+)>(?![\\w&/.$-])");
    /** {@code [db-host]}: with a hyphen or an underscore, and a word of its own; {@code [a-z]} is a pattern of the shell. */
    private static final Pattern SQUARE = Pattern.compile(
            "(?<=[\\s=\"'/@:-])\\[([A-Za-z]{2,}(?:[-_ ][A-Za-z0-9]{2,}){1,4}|[a-z]{8,})](?=[\\s/:@\"',.;)-]|$)");
    /** {@code {BUCKET NAME}}: upper case, or with a blank or a hyphen; a comma or a dot makes it the shell's or a program's. */
    private static final Pattern CURLY = Pattern.compile("(?<![$\\w{%])\\{([A-Z][A-Z0-9]+(?:[ _-][A-Z0-9]+)*|[a-z]+(?:[ -][a-z]+)+)}(?!})");
    /** {@code {{ release }}}: one word; what begins with a dot or is a keyword belongs to a program's template. */
    private static final Pattern BRACES = Pattern.compile("\\{\\{-?\\s*((?!(?:end|else|range|if|with|json|block|define|break|continue)\\b)"
            + "[A-Za-z_][\\w.-]*)\\s*-?}}");
    /** {@code {{< param "version" >}}}: a page's macro, named by its last argument. */
    private static final Pattern MACRO = Pattern.compile("\\{\\{[<%]\\s*([^<>%]{1,200}?)\\s*[>%]}}");
    /** {@code YOUR_TOKEN}, {@code MY_CLUSTER}, {@code your-cluster}: no variable, and no assignment to one. */
    private static final Pattern YOUR = Pattern.compile(
            "(?<![\\w$\\{<\\[.-])((?:(?:YOUR|MY)[_-][A-Z0-9]|[Yy]our[_-][a-z0-9])[\\w-]*\\w)(?![\\w=>\\]-])");
    /** {@code https://host/{tenant}/x}: one word in lower case only as a part of a path, a URL or an assignment. */
    private static final Pattern PATH_PART = Pattern.compile("(?<=[/=@])\\{([a-z][a-z_]{1,30})}(?=[/\\s\"'.:&?]|$)");
    /** In SQL several words only as the whole of a literal or a quoted name: anything else may compare. */
    private static final Pattern QUOTED_WORDS = Pattern.compile("(?<=['\"])<([A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+){1,6})>(?=['\"])");
    /** {@code --id xxx}, {@code TOKEN=xxx}: named after what it is the value of. */
    private static final Pattern EXES = Pattern.compile(
            "(?:(?<=[\\s])--?([A-Za-z][\\w-]*)[ =]|\\b([A-Za-z_]\\w*)=)?(?<![\\w.-])([xX]{3,})(?![\\w.-])");
    /** {@code $(which kubectl)} is kubectl. */
    private static final Pattern WHICH = Pattern.compile("\\$\\((?:which|command -v|type -p) ([\\w.-]+)\\)");
    private static final Pattern CLOSED = Pattern.compile("</([^<>/]{1,100})>");
    private static final Pattern LAST_ARGUMENT = Pattern.compile("\"([^\"]+)\"\\s*$|([^\\s\"=]+)\\s*$");
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(password|passwd|passphrase|secret|token|credential|pwd|(api|access|private|secret|encryption)[_ -]?key).*"
            + "|(?i)(.*[_ -])?(pass|key)");
    private static final Set<String> HTML = Set.of("br", "hr", "p", "div", "span", "html", "body", "head", "b", "i", "u",
            "a", "ul", "ol", "li", "tr", "td", "th", "pre", "img", "script", "style", "em", "strong", "sub", "sup");
    /** What programs print for a missing value. */
    private static final Set<String> PRINTED = Set.of("none", "nil", "null", "unset", "unknown", "pending", "invalid",
            "empty", "unnamed");

    private final Map<String, Boolean> declared = new LinkedHashMap<>();
    private final List<String> ordered;

    /** @param ordered literals that the words of the document order to be replaced */
    Placeholders(FrontMatter frontMatter, List<String> ordered) {
        this.ordered = ordered;
        frontMatter.variables().forEach(v -> declared.put(v.name(), v.secret()));
    }

    /** The holes of a text, each raw form once, in the order in which they first occur. */
    List<Placeholder> in(String text, boolean shell) {
        Map<Integer, Placeholder> found = new java.util.TreeMap<>();
        brackets(text, shell, found);
        collect(YOUR, text, found);
        if (shell && (text.contains("xxx") || text.contains("XX" + "X"))) {
            exes(text, found);
        }
        ordered.forEach(literal -> literal(literal, text, found));
        Map<String, Placeholder> distinct = new LinkedHashMap<>();
        found.values().forEach(p -> distinct.putIfAbsent(p.raw(), p));
        return new ArrayList<>(distinct.values());
    }

    /** Most texts have no bracket of a kind: to look for one is much cheaper than to search for a pattern. */
    private void brackets(String text, boolean shell, Map<Integer, Placeholder> found) {
        if (text.indexOf('<') >= 0) {
            collect(ONE_WORD, text, found);
            if (shell) {
                collect(WORDS, text, found);
                collect(DOTTED, text, found);
            } else {
                collect(QUOTED_WORDS, text, found);
            }
        }
        if (shell && text.indexOf('[') >= 0) {
            collect(SQUARE, text, found);
        }
        if (text.indexOf('{') >= 0) {
            collect(BRACES, text, found);
            collect(MACRO, text, found);
            collect(CURLY, text, found);
            collect(PATH_PART, text, found);
        }
    }

    /** The text with the brackets of anything like a placeholder made harmless, to be read as what it will become. */
    static String neutral(String whole) {
        String text = whole.indexOf('{') < 0 ? whole : BRACES.matcher(MACRO.matcher(whole).replaceAll("_macro_"))
                .replaceAll("_$1_");
        text = text.indexOf('[') < 0 ? text : SQUARE.matcher(text).replaceAll(m -> "_" + m.group(1).replace(' ', '_') + "_");
        text = text.indexOf('$') < 0 ? text : WHICH.matcher(text).replaceAll("$1");
        text = text.indexOf('<') < 0 ? text : DOTTED.matcher(text).replaceAll("_$1_");
        return angles(text);
    }

    private static String angles(String text) {
        if (text.indexOf('<') < 0) {
            return text;
        }
        String words = WORDS.matcher(text).replaceAll(m -> Matcher.quoteReplacement("_" + m.group(1).replace(' ', '_') + "_"));
        return ONE_WORD.matcher(words).replaceAll(m -> m.start() > 0 && words.charAt(m.start() - 1) == '<'
                ? Matcher.quoteReplacement(m.group()) : "_" + m.group(1) + "_");
    }

    private void collect(Pattern pattern, String text, Map<Integer, Placeholder> found) {
        Matcher matcher = pattern.matcher(text);
        Set<String> elements = null; // names of the elements that the text closes
        while (matcher.find()) {
            elements = elements == null ? closed(text) : elements;
            String name = pattern == MACRO ? argument(matcher.group(1)) : matcher.group(1).replace(' ', '_');
            boolean variable = pattern == YOUR && text.contains("$") && (text.contains("$" + name) || text.contains("${" + name));
            if (!variable && (declared.containsKey(name) || !excluded(matcher.group(1), text, matcher.start(), elements))) {
                boolean secret = declared.getOrDefault(name, false) || soundsSecret(name);
                found.put(matcher.start(), new Placeholder(name, matcher.group(), secret));
            }
        }
    }

    /** Where they stand for several values nobody can be asked for one. */
    private void exes(String text, Map<Integer, Placeholder> found) {
        Map<Integer, Placeholder> own = new HashMap<>();
        Set<String> names = new java.util.HashSet<>();
        Matcher matcher = EXES.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            names.add(name);
            own.put(matcher.start(3), new Placeholder(name, matcher.group(3), declared.getOrDefault(name, false) || soundsSecret(name)));
        }
        if (names.size() == 1) {
            found.putAll(own);
        }
    }

    static boolean soundsSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    private static String argument(String macro) {
        Matcher last = LAST_ARGUMENT.matcher(macro);
        return !last.find() ? macro : last.group(1) == null ? last.group(2) : last.group(1);
    }

    /** A literal that the words order to be replaced, as a word of its own and not as the name of a variable. */
    private void literal(String literal, String text, Map<Integer, Placeholder> found) {
        Matcher matcher = Pattern.compile("(?<![A-Za-z0-9${])" + Pattern.quote(literal) + "(?![A-Za-z0-9=])").matcher(text);
        if (matcher.find() && !found.containsKey(matcher.start())) {
            String name = literal.replaceAll("^[<\\[{]|[>\\]}]$", "").replace(' ', '_');
            boolean secret = declared.getOrDefault(name, false) || soundsSecret(name);
            found.put(matcher.start(), new Placeholder(name, literal, secret));
        }
    }

    private static Set<String> closed(String text) {
        Set<String> names = new HashSet<>();
        Matcher matcher = CLOSED.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static boolean excluded(String word, String text, int at, Set<String> elements) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean hereDocument = at > 0 && text.charAt(at - 1) == '<';
        boolean element = elements.contains(word);
        boolean tag = word.equals(lower) && (HTML.contains(lower) || PRINTED.contains(lower));
        return hereDocument || element || tag;
    }
}
