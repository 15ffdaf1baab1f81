package dev.stepmark.classify;

import static dev.stepmark.runbook.Role.FILE_FRAGMENT;
import static dev.stepmark.runbook.Role.REFERENCE;

import dev.stepmark.runbook.Executor;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules that take a block for a file or a part of one (pattern 27). A person edits files. */
final class FileRules {

    private static final Pattern ADD_LINES = Pattern.compile("\\b(add|append|insert|put|change|replace|uncomment|comment out|edit|modify|paste|"
            + "find)\\b.{0,80}\\b(lines?|entr(y|ies)|stanza|contents?|to the (file|end|bottom|top))\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ORDERS = Pattern.compile("\\b(run|execute|enter|type|issue|using)\\b.{0,40}(command|following|:)|"
            + "\\b(commands?|script|query)\\b\\s*:?$", Pattern.CASE_INSENSITIVE);
    private static final Pattern SEEN = Pattern.compile("\\b(output|you (should|will|can|may) (now )?(see|get)|returns?|prints?|shows?|displays?)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern YAML_KEY = Pattern.compile("(- )?[A-Za-z][\\w./-]*:(\\s*|\\s+[|>][+-]?|\\s+#.*)");
    private static final Pattern YAML_LINE = Pattern.compile("\\s*(- .*|[A-Za-z\"'][\\w./\"' -]*:(\\s.*)?|#.*|[{}\\[\\]].*|\\.\\.\\.)");
    private static final Pattern SETTING = Pattern.compile("[A-Za-z][\\w.]*\\s+=\\s+\\S.*|\\[[\\w .-]+]|[#;].*");

    /** Longer lines are those of no file that people edit by hand. */
    private static final int MAX_LINE = 1_000;

    private FileRules() {
    }

    /** The label says what kind of file it is. */
    static Optional<Verdict> labelled(CodeView view) {
        if (!Languages.FILE.contains(view.language())) {
            return Optional.empty();
        }
        boolean edit = LeadIns.speaksOfFile(view.lastSentence());
        return BlockRules.show(true, view, edit ? FILE_FRAGMENT : REFERENCE, executor(view), view.label()
                + (edit ? ", and the words before it speak of a file: a person edits it" : ": shown for explanation"));
    }

    /** YAML under another label, or under none: keys that end in a colon, with lines below them. */
    static Optional<Verdict> yaml(CodeView view) {
        List<String> lines = view.lines().stream().filter(l -> !l.isBlank() && l.length() < MAX_LINE).limit(CodeView.LOOKED_AT).toList();
        boolean yaml = openLabel(view) && lines.size() > 1 && YAML_KEY.matcher(firstOf(lines)).matches()
                && lines.stream().filter(l -> YAML_LINE.matcher(l).matches()).count() * 5 >= lines.size() * 4L
                && !SEEN.matcher(view.lastSentence()).find() && !view.afterCommand();
        return BlockRules.show(yaml, view, FILE_FRAGMENT, Executor.YAML, view.label()
                + ", and its lines are YAML: part of a file, which a person edits");
    }

    /** {@code wal_level = replica}: settings with blanks around the sign are no assignment of a shell. */
    static Optional<Verdict> settings(CodeView view) {
        List<String> lines = OutputShapes.filled(view.lines()).stream().filter(l -> l.length() < MAX_LINE).limit(CodeView.LOOKED_AT).toList();
        boolean any = lines.stream().anyMatch(l -> l.matches("[A-Za-z][\\w.]*\\s+=\\s+\\S.*"));
        boolean all = any && lines.stream().allMatch(l -> SETTING.matcher(l).matches());
        return BlockRules.show(all && openLabel(view) && !SEEN.matcher(view.lastSentence()).find(), view, FILE_FRAGMENT, Executor.NONE,
                view.label() + ", and its lines are settings of a file, which a person edits");
    }

    /** "Add the following lines": what follows is no command, whatever it looks like. */
    static Optional<Verdict> added(CodeView view) {
        String sentence = view.leadIn();
        boolean noShell = Languages.PLAIN.contains(view.language());
        boolean lines = noShell && view.direct() && ADD_LINES.matcher(sentence).find() && !ORDERS.matcher(sentence).find();
        boolean prompt = lines && (Prompts.shell(view.text()).isPresent() || Prompts.psql(view.text()).isPresent());
        return BlockRules.show(lines && !prompt, view, FILE_FRAGMENT, Executor.NONE,
                "the words before it speak of lines in a file, which a person edits: \"" + sentence + "\"");
    }

    private static String firstOf(List<String> lines) {
        return lines.stream().map(String::strip).filter(l -> !l.startsWith("#")).findFirst().orElse("");
    }

    private static boolean openLabel(CodeView view) {
        return Languages.SHELL.contains(view.language()) || Languages.PLAIN.contains(view.language());
    }

    private static Executor executor(CodeView view) {
        return view.language().equals("yaml") || view.language().equals("yml") ? Executor.YAML : Executor.NONE;
    }
}
