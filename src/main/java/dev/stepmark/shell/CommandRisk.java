package dev.stepmark.shell;

import static dev.stepmark.runbook.Risk.READ_ONLY;
import static dev.stepmark.runbook.Risk.UNKNOWN;
import static dev.stepmark.runbook.Risk.WRITE;

import dev.stepmark.runbook.Risk;
import java.util.List;

/** How much one simple command can do, with its redirections, substitutions and what it reads as a script. */
final class CommandRisk {

    private final ParsedCommand command;
    private final int level;

    CommandRisk(ParsedCommand command, int level) {
        this.command = command;
        this.level = level;
    }

    Risk risk() {
        Risk risk = READ_ONLY;
        for (ParsedCommand.Redirect redirect : command.redirects) {
            risk = risk.max(redirect.writesFile() ? WRITE : READ_ONLY);
            boolean expands = redirect.document() != null && redirect.document().expands();
            risk = expands ? risk.max(ofHereDocument(redirect.document().body())) : risk;
        }
        for (ShellToken token : command.tokens()) {
            for (String inner : token.substitutions()) {
                risk = risk.max(ShellFacts.of(inner, level + 1).risk());
            }
        }
        if (command.words.isEmpty()) {
            return risk;
        }
        return risk.max(ofProgram());
    }

    /** Substitutions in a here-document run, whoever reads it. */
    private Risk ofHereDocument(String body) {
        ShellToken asWord = new WordScanner("\"" + body.replace("\"", "\\\"") + "\"", 0,
                new Regions(body.length())).scan();
        return asWord.substitutions().stream().map(s -> ShellFacts.of(s, level + 1).risk())
                .reduce(READ_ONLY, Risk::max);
    }

    private Risk ofProgram() {
        ShellToken program = command.words.get(0);
        if (program.value().equals("((") && !program.quoted()) {
            return READ_ONLY;
        }
        if (!program.literal()) {
            return UNKNOWN;
        }
        return new ProgramRisk(command.values(), input(), level).risk();
    }

    /** What the command reads on its standard input, as far as the text tells. */
    private Input input() {
        if (command.pipedIn) {
            return Input.UNKNOWN;
        }
        Input input = Input.NONE;
        for (ParsedCommand.Redirect redirect : command.redirects) {
            input = switch (redirect.operator()) {
                case "<<", "<<-" -> Input.of(redirect.document());
                case "<<<" -> redirect.target().expands() ? Input.UNKNOWN
                        : new Input(Input.Kind.TEXT, redirect.target().value());
                case "<" -> redirect.target().value().equals("/dev/null") ? Input.NONE : Input.UNKNOWN;
                case "<>", "<&" -> Input.UNKNOWN;
                default -> input;
            };
        }
        return input;
    }

    /**
     * Standard input.
     *
     * @param text what is read, for kind TEXT
     */
    record Input(Kind kind, String text) {

        /** Kinds: what the session gives it, a text that is known, something else. */
        enum Kind { NONE, TEXT, UNKNOWN }

        static final Input NONE = new Input(Kind.NONE, "");
        static final Input UNKNOWN = new Input(Kind.UNKNOWN, "");

        static Input of(ShellLexer.HereDocument document) {
            return document == null || document.expands() ? UNKNOWN : new Input(Kind.TEXT, document.body());
        }

        List<String> texts() {
            return kind == Kind.TEXT ? List.of(text) : List.of();
        }
    }
}
