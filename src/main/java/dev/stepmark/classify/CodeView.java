package dev.stepmark.classify;

import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Attributes;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.Set;

/** All that a rule may look at. What several rules ask of the same text is found out once. */
final class CodeView {

    /** Who reads what the operator would type now, by the sessions that the text has opened. */
    enum Typed { SHELL, PSQL, MYSQL, OTHER }

    /**
     * Where a block stands.
     *
     * @param heading the innermost heading, or empty
     * @param mysql   whether SQL here is for mysql, by the session that is open or by what the headings name
     * @param client  whether a client that reads SQL is open
     * @param known   programs that blocks before this one run
     */
    record Place(String heading, boolean mysql, boolean client, Set<String> known) { }

    /** Words before a block that are looked at, in characters, the nearest ones. */
    private static final int MAX_WORDS = 2_000;
    /** Lines that are looked at for something like a command: a log of thousands needs no more. */
    static final int LOOKED_AT = 60;

    private final StepDraft.Code code;
    private final InfoString info;
    private final Step.Section section;
    private final Typed typed;
    private final BlockDraft before;
    private final Place place;
    private final List<String> lines;
    private String lastSentence;
    private Boolean command;
    private Boolean sql;
    private Boolean noCommands;
    private Boolean prompt;

    /**
     * @param code    the block, the author's annotations, and the words before it
     * @param info    its info string, taken apart
     * @param section the part of the document
     * @param typed   what reads what is typed at this point
     * @param place   where in the document it stands
     * @param before  the block before it in the same step, or null
     */
    CodeView(StepDraft.Code code, InfoString info, Step.Section section, Typed typed, Place place, BlockDraft before) {
        this.code = code;
        this.info = info;
        this.section = section;
        this.typed = typed;
        this.place = place;
        this.before = before;
        this.lines = code.node().text().lines().toList();
    }

    Node.Code node() {
        return code.node();
    }

    Attributes attributes() {
        return code.attributes();
    }

    Step.Section section() {
        return section;
    }

    Typed typed() {
        return typed;
    }

    /** The words before the block; those before the previous block when none stand between. */
    String leadIn() {
        String words = code.leadIn();
        return words.length() <= MAX_WORDS ? words : words.substring(words.length() - MAX_WORDS);
    }

    /** Whether the words stand directly before it. */
    boolean direct() {
        return code.direct();
    }

    /** Whether the block before it in the same step is one that is run. */
    boolean afterCommand() {
        return before != null && before.verdict.role().executable();
    }

    /** Whether that block runs in the shell and opens nothing. */
    boolean afterShell() {
        return afterCommand() && before.verdict.executor() == Executor.SHELL && before.opens.isEmpty();
    }

    /** The innermost heading, or empty. */
    String heading() {
        return place.heading();
    }

    /** Whether a client that reads SQL is open. */
    boolean clientOpen() {
        return place.client();
    }

    /** Whether a block before this one runs the program that this one begins with. */
    boolean knownProgram() {
        return place.known().contains(Shapes.firstCommand(text()).split("\\s+")[0]);
    }

    /** Whether SQL at this point is for mysql. */
    boolean mysql() {
        return place.mysql();
    }

    /** The sentence next to the block. */
    String lastSentence() {
        if (lastSentence == null) {
            lastSentence = Titles.last(leadIn());
        }
        return lastSentence;
    }

    /** Whether none of the first lines looks like a command. */
    boolean noCommands() {
        if (noCommands == null) {
            noCommands = OutputShapes.filled(lines).stream().limit(LOOKED_AT)
                    .noneMatch(l -> ShellRules.isCommand(l) || SqlRules.isMeta(l));
        }
        return noCommands;
    }

    /** Whether lines begin with a prompt of a shell, of psql or of mysql. */
    boolean hasPrompt() {
        if (prompt == null) {
            prompt = Prompts.any(text());
        }
        return prompt;
    }

    /** Whether the first line that is no comment looks like a command. */
    boolean isCommand() {
        if (command == null) {
            command = ShellRules.isCommand(text());
        }
        return command;
    }

    /** Whether the text begins with a statement or a meta-command of psql. */
    boolean isSql() {
        if (sql == null) {
            sql = SqlRules.isSql(text());
        }
        return sql;
    }

    String text() {
        return node().text();
    }

    List<String> lines() {
        return lines;
    }

    String language() {
        return info.language();
    }

    /** How a sentence names the label: {@code labelled sql}, {@code not labelled}, {@code indented}. */
    String label() {
        return language().isEmpty() ? node().syntax() == dev.stepmark.runbook.Block.Syntax.INDENTED ? "indented"
                : "not labelled" : "labelled " + language();
    }
}
