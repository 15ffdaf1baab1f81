package dev.stepmark.classify;

import dev.stepmark.runbook.FrontMatter;
import dev.stepmark.runbook.Placeholder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds {@code <NAME>} in text that is to be run (patterns 19 and 21): a shell would take it for redirections. */
final class Placeholders {

    private static final Pattern ONE_WORD = Pattern.compile("<([A-Za-z][A-Za-z0-9_-]*)>");
    /** With blanks inside only where no redirection can be meant: nothing follows the bracket directly. */
    private static final Pattern WORDS =
            Pattern.compile("(?<=[\\s=\"'/@:])<([A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+){1,6})>(?![\\w&/.$-])");
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(password|passwd|passphrase|secret|token|credential|pwd|(api|access|private|secret|encryption)[_ -]?key).*"
            + "|(?i)(.*[_ -])?(pass|key)");
    private static final Set<String> HTML = Set.of("br", "hr", "p", "div", "span", "html", "body", "head", "b", "i", "u",
            "a", "ul", "ol", "li", "tr", "td", "th", "pre", "img", "script", "style", "em", "strong", "sub", "sup");
    /** What programs print for a missing value. */
    private static final Set<String> PRINTED = Set.of("none", "nil", "null", "unset", "unknown", "pending", "invalid",
            "empty", "unnamed");

    private final Map<String, Boolean> declared = new LinkedHashMap<>();

    Placeholders(FrontMatter frontMatter) {
        frontMatter.variables().forEach(v -> declared.put(v.name(), v.secret()));
    }

    /** The holes of a text, each raw form once, in the order in which they first occur. */
    List<Placeholder> in(String text, boolean shell) {
        Map<Integer, Placeholder> found = new java.util.TreeMap<>();
        collect(ONE_WORD, text, found);
        if (shell) {
            collect(WORDS, text, found);
        }
        Map<String, Placeholder> distinct = new LinkedHashMap<>();
        found.values().forEach(p -> distinct.putIfAbsent(p.raw(), p));
        return new ArrayList<>(distinct.values());
    }

    /** The text with the brackets of anything like a placeholder made harmless, to be read as what it will become. */
    static String neutral(String text) {
        String words = WORDS.matcher(text).replaceAll(m -> Matcher.quoteReplacement("_" + m.group(1).replace(' ', '_') + "_"));
        return ONE_WORD.matcher(words).replaceAll(m -> m.start() > 0 && words.charAt(m.start() - 1) == '<'
                ? Matcher.quoteReplacement(m.group()) : "_" + m.group(1) + "_");
    }

    private void collect(Pattern pattern, String text, Map<Integer, Placeholder> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1).replace(' ', '_');
            if (declared.containsKey(name) || !excluded(matcher.group(1), text, matcher.start())) {
                boolean secret = declared.getOrDefault(name, false) || SECRET.matcher(name).matches();
                found.put(matcher.start(), new Placeholder(name, matcher.group(), secret));
            }
        }
    }

    private static boolean excluded(String word, String text, int at) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean hereDocument = at > 0 && text.charAt(at - 1) == '<';
        boolean element = text.contains("</" + word + ">");
        boolean tag = word.equals(lower) && (HTML.contains(lower) || PRINTED.contains(lower));
        return hereDocument || element || tag;
    }
}
