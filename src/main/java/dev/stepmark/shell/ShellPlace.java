package dev.stepmark.shell;

import java.util.List;

/**
 * Where a hole stands in shell text. The hole is one character that occurs nowhere else.
 *
 * @param context      the quotes around it
 * @param word         the word that it is in, quotes removed; the lines of a here-document; empty for neither
 * @param command      words of the command that the word belongs to, quotes removed; empty when there is none
 * @param index        the word's position in the command, 0 for the program; -1 for an assignment, the target of a
 *                     redirection, a here-document
 * @param hereDocument whether it is in the lines of a here-document
 * @param start        where the command's program begins in the text; -1 inside a substitution
 */
public record ShellPlace(ShellContext context, String word, List<String> command, int index, boolean hereDocument,
        int start) {

    private static final int DEEPEST = 20;

    public ShellPlace {
        command = List.copyOf(command);
    }

    /** Finds the hole. */
    public static ShellPlace of(String text, char hole) {
        return in(text, hole, ShellContext.at(text, text.indexOf(hole)), 0);
    }

    private static ShellPlace in(String text, char hole, ShellContext context, int level) {
        int offset = text.indexOf(hole);
        for (ParsedCommand command : new ShellParser(text).parse()) {
            for (ShellToken token : command.tokens()) {
                if (offset >= token.start() && offset < token.end()) {
                    return inWord(command, token, hole, context, level);
                }
            }
            for (ParsedCommand.Redirect redirect : command.redirects) {
                if (redirect.document() != null && redirect.document().body().indexOf(hole) >= 0) {
                    return new ShellPlace(context, redirect.document().body(), command.values(), -1, true, -1);
                }
            }
        }
        return new ShellPlace(context, "", List.of(), -1, false, -1);
    }

    private static ShellPlace inWord(ParsedCommand command, ShellToken token, char hole, ShellContext context,
            int level) {
        for (String substitution : token.substitutions()) {
            if (substitution.indexOf(hole) >= 0 && level < DEEPEST) {
                return in(substitution, hole, context, level + 1);
            }
        }
        int start = level == 0 && !command.words.isEmpty() ? command.words.get(0).start() : -1;
        return new ShellPlace(context, token.value(), command.values(), command.words.indexOf(token), false, start);
    }

    /**
     * The form of a text: its words as {@code w}, everything that parts them as it is. Two texts of one form run the
     * same commands, whatever their words are.
     */
    public static String form(String text) {
        StringBuilder out = new StringBuilder();
        Regions regions = new Regions(text.length());
        ShellLexer lexer = new ShellLexer(text, 0, regions, false);
        lexer.run();
        for (int i = 0; i < lexer.tokens().size(); i++) {
            ShellToken token = lexer.tokens().get(i);
            boolean word = token.type() == ShellToken.Type.WORD;
            out.append(word ? "w" : token.value()).append(token.substitutions().size()).append(' ');
            out.append(lexer.hereDocument(i) == null ? "" : "<lines> ");
        }
        return out.append(regions.problem()).toString();
    }
}
