package dev.stepmark.shell;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells commands from prose, tables and output where a document does not say. */
final class CommandGuess {

    /** Programs whose names are English words: they need more than their name at the start of several words. */
    private static final Set<String> ENGLISH = Programs.words("find make test sort cut which who last date time kill "
            + "less more head tail install split watch service mount link file join top at echo read type set history "
            + "wait host patch cat command export source touch expand script look yes true false exit env strings go "
            + "reset clear column node paste fold free let local hash id groups declare break continue return shift "
            + "column w tree man tty stat screen snap brew flux vault consul wipe truncate rename timeout nice exec "
            + "zip bind info sleep seq trap users factor sum arch alias umask jobs dirs ed ip");
    /** Of these, the ones that are no commands with a mere word behind them. */
    private static final Set<String> NEED_OPTIONS = Programs.words("test date last find who set look join at fold "
            + "link strings screen column split expand id users sum arch seq groups sleep free exit hash history");
    /** Words that make a line a sentence. */
    private static final Set<String> PROSE = Programs.words("the a an is are was were that this these you your we our "
            + "it its of and or but if then should must will can may all any every each please be been with when "
            + "where there here not as from into following");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=[^#>].*|[A-Za-z_]\\w*=");
    private static final Pattern PATH = Pattern.compile("\\.{1,2}/[^ :]+|~/[^ :]+\\.sh|/([^ :/]+/)*s?bin/[^ :/]+"
            + "|/[^ :]+\\.sh");

    private static final Pattern ONLY_OPEN = Pattern.compile(".*not closed|.*has no lines|.*not complete|.*is continued"
            + "|there is no (fi|done|esac|}|\\))");
    private static final Pattern OPTION = Pattern.compile("[-+]+[%A-Za-z].*|.*/.*|\\d+");
    private static final Pattern SHELL_CHARACTER = Pattern.compile(".*[$\"'`=\\\\;].*");
    private static final Pattern SENTENCE_END = Pattern.compile(".*[a-z)][.:!?]");

    private CommandGuess() { }

    static boolean looksLikeCommand(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#") || text.startsWith("|")) {
            return false;
        }
        ShellFacts facts = ShellFacts.of(text);
        boolean onlyOpen = !facts.problem().isEmpty() && ONLY_OPEN.matcher(facts.problem()).matches();
        if (facts.commands().isEmpty() || !facts.complete() && !onlyOpen) {
            return false;
        }
        return startsLikeCommand(facts.commands().get(0), text) && allKnownInPipe(facts.commands(), text);
    }

    private static boolean startsLikeCommand(ShellCommand first, String text) {
        List<String> words = first.words();
        String program = words.get(0);
        if (PATH.matcher(program).matches()) {
            return true;
        }
        boolean assigned = ASSIGNMENT.matcher(text.split("\\s", 2)[0]).matches();
        boolean known = Programs.isKnown(program);
        return known && !prose(program, words, text)
                || assigned && program.matches("[a-z0-9_./-]+") && !prose("find", words, text);
    }

    private static boolean prose(String program, List<String> words, String text) {
        if (!ENGLISH.contains(program) || SHELL_CHARACTER.matcher(text).matches()) {
            return endsLikeSentence(words, text) && sentenceWords(words) > 1;
        }
        if (words.size() == 1) {
            return text.endsWith(":") || text.endsWith(".");
        }
        boolean option = words.stream().skip(1).anyMatch(w -> OPTION.matcher(w).matches());
        return sentenceWords(words) > 0 || endsLikeSentence(words, text) || !option && (words.size() > 3 || NEED_OPTIONS.contains(program));
    }

    private static long sentenceWords(List<String> words) {
        return words.stream().skip(1).filter(w -> PROSE.contains(w.toLowerCase(Locale.ROOT))).count();
    }

    private static boolean endsLikeSentence(List<String> words, String text) {
        return words.size() > 2 && SENTENCE_END.matcher(text).matches();
    }

    /** {@code id | name} is the head of a table: behind a pipe stands a program. */
    private static boolean allKnownInPipe(List<ShellCommand> commands, String text) {
        return !text.contains(" | ") || commands.stream().skip(1)
                .allMatch(c -> Programs.isKnown(Programs.baseName(c.program())) || c.words().size() > 1
                        && c.program().matches("[a-z][a-z0-9_.-]*|.*/.*"));
    }
}
