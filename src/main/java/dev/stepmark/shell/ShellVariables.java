package dev.stepmark.shell;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of a shell text, told from the text alone.
 *
 * @param used   names in upper case that the text expands, with how it writes the first of them: {@code $A}, {@code ${A}}
 * @param set    names that it gives a value, or that it is prepared to find without one ({@code ${A:-x}})
 * @param opaque whether it also runs something that may set any: {@code source}, {@code eval}
 */
public record ShellVariables(Map<String, String> used, Set<String> set, boolean opaque) {

    private static final Pattern EXPANSION = Pattern.compile("\\$(?:([A-Z][A-Z0-9_]+)(?![A-Za-z0-9_$])|\\{([A-Z][A-Z0-9_]+)})");
    private static final Pattern PREPARED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*):?[-=+?]");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)([A-Za-z_][A-Za-z0-9_]*)(\\[.*?])?\\+?=.*");
    private static final Set<String> DECLARING = Set.of("export", "declare", "local", "readonly", "typeset", "read", "mapfile",
            "readarray", "getopts", "unset", "printf");
    private static final Set<String> OPAQUE = Set.of("source", ".", "eval", "direnv", "trap");

    /** Reads a text. */
    public static ShellVariables of(String text) {
        if (text.indexOf('$') < 0 && text.indexOf('=') < 0 && !text.contains("read")) {
            return new ShellVariables(Map.of(), Set.of(), OPAQUE.stream().anyMatch(text::contains));
        }
        Set<String> set = new LinkedHashSet<>();
        Matcher prepared = PREPARED.matcher(text);
        while (prepared.find()) {
            set.add(prepared.group(1));
        }
        boolean opaque = false;
        for (ParsedCommand command : new ShellParser(text).parse()) {
            opaque |= assignments(command, set);
        }
        return new ShellVariables(used(text), set, opaque);
    }

    private static Map<String, String> used(String text) {
        Map<String, String> used = new LinkedHashMap<>();
        Regions regions = new Regions(text.length());
        new ShellLexer(text, 0, regions, false).run();
        Matcher matcher = EXPANSION.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            if (!used.containsKey(name) && expands(regions.at(matcher.start())) && !escaped(text, matcher.start())) {
                used.put(name, matcher.group());
            }
        }
        return used;
    }

    private static boolean expands(ShellContext context) {
        return context == ShellContext.UNQUOTED || context == ShellContext.DOUBLE || context == ShellContext.HEREDOC;
    }

    private static boolean escaped(String text, int at) {
        int slashes = 0;
        while (at - slashes > 0 && text.charAt(at - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** Adds what a command sets; whether it may set anything else. */
    private static boolean assignments(ParsedCommand command, Set<String> set) {
        for (ShellToken token : command.assignments) {
            Matcher assignment = ASSIGNMENT.matcher(token.value());
            // the header of a loop: its first word is the variable
            set.add(assignment.matches() ? assignment.group(1) : token.value());
        }
        List<String> words = command.values();
        String program = words.isEmpty() ? "" : words.get(0);
        if (!DECLARING.contains(program)) {
            return OPAQUE.contains(program) || program.equals("set") && words.contains("-a");
        }
        boolean any = false;
        for (String word : words.subList(1, words.size())) {
            Matcher assignment = ASSIGNMENT.matcher(word);
            set.add(assignment.matches() ? assignment.group(1) : word);
            any |= word.startsWith("$") || word.startsWith("`");
        }
        return any && !program.equals("printf");
    }
}
