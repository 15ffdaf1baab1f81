package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Prose;
import dev.stepmark.runbook.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the steps of a document: ordered items (pattern 2), code under a heading (pattern 1), bullets with code. They
 * are numbered by position, whatever their markers say (pattern 4). Words that belong to no step are put before the
 * next one, so that nothing the author wrote is lost.
 */
final class Outline {

    private static final Pattern LINK_ONLY = Pattern.compile("[^()]+ \\([^()\\s]+\\)");

    private final Document document;
    private final Sections sections = new Sections();
    private final Flattener flattener;
    private final List<StepDraft> steps = new ArrayList<>();
    /** Words since the last code block or step. */
    private final List<Node> buffer = new ArrayList<>();
    /** Words of earlier headings that no step has taken yet. */
    private final List<Prose> carried = new ArrayList<>();
    private Node.Heading heading;
    private StepDraft group;
    private StepDraft item;
    private int itemNumber;
    private boolean headingUsed;
    /** Where the first words below a heading are a condition for all that follows; 0 for none, with the heading's level. */
    private int conditionLine;
    private int conditionLevel;
    /** Whether the document has something to run: only then are words alone taken for work of a person. */
    private final boolean procedure;

    private Outline(Document document, List<Node> nodes) {
        this.document = document;
        this.procedure = nodes.stream().anyMatch(Outline::runs);
        this.flattener = new Flattener(document);
    }

    static List<StepDraft> of(Document document) {
        List<Node> nodes = InlineCommands.expand(document);
        Outline outline = new Outline(document, nodes);
        outline.walk(nodes);
        return outline.steps;
    }

