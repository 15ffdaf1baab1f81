package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.message.Excerpt;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.Nearest;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Attributes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what an author has annotated a block with: {@code {name=x capture=rows}} or JSON after the language, or
 * {@code <!-- stepmark: when="..." -->} before the fence. Keys of other tools are kept as they are.
 *
 * <p>A key that is nearly one of ours is refused: a condition that is lost by a typing error would run what it should
 * have held back. "Nearly" is two edits, and one for keys of four letters or fewer, because {@code node} is not
 * {@code name}.
 */
public final class Annotations {

    /** The keys that a block may have, and that end up in {@link Attributes#known()}. */
    public static final List<String> KEYS = List.of("name", "session", "connection", "target", "capture", "when",
            "needs", "verify", "timeout", "interactive", "background", "run", "foreach", "repeat-until", "expect", "ignore",
            "transaction", "as", "undo");
    /** Bounds on the installed version for the step of the block; also with {@code -}. */
    public static final List<String> BOUNDS = List.of("minimum_version", "maximum_version");

    /** The most attributes of a block, those of other tools counted: each is compared with all of ours. */
    static final int MAX_KEYS = 200;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern TIMEOUT = Pattern.compile("[1-9]\\d{0,5}(ms|s|m|h)");
    private static final Pattern VERSION = Pattern.compile("[vV]?\\d+(\\.\\d+){0,3}(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?"
            + "(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");
    private static final Pattern GENERATED = Pattern.compile("step_\\d+");
    private static final List<String> ALL =
            java.util.stream.Stream.of(KEYS, BOUNDS).flatMap(List::stream).toList();

    private final Document document;
    private final int line;
    private final Map<String, String> known = new LinkedHashMap<>();
    private final Map<String, String> foreign = new LinkedHashMap<>();

    private Annotations(Document document, int line) {
        this.document = document;
        this.line = line;
    }

    /**
     * The annotations of a block: those of the info string and those of the comment before it together.
     *
     * @throws StepmarkException USAGE, with the place, for a key or a value that cannot be right
     */
    public static Attributes of(Document document, Node.Code code) {
        Annotations annotations = new Annotations(document, code.span().first());
        InfoString info = InfoString.of(code.info());
        annotations.addAll(info.attributes(), true);
        annotations.addAll(info.words(), false);
        if (!code.annotation().isEmpty()) {
            annotations.comment(code);
        }
        annotations.refuseBoth("foreach", "repeat-until");
        return new Attributes(annotations.known, annotations.foreign);
    }

    private void refuseBoth(String one, String other) {
        if (known.containsKey(one) && known.containsKey(other)) {
            throw error(other, "\"" + one + "\" and \"" + other + "\" do not go together",
                    "A block is repeated for rows, or until a condition holds. The runbook is refused.", "two blocks");
        }
    }

    private void comment(Node.Code code) {
        Annotations inner = new Annotations(document, commentLine(code.span().first()));
        inner.known.putAll(known);
        inner.foreign.putAll(foreign);
        inner.addAll(code.annotation(), true);
        known.putAll(inner.known);
        foreign.putAll(inner.foreign);
    }

    /** The comment stands on the line before the fence, or further up when it has several lines. */
    private int commentLine(int fence) {
        int number = fence - 1;
        while (number > 1 && !document.lines().get(number - 1).contains("<!--")) {
            number--;
        }
        return Math.max(1, number);
    }

    /** @param strict whether keys that are nearly ours are refused: not outside of braces, where anything may stand */
    private void addAll(String text, boolean strict) {
        KeyValues values = KeyValues.of(text);
        values.problem().ifPresent(problem -> {
            if (strict && (text.indexOf('=') >= 0 || text.indexOf(':') >= 0)) {
                throw error(values.last(), problem, "The block was not read, so the runbook is refused.",
                        "{name=value other=\"value with spaces\"}");
            }
        });
        if (values.entries().size() > MAX_KEYS) {
            throw error("", String.format("%,d attributes, more than %,d", values.entries().size(), MAX_KEYS),
                    "The block was not read, so the runbook is refused.", "data in a file of its own");
        }
        for (KeyValues.Entry entry : values.entries()) {
            add(entry, strict);
        }
    }

    private void add(KeyValues.Entry entry, boolean strict) {
        String key = BOUNDS.contains(entry.key().replace('-', '_')) ? entry.key().replace('-', '_') : entry.key();
        if (KEYS.contains(key) || BOUNDS.contains(key)) {
            if (!strict && !entry.hasValue()) {
                foreign.put(entry.key(), "");
                return;
            }
            check(key, entry);
            if (known.put(key, entry.value()) != null) {
                throw error(entry.key(), "\"" + key + "\" is given twice",
                        "Which of them counts is not for Stepmark to guess.", "keep one of them");
            }
        } else {
            if (strict) {
                refuseNearMiss(entry.key());
            }
            foreign.put(entry.key(), entry.value());
        }
    }

    private void refuseNearMiss(String key) {
        Optional<String> nearest = ALL.stream().filter(ours -> Nearest.edits(key, ours) <= allowed(ours))
                .min(Comparator.comparingInt(ours -> Nearest.edits(key, ours)));
        if (nearest.isPresent()) {
            throw error(key, "\"" + key + "\" is no attribute of a block", "The nearest is " + nearest.get()
                    + ". The block was not read, so the runbook is refused.", "");
        }
    }

    private static int allowed(String ours) {
        return ours.length() <= 4 ? 1 : Nearest.MAX_EDITS;
    }

    private void check(String key, KeyValues.Entry entry) {
        String value = entry.value();
        String example = switch (key) {
            case "name", "session", "connection", "transaction" -> NAME.matcher(value).matches() ? "" : key + "=a-name";
            case "capture" -> IDENTIFIER.matcher(value).matches() && !GENERATED.matcher(value).matches() ? ""
                    : "capture=conflicts     (letters, digits and _; step_N is taken by the steps)";
            case "timeout" -> TIMEOUT.matcher(value).matches() ? "" : "timeout=30s     (ms, s, m or h)";
            case "interactive" -> value.equals("true") || value.equals("false") ? ""
                    : "interactive=true     (the block gets the terminal; false: never)";
            case "as" -> Declared.WORDS.contains(value) ? "" : "as=shell     (shell, sql, mysql, hand or output)";
            case "background" -> value.equals("true") || value.equals("false") ? ""
                    : "background=true     (the run goes on while it runs)";
            case "run" -> value.equals("true") || value.equals("false") ? "" : "run=false     (the block is only shown)";
            case "minimum_version", "maximum_version" -> VERSION.matcher(value).matches() ? "" : key + "=0.9.5";
            default -> value.isBlank() ? key + "=\"...\"" : "";
        };
        if (!example.isEmpty()) {
            String what = value.isEmpty() ? "\"" + key + "\" has no value"
                    : "\"" + value + "\" is no value for " + key;
            throw error(entry.key(), what, "The block was not read, so the runbook is refused.", example);
        }
    }

    private StepmarkException error(String key, String what, String meaning, String tryThis) {
        String source = document.lines().get(line - 1);
        int column = Math.max(0, source.indexOf(key));
        return new StepmarkException(ExitCode.USAGE, new Message(document.path() + ":" + line + ": " + what,
                Excerpt.of(line, source, column, key.length()), List.of(meaning.split("\n")),
                tryThis.isEmpty() ? List.of() : List.of(tryThis)));
    }
}
