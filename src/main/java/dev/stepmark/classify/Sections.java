package dev.stepmark.classify;

import dev.stepmark.runbook.Step.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The headings above the current place, and the part of the document that they make of it (pattern 29). */
final class Sections {

    /** In this order: the first that fits counts. */
    private static final Map<Section, Pattern> WORDS = words();

    private static final Pattern CLEANS = opening("clean(ing)? up|clean-up|tear(ing)? down");
    private static final Pattern GOES_BACK = opening("roll(ing)? back|rollback|revert|undo");

    private record Open(int level, String text, Section section, boolean title) { }

    private final List<Open> open = new ArrayList<>();
    private boolean titleSeen;

    /** The part of the document that the words of a step name themselves: "Clean up by deleting ...", "To roll back, run". */
    static Optional<Section> byOpening(String words) {
        return CLEANS.matcher(words).lookingAt() ? Optional.of(Section.CLEANUP)
                : GOES_BACK.matcher(words).lookingAt() ? Optional.of(Section.ROLLBACK) : Optional.empty();
    }

    private static Pattern opening(String verbs) {
        return Pattern.compile("\\s*(step\\s+\\d+\\s*[.:)-]*\\s*)?(if (?:anything|something|it|this|that|the \\w+) "
                + "(?:goes|went|fails|failed|breaks|broke)\\b[^,.]{0,40}, )?"
                + "((then|finally|lastly|optionally|afterwards|now)[, ]+)?(you can now |you can )?(to )?(" + verbs + ")\\b",
                Pattern.CASE_INSENSITIVE);
    }

    /** Enters a heading; the document's title names no section, or a document about a rollback would have no steps. */
    void enter(int level, String text) {
        open.removeIf(h -> h.level() >= level);
        boolean title = !titleSeen && level == 1;
        titleSeen = true;
        open.add(new Open(level, text, title ? null : named(text), title));
    }

    /** The section of the innermost heading that names one. */
    Section current() {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).section() != null) {
                return open.get(i).section();
            }
        }
        return Section.MAIN;
    }

    /** Headings from the outermost in. */
    List<String> path() {
        return open.stream().map(Open::text).toList();
    }

    /** The same without the title of the document. */
    List<String> parts() {
        return open.stream().filter(h -> !h.title()).map(Open::text).toList();
    }

    /** The innermost heading, or empty. */
    String heading() {
        return open.isEmpty() ? "" : open.get(open.size() - 1).text();
    }

    static Section named(String heading) {
        return WORDS.entrySet().stream().filter(e -> e.getValue().matcher(heading).find()).map(Map.Entry::getKey)
                .findFirst().orElse(null);
    }

    private static Map<Section, Pattern> words() {
        Map<Section, Pattern> words = new LinkedHashMap<>();
        words.put(Section.ROLLBACK, pattern("roll(ing)?[ -]?back|rollback|revert(ing)?|back[ -]?out plan|undo(ing)?"));
        words.put(Section.TROUBLESHOOTING, pattern("trouble[ -]?shoot(ing)?|known (issues|errors|problems)|"
                + "common (issues|errors|problems)|if something goes wrong"));
        words.put(Section.CLEANUP, pattern("clean(ing)?[ -]?up|tear(ing)?[ -]?down"));
        words.put(Section.PREREQUISITES, pattern("pre-?requisites?|before you (begin|start)|requirements"));
        return words;
    }

    private static Pattern pattern(String words) {
        return Pattern.compile("\\b(" + words + ")\\b", Pattern.CASE_INSENSITIVE);
    }
}
