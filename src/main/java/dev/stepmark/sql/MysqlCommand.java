package dev.stepmark.sql;

import dev.stepmark.runbook.Risk;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A command that the client of mysql or mariadb carries out itself.
 *
 * @param name     its long name: {@code use}, {@code source}, {@code system}, {@code quit}
 * @param argument what stands behind it, or empty
 */
public record MysqlCommand(String name, String argument) {

    /** Names with the letter behind a backslash that means the same; a blank where there is none. */
    private static final Map<String, Character> NAMES = Map.ofEntries(Map.entry("help", '?'), Map.entry("clear", 'c'),
            Map.entry("connect", 'r'), Map.entry("delimiter", 'd'), Map.entry("edit", 'e'), Map.entry("ego", 'G'),
            Map.entry("quit", 'q'), Map.entry("go", 'g'), Map.entry("nopager", 'n'), Map.entry("notee", 't'),
            Map.entry("pager", 'P'), Map.entry("print", 'p'), Map.entry("prompt", 'R'), Map.entry("rehash", '#'),
            Map.entry("source", '.'), Map.entry("status", 's'), Map.entry("system", '!'), Map.entry("tee", 'T'),
            Map.entry("use", 'u'), Map.entry("charset", 'C'), Map.entry("warnings", 'W'), Map.entry("nowarning", 'w'),
            Map.entry("resetconnection", 'x'));

    /** Reads a line; empty when it is none of them. */
    public static Optional<MysqlCommand> of(String line) {
        String text = line.strip();
        while (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1).stripTrailing();
        }
        if (text.startsWith("\\") && text.length() > 1) {
            char letter = text.charAt(1) == 'h' ? '?' : text.charAt(1);
            String rest = text.substring(2).strip();
            return NAMES.entrySet().stream().filter(e -> e.getValue() == letter).findFirst()
                    .map(e -> new MysqlCommand(e.getKey(), rest));
        }
        String[] words = text.split("\\s+", 2);
        String word = words[0].toLowerCase(Locale.ROOT);
        String name = word.equals("exit") ? "quit" : word.equals("?") ? "help" : word;
        return NAMES.containsKey(name) ? Optional.of(new MysqlCommand(name, words.length > 1 ? words[1] : ""))
                : Optional.empty();
    }

    /** Whether it ends the client. */
    public boolean quits() {
        return name.equals("quit");
    }

    /** The argument without quotes or backticks around it. */
    public String unquoted() {
        String value = argument.strip();
        boolean quoted = value.length() > 1 && "'\"`".indexOf(value.charAt(0)) >= 0
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** How much it can do: what it runs that does not stand here is not known. */
    public Risk risk() {
        return switch (name) {
            case "source", "system", "edit" -> Risk.UNKNOWN;
            case "tee" -> Risk.WRITE;
            default -> Risk.READ_ONLY;
        };
    }
}