    private void walk(List<Node> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (node instanceof Node.Heading next) {
                enter(next);
            } else if (item != null && (node instanceof Node.Code && buffer.isEmpty() || continues(nodes, i))) {
                flattener.into(item, node); // pattern 3: the fence at column 0 that splits the list
            } else if (node instanceof Node.Items items && items.ordered() && !onlyLinks(items)) {
                orderedItems(items);
            } else if (node instanceof Node.Items items && Words.hasCode(items)) {
                bullets(items);
            } else if (node instanceof Node.Code || Words.hasCode(node)) {
                loose(node);
            } else if (node instanceof Node.Paragraph paragraph && ByHandProse.include(paragraph.text()).isPresent()) {
                include(paragraph);
            } else if (node instanceof Node.Html html && ByHandProse.include(html.text()).isPresent()) {
                include(new Node.Paragraph(html.span(), html.text(), List.of(), List.of()));
            } else {
                condition(node, i + 1 < nodes.size() ? nodes.get(i + 1) : null);
                flattener.saw(node);
                buffer.add(node);
            }
        }
        leave();
        if (!steps.isEmpty() && !carried.isEmpty()) {
            steps.get(steps.size() - 1).addWords(carried);
        }
    }

    private void enter(Node.Heading next) {
        leave();
        conditionLine = next.level() <= conditionLevel ? 0 : conditionLine;
        heading = next;
        sections.enter(next.level(), next.text());
        flattener.reset();
    }

    /** The end of a heading: words after its last step stay with that step, others are carried to the next one. */
    private void leave() {
        StepDraft last = group != null ? group : item;
        if (last == null && procedure && !ByHandProse.noProcedure(sections.heading())) {
            last = ordered();
        }
        if (last != null) {
            last.addWords(Words.all(buffer));
        } else if (!Words.all(buffer).isEmpty()) {
            carryHeading();
            carried.addAll(Words.all(buffer));
        }
        buffer.clear();
        group = null;
        item = null;
        headingUsed = false;
    }

    /** Pattern 23: "If you are upgrading from ..." as the first words below a heading, and no code right behind them. */
    private void condition(Node node, Node next) {
        boolean first = buffer.isEmpty() && !headingUsed && heading != null && !sections.parts().isEmpty();
        if (first && node instanceof Node.Paragraph paragraph && !(next instanceof Node.Code)
                && Conditions.conditional(paragraph.text())) {
            conditionLine = paragraph.span().first();
            conditionLevel = heading.level();
        }
    }

    /** Pattern 26: a section without any code whose words order something is a step of a person. */
    private StepDraft ordered() {
        for (int i = 0; i < buffer.size(); i++) {
            if (buffer.get(i) instanceof Node.Paragraph paragraph && ByHandProse.orders(paragraph.text())) {
                List<Node> after = new ArrayList<>(buffer.subList(i + 1, buffer.size()));
                buffer.subList(i, buffer.size()).clear();
                StepDraft draft = start(Titles.of(paragraph.text()), paragraph.text(), paragraph.span().first(), false);
                draft.manual = true;
                draft.reach(paragraph.span());
                rest(draft, paragraph);
                buffer.addAll(after);
                return draft;
            }
        }
        return null;
    }

    /** Pattern 30: what stands in another file is a step that can be seen, and a person carries it out. */
    private void include(Node.Paragraph paragraph) {
        String file = ByHandProse.include(paragraph.text()).orElseThrow();
        item = null;
        group = start("Follow what is included here: " + file, sections.heading(), paragraph.span().first(), false);
        group.manual = true;
        group.included = file;
        group.reach(paragraph.span());
        group.addWords(Words.of(paragraph));
        group = null;
        flattener.reset();
    }

    /** Whether a node has something that could be run, by its label and its first line. */
    private static boolean runs(Node node) {
        if (node instanceof Node.Code code) {
            String language = InfoString.of(code.info()).language();
            return Languages.SHELL.contains(language) || Languages.SQL.contains(language) || Languages.MYSQL.contains(language)
                    || Languages.POWERSHELL.contains(language)
                    || Languages.PLAIN.contains(language) && (Prompts.any(code.text())
                    || ShellRules.isCommand(code.text()));
        }
        return node instanceof Node.Items items && items.items().stream().anyMatch(i -> i.content().stream().anyMatch(Outline::runs))
                || node instanceof Node.Quote quote && quote.content().stream().anyMatch(Outline::runs);
    }

    private void carryHeading() {
        if (heading != null) {
            carried.addAll(Words.of(heading));
        }
    }

    /** Whether the list above goes on after this node: the next ordered list of the heading starts with its next number. */
    private boolean continues(List<Node> nodes, int from) {
        for (Node node : nodes.subList(from, nodes.size())) {
            if (node instanceof Node.Heading) {
                return false;
            }
            if (node instanceof Node.Items items && items.ordered()) {
                return node != nodes.get(from) && items.start() == itemNumber + 1 && items.start() > 1;
            }
        }
        return false;
    }

    private static boolean onlyLinks(Node.Items items) {
        return items.items().stream().allMatch(i -> i.content().size() == 1
                && i.content().get(0) instanceof Node.Paragraph p && LINK_ONLY.matcher(p.text()).matches());
    }

    private void orderedItems(Node.Items items) {
        group = null;
        for (Node.Item each : items.items()) {
            item = itemStep(each);
        }
        itemNumber = items.start() + items.items().size() - 1;
    }

    private StepDraft itemStep(Node.Item each) {
        flattener.reset();
        Node.Paragraph first = !each.content().isEmpty() && each.content().get(0) instanceof Node.Paragraph p ? p : null;
        boolean titled = first != null && !first.text().isBlank();
        String title = titled ? Titles.of(first.text()) : untitled(each.span().first());
        StepDraft draft = start(title, titled ? first.text() : "", each.span().first(), true);
        if (titled) {
            flattener.saw(first);
            rest(draft, first);
        }
        each.content().subList(titled ? 1 : 0, each.content().size()).forEach(n -> flattener.into(draft, n));
        draft.reach(each.span());
        return draft;
    }

    /** What the first paragraph says beyond the title. */
    private static void rest(StepDraft draft, Node.Paragraph first) {
        String rest = Titles.rest(first.text());
        draft.addWords(Words.of(new Node.Paragraph(first.span(), rest, first.codes(), first.images())));
    }

    /** Items with code are steps, the others are words. */
    private void bullets(Node.Items items) {
        group = null;
        for (Node.Item each : items.items()) {
            if (Words.hasCode(each)) {
                item = itemStep(each);
                itemNumber = -1;
            } else {
                buffer.add(new Node.Items(each.span(), items.ordered(), items.start(), List.of(each)));
            }
        }
    }

    /** Code outside of any list: it joins the step of its heading unless its lead-in makes a step of its own. */
    private void loose(Node node) {
        item = null;
        Node.Paragraph lead = lead();
        login(lead);
        if (group == null || startsOwn(node, lead)) {
            boolean own = lead != null && (Conditions.opens(lead.text()) || headingUsed || isInline(node));
            group = looseStep(own ? lead : null, node);
        } else {
            group.addWords(Words.all(buffer));
        }
        buffer.clear();
        group.runs |= runs(node);
        flattener.into(group, node);
    }

    /** Patterns 17 and 26: "log in to the server and run the following" is a step of a person before the one with the code. */
    private void login(Node.Paragraph lead) {
        Optional<String> login = lead == null ? Optional.empty() : ByHandProse.login(Titles.last(lead.text()));
        if (login.isEmpty()) {
            return;
        }
        List<Node> before = new ArrayList<>(buffer.subList(0, buffer.indexOf(lead)));
        buffer.clear();
        buffer.addAll(before);
        StepDraft draft = start(login.get(), login.get(), lead.span().first(), false);
        draft.manual = true;
        buffer.add(lead);
        group = null;
    }

    private static boolean isInline(Node node) {
        return node instanceof Node.Code code && code.syntax() == Block.Syntax.INLINE;
    }

    private boolean startsOwn(Node node, Node.Paragraph lead) {
        boolean annotated = node instanceof Node.Code code && group.hasCode()
                && (Annotations.of(document, code).when().isPresent()
                || Annotations.of(document, code).get("name").isPresent());
        boolean conditional = lead != null && Conditions.opens(lead.text());
        boolean afterConditional = lead != null && !group.opening.equals(opening()) && Conditions.opens(group.opening)
                && !LeadIns.announcesOutput(lead.text());
        boolean inline = lead != null && (isInline(node) || SessionProse.newTerminal(Titles.last(lead.text())));
        boolean otherSection = lead != null && Sections.byOpening(lead.text()).filter(s -> s != group.section).isPresent();
        boolean editsFile = lead != null && isFile(node) && LeadIns.speaksOfFile(Titles.last(lead.text()));
        boolean runsAfterOther = lead != null && group.hasCode() && !group.runs && runs(node)
                && !LeadIns.announcesOutput(lead.text());
        return annotated || conditional || afterConditional || inline || otherSection || editsFile || runsAfterOther;
    }

    private static boolean isFile(Node node) {
        return node instanceof Node.Code code && Languages.FILE.contains(InfoString.of(code.info()).language());
    }

    private StepDraft looseStep(Node.Paragraph lead, Node node) {
        int line = lead != null ? lead.span().first() : node.span().first();
        Node.Paragraph words = lead();
        int from = buffer.isEmpty() ? line : words != null ? words.span().first() : buffer.get(0).span().first();
        String title = lead == null ? untitled(node.span().first()) : Titles.of(lead.text());
        StepDraft draft = start(title, lead == null ? opening() : lead.text(), line, false);
        draft.reach(new Span(from, line));
        if (lead != null) {
            rest(draft, lead);
        }
        return draft;
    }

    /** The paragraph directly before the code. */
    private Node.Paragraph lead() {
        for (int i = buffer.size() - 1; i >= 0; i--) {
            Node node = buffer.get(i);
            if (node instanceof Node.Paragraph || !Words.of(node).isEmpty()) { // comments say nothing to a reader
                return node instanceof Node.Paragraph paragraph && !paragraph.text().isBlank() ? paragraph : null;
            }
        }
        return null;
    }

    /** A heading such as "Tuning (optional)" says it for its step. */
    private String opening() {
        return sections.heading();
    }

    private String untitled(int line) {
        return sections.heading().isEmpty() ? "Line " + line : Titles.of(sections.heading());
    }

    /** A new step with all words that wait for one. The first paragraph of a titled step is its title and not repeated. */
    private StepDraft start(String title, String opening, int line, boolean fromItem) {
        StepDraft draft = new StepDraft(title, opening, line, fromItem, sections);
        List<Node> words = new ArrayList<>(buffer);
        boolean titledByLead = !fromItem && lead() != null && title.equals(Titles.of(lead().text()));
        if (titledByLead) {
            words.remove(lead());
        }
        if (fromItem && !Words.all(words).isEmpty()) {
            carryHeading();
        }
        draft.addWords(carried);
        draft.addWords(Words.all(words));
        carried.clear();
        buffer.clear();
        headingUsed = true;
        draft.saidFor = conditionLine;
        steps.add(draft);
        return draft;
    }
}
