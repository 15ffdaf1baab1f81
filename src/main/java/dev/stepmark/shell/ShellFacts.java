package dev.stepmark.shell;

import dev.stepmark.runbook.Risk;
import java.util.List;

/**
 * What a shell text runs, told from the text alone.
 *
 * @param commands simple commands in the order written, also those in loops, pipes and subshells, without those in
 *                 command substitutions
 * @param risk     how much the whole can do: the greatest of its parts; what is not known is UNKNOWN
 * @param complete whether the text is a whole: every quote, here-document and compound command is closed
 * @param problem  why not, lower case without a full stop; else empty
 */
public record ShellFacts(List<ShellCommand> commands, Risk risk, boolean complete, String problem) {

    /** How many commands inside commands are looked through. */
    static final int DEEPEST = 20;

    public ShellFacts {
        commands = List.copyOf(commands);
    }

    /** Reads a text. Several rules ask about the same one, each right after the other: the last answer is kept. */
    public static ShellFacts of(String text) {
        Last last = LAST.get();
        if (last == null || !last.text().equals(text)) {
            last = new Last(text, of(text, 0));
            LAST.set(last);
        }
        return last.facts();
    }

    private record Last(String text, ShellFacts facts) { }

    private static final ThreadLocal<Last> LAST = new ThreadLocal<>();

    /** Whether a line could be a command rather than prose, a table or output; for code without a language. */
    public static boolean looksLikeCommand(String line) {
        return CommandGuess.looksLikeCommand(line);
    }

    /** The same for a text inside another; too many levels are not looked through. */
    static ShellFacts of(String text, int level) {
        if (level > DEEPEST) {
            return new ShellFacts(List.of(), Risk.UNKNOWN, false, "commands are nested too deeply");
        }
        ShellParser parser = new ShellParser(text);
        List<ParsedCommand> parsed = parser.parse();
        Risk risk = Risk.READ_ONLY;
        for (ParsedCommand command : parsed) {
            risk = risk.max(new CommandRisk(command, level).risk());
        }
        boolean complete = parser.problem().isEmpty();
        List<ShellCommand> commands = parsed.stream().filter(c -> !c.words.isEmpty())
                .map(c -> new ShellCommand(c.values(), c.line, c.simple())).toList();
        return new ShellFacts(commands, complete ? risk : risk.max(Risk.UNKNOWN), complete, parser.problem());
    }
}
