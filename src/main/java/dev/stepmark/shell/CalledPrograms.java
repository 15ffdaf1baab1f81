package dev.stepmark.shell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that a text starts on this machine, as far as its words say it: no builtins, no functions of its own. */
public final class CalledPrograms {

    /** Bash's own commands and words (bash 5.2 manual, chapters 3.2 and 4). */
    private static final Set<String> BUILTINS = Programs.words(": . [ [[ (( { } ! alias bg bind break builtin caller cd"
            + " command compgen complete compopt continue coproc declare dirs disown echo enable eval exec exit export false"
            + " fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray"
            + " readonly return select set shift shopt source suspend test then time times trap true type typeset ulimit umask"
            + " unalias unset wait case do done elif else esac fi for function if in until while");
    private static final Pattern FUNCTION = Pattern.compile("(?m)(?:^|[;&|]|\\bfunction)\\s*([A-Za-z_][\\w-]*)\\s*\\(\\s*\\)"
            + "|\\bfunction\\s+([A-Za-z_][\\w-]*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./+-]+");
    private static final Set<String> ELSEWHERE = Set.of("kubectl", "oc", "docker", "podman", "nerdctl");

    private CalledPrograms() { }

    /**
     * A program and where it is called.
     *
     * @param name as written
     * @param line of the text, from 0
     */
    public record Call(String name, int line) { }

    /** The functions that a text defines. */
    public static Set<String> functions(String text) {
        Set<String> out = new LinkedHashSet<>();
        Matcher matcher = FUNCTION.matcher(text);
        while (matcher.find()) {
            out.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return out;
    }

    /** Every call, also those behind {@code sudo} and its like; what an expansion names is not known. */
    public static List<Call> of(String text) {
        List<Call> out = new ArrayList<>();
        for (ShellCommand command : ShellFacts.of(text).commands()) {
            List<String> words = command.words();
            int from = 0;
            while (from < words.size()) {
                String name = words.get(from);
                if (NAME.matcher(name).matches() && !BUILTINS.contains(name)) {
                    out.add(new Call(name, command.line()));
                }
                String base = Programs.baseName(name);
                int inner = ELSEWHERE.contains(base) ? 0 : Wrappers.innerCommand(base, words.subList(from, words.size()));
                from = inner == 0 ? words.size() : from + inner;
            }
        }
        return out;
    }
}
