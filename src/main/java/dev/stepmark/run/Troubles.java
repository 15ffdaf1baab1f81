package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Prose;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the troubleshooting section of a document tells about an error: its sample outputs, and code in its words. */
final class Troubles {

    /** Shorter texts occur everywhere. */
    private static final int SHORTEST = 12;
    /** Bytes of an output that are looked through. */
    private static final int MOST = 256 * 1024;
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern VARIES = Pattern.compile("\"[^\"]*\"|'[^']*'|<[^<>]*>|\\.\\.\\.|\\d+");

    private final Desk desk;

    Troubles(Desk desk) {
        this.desk = desk;
    }

    /** The fact for a failure, when the document tells about it. */
    Optional<StepCard.Fact> about(Execution failed, String message) {
        String text = message + "\n" + output(failed);
        List<Step> steps = desk.runbook().steps().stream().filter(s -> s.section() == Step.Section.TROUBLESHOOTING).toList();
        for (Step step : steps) {
            Optional<Integer> line = line(step, text);
            if (line.isPresent()) {
                String more = steps.subList(steps.indexOf(step), steps.size()).stream().filter(s -> s.sectionPath().equals(step.sectionPath()))
                        .filter(s -> !s.executables().isEmpty()).findFirst().map(s -> "; /goto " + s.id() + " does what it says").orElse("");
                return Optional.of(new StepCard.Fact("Known", "line " + line.get() + " tells about this error: " + step.title() + more));
            }
        }
        return Optional.empty();
    }

    private String output(Execution failed) {
        StringBuilder out = new StringBuilder();
        for (Event.Output output : failed.finished().map(Event.ExecFinished::outputs).orElse(List.of())) {
            byte[] bytes = output.bytes() > MOST ? new byte[0] : desk.log().artefact(output.artefact());
            out.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
        }
        return out.toString();
    }

    private static Optional<Integer> line(Step step, String text) {
        for (Part part : step.parts()) {
            if (part instanceof Part.Code code && (code.block().role() == Role.SAMPLE_OUTPUT
                    || code.block().role() == Role.MALFORMED)) {
                if (code.block().text().lines().anyMatch(l -> occurs(l, text))) {
                    return Optional.of(first(code.block()));
                }
            } else if (part instanceof Part.Words words && codes(words.prose()).stream().anyMatch(c -> occurs(c, text))) {
                return Optional.of(words.prose().span().first());
            }
        }
        boolean titled = codes(step.title()).stream().anyMatch(c -> occurs(c, text)) || step.sectionPath().stream()
                .skip(1).anyMatch(h -> occurs(h.replace("`", ""), text));
        return titled ? Optional.of(step.span().first()) : Optional.empty();
    }

    private static int first(Block block) {
        return block.span().first() + (block.syntax() == Block.Syntax.FENCE ? 1 : 0);
    }

    /** Whether a line of the document occurs in a text; names in quotes, numbers and placeholders may differ. */
    static boolean occurs(String line, String text) {
        String said = line.strip();
        StringBuilder pattern = new StringBuilder();
        Matcher varies = VARIES.matcher(said);
        int at = 0;
        int fixed = 0;
        while (varies.find()) {
            fixed += varies.start() - at;
            pattern.append(Pattern.quote(said.substring(at, varies.start()).strip())).append("[^\\n]{0,200}?");
            at = varies.end();
        }
        fixed += said.length() - at;
        pattern.append(Pattern.quote(said.substring(at).strip()));
        return fixed >= SHORTEST && said.contains(" ") && said.length() <= 300 && Pattern.compile(pattern.toString()).matcher(text).find();
    }

    private static List<String> codes(Prose prose) {
        if (prose instanceof Prose.Paragraph paragraph) {
            return codes(paragraph.text());
        }
        if (prose instanceof Prose.Item item) {
            return item.content().stream().flatMap(p -> codes(p).stream()).toList();
        }
        if (prose instanceof Prose.Quote quote) {
            return quote.content().stream().flatMap(p -> codes(p).stream()).toList();
        }
        return prose instanceof Prose.Heading heading ? List.of(heading.text().replace("`", "")) : List.of();
    }

    private static List<String> codes(String text) {
        List<String> found = new ArrayList<>();
        Matcher code = CODE.matcher(text);
        while (code.find()) {
            found.add(code.group(1));
        }
        return found;
    }
}
