package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Alternative;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what excludes each other (pattern 22): tabs, headings beside each other that name systems or options, words before
 * blocks that do ("For MySQL however"), and what stands behind "or". Places with the same ways are one alternative.
 */
final class Alternatives {

    /** More ways than a digit can name are a list to be read. */
    private static final int MAX_WAYS = 9;
    private static final int MAX_ID = 48;
    private static final int MAX_LABEL = 48;
    private static final int MAX_SHOWN = 60;

    private final Document document;
    private final List<StepBlocks> steps;
    private final Map<String, Alternative> found = new LinkedHashMap<>();

    /** A place of the document where one of several ways is taken. */
    private record Place(String label, Span span) { }

    private Alternatives(Document document, List<StepBlocks> steps) {
        this.document = document;
        this.steps = steps;
    }

    /** All alternatives; every block that belongs to one of their ways says so from now on. */
    static List<Alternative> find(Document document, List<List<Tabs.Tab>> tabs, List<StepBlocks> steps) {
        Alternatives alternatives = new Alternatives(document, steps);
        tabs.forEach(group -> alternatives.add(group.stream().map(t -> new Place(t.label(), t.span())).toList()));
        alternatives.headings();
        new LeadWays(steps).find().forEach(group -> alternatives.add(group.stream()
                .map(w -> new Place(w.label(), w.span())).toList()));
        List<Alternative> all = List.copyOf(alternatives.found.values());
        steps.forEach(s -> s.blocks.forEach(b -> b.alternative = innermost(all, b.code.node().span())));
        return all;
    }

    /** Siblings below the same heading, at least two of one family. */
    private void headings() {
        List<Node.Heading> headings = document.nodes().stream().filter(n -> n instanceof Node.Heading)
                .map(n -> (Node.Heading) n).toList();
        Map<String, List<Place>> groups = new LinkedHashMap<>();
        int[] parents = new int[7];
        for (int i = 0; i < headings.size(); i++) {
            Node.Heading heading = headings.get(i);
            parents[Math.min(6, heading.level())] = i + 1;
            for (int level = heading.level() + 1; level < parents.length; level++) {
                parents[level] = 0;
            }
            String parent = parents(parents, heading.level());
            int end = end(headings, i);
            Ways.heading(heading.text()).ifPresent(way -> groups.computeIfAbsent(parent + way.family(), k -> new ArrayList<>())
                    .add(new Place(way.label(), new Span(heading.span().first(), end))));
        }
        groups.values().forEach(this::add);
    }

    private static String parents(int[] parents, int level) {
        StringBuilder key = new StringBuilder().append(level).append('/');
        for (int i = 0; i < Math.min(6, level); i++) {
            key.append(parents[i]).append('/');
        }
        return key.toString();
    }

    private int end(List<Node.Heading> headings, int from) {
        int level = headings.get(from).level();
        for (int i = from + 1; i < headings.size(); i++) {
            if (headings.get(i).level() <= level) {
                return headings.get(i).span().first() - 1;
            }
        }
        return document.lines().size();
    }

    /** Adds a group of places, if there is something to choose and something to do. */
    private void add(List<Place> places) {
        Map<String, List<Span>> spans = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>();
        for (Place place : places) {
            String id = slug(place.label(), MAX_LABEL);
            String label = place.label().length() > MAX_SHOWN ? place.label().substring(0, MAX_SHOWN - 3) + "..." : place.label();
            labels.putIfAbsent(id, label);
            spans.computeIfAbsent(id, k -> new ArrayList<>()).add(place.span());
        }
        boolean something = places.stream().anyMatch(p -> steps.stream().anyMatch(s -> toDo(s, p.span())));
        if (spans.size() < 2 || spans.size() > MAX_WAYS || spans.containsKey("") || spans.containsKey(Alternative.ALL) || !something) {
            return;
        }
        String key = String.join(" ", spans.keySet().stream().sorted().toList());
        Alternative before = found.get(key);
        if (before != null) {
            before.ways().forEach(w -> spans.get(w.id()).addAll(0, w.places()));
        }
        List<Alternative.Way> ways = new ArrayList<>();
        for (String id : before == null ? spans.keySet() : before.ways().stream().map(Alternative.Way::id).toList()) {
            ways.add(new Alternative.Way(id, before == null ? labels.get(id) : label(before, id), spans.get(id)));
        }
        found.put(key, new Alternative(before == null ? id(spans.keySet()) : before.id(), ways));
    }

    private static String label(Alternative alternative, String id) {
        return alternative.ways().stream().filter(w -> w.id().equals(id)).findFirst().orElseThrow().label();
    }

    /** Whether a step has something in these lines that a run asks about. */
    private static boolean toDo(StepBlocks step, Span lines) {
        boolean blocks = step.blocks.stream().anyMatch(b -> (b.executable() || b.verdict.role() == Role.MALFORMED)
                && within(b.code.node().span(), lines));
        return blocks || (step.draft.fromItem || step.draft.manual) && within(step.draft.span(), lines);
    }

    private static boolean within(Span span, Span lines) {
        return lines.first() <= span.first() && span.last() <= lines.last();
    }

    private String id(Iterable<String> ways) {
        String id = slug(String.join(" or ", ways), MAX_ID);
        int same = 0;
        for (Alternative other : found.values()) {
            same += other.id().equals(id) || other.id().matches(java.util.regex.Pattern.quote(id) + "-\\d+") ? 1 : 0;
        }
        return same == 0 ? id : id + "-" + (same + 1);
    }

    private static String slug(String text, int most) {
        String slug = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        slug = slug.substring(0, Math.min(most, slug.length()));
        return slug.replaceAll("^-|-$", "");
    }

    /** {@code group:option} of the smallest place that a block stands in. */
    private static String innermost(List<Alternative> all, Span block) {
        return all.stream().flatMap(a -> a.ways().stream().flatMap(w -> w.places().stream().filter(p -> within(block, p))
                .map(p -> Map.entry(p.last() - p.first(), a.id() + ":" + w.id())))).min(Comparator.comparing(Map.Entry::getKey))
                .map(Map.Entry::getValue).orElse("");
    }

    /** The way that tabs or the words before a block name, for those who must know before all is decided. */
    static Optional<Ways.Named> around(List<List<Tabs.Tab>> tabs, StepDraft.Code code) {
        int line = code.node().span().first();
        Optional<Ways.Named> words = code.direct() ? Ways.sentence(Titles.last(code.leadIn())) : Optional.empty();
        return words.or(() -> tabs.stream().flatMap(List::stream).filter(t -> t.span().first() <= line && line <= t.span().last())
                .min(Comparator.comparing(t -> t.span().last() - t.span().first())).flatMap(t -> Ways.heading(t.label())));
    }
}
