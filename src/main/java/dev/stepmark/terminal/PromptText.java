package dev.stepmark.terminal;

import dev.stepmark.run.Question;
import dev.stepmark.run.Question.Choice;
import dev.stepmark.run.Question.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The last line of the screen: the question, its choices in brackets, the capital letter for Enter. */
final class PromptText {

    /** Before the next line of SQL that is not complete. */
    static final String CONTINUATION = "  -> ";

    /** Keys that a spelled prompt leaves to {@code ?}. */
    private static final String AUXILIARY = "ewodzvuq";
    private static final Map<Character, String> WORDS = Map.ofEntries(Map.entry('r', "run"), Map.entry('s', "skip"),
            Map.entry('m', "mark done"), Map.entry('e', "edit"), Map.entry('a', "all"), Map.entry('y', "yes"),
            Map.entry('n', "no"), Map.entry('c', "commit"), Map.entry('b', "roll back"), Map.entry('u', "undo"),
            Map.entry('v', "look again"), Map.entry('o', "output"), Map.entry('w', "why"), Map.entry('d', "diff"),
            Map.entry('k', "kill"), Map.entry('z', "shell"), Map.entry('q', "stop"));

    private PromptText() { }

    /** The prompt with the space that the typing follows. */
    static String of(Question question) {
        return switch (question.kind()) {
            case TEXT -> question.prompt() + given(question) + ": ";
            case SECRET -> secret(question.prompt()) + given(question) + ": ";
            default -> words(question) + " [" + choices(question) + "] ";
        };
    }

    /** The prompt with its letters spelled, for a screen reader; only keys can be spelled. */
    static String spelled(Question question) {
        if (question.kind() == Kind.TEXT || question.kind() == Kind.SECRET) {
            return of(question);
        }
        List<String> parts = new ArrayList<>();
        for (Choice choice : question.choices()) {
            if (choice.key() == question.enter()) {
                parts.add(0, "Enter or " + choice.key() + " " + word(choice));
            } else if (AUXILIARY.indexOf(choice.key()) < 0) {
                parts.add(choice.key() + " " + word(choice));
            }
        }
        parts.add("? all choices");
        return words(question) + " " + String.join(", ", parts) + ": ";
    }

    /** The choices, one line each: only what is valid here. */
    static List<String> help(Question question) {
        List<String> lines = new ArrayList<>(question.about());
        boolean text = question.kind() == Kind.TEXT || question.kind() == Kind.SECRET;
        if (!question.phrase().isEmpty()) {
            lines.add(question.phrase() + "  typed as it stands, is the consent");
        }
        if (text) {
            String taken = question.kind() == Kind.SECRET ? "the one that is there" : question.value();
            lines.add("a line of text, then Enter" + (question.value().isEmpty() ? ""
                    : "; Enter alone takes " + taken));
        }
        for (Choice choice : question.choices()) {
            String help = choice.help().isEmpty() ? word(choice) : choice.help();
            lines.add(choice.key() + "  " + help + (choice.key() == question.enter() ? " (Enter does this too)" : ""));
        }
        if (question.adHoc()) {
            lines.add("SQL up to ;   !shell   \\meta   /help has all commands");
        }
        return lines;
    }

    private static String word(Choice choice) {
        return choice.word().isEmpty() ? WORDS.getOrDefault(choice.key(), "") : choice.word();
    }

    private static String words(Question question) {
        String phrase = question.phrase();
        if (phrase.isEmpty() || question.prompt().contains(phrase)) {
            return question.prompt();
        }
        return (question.prompt() + " Type \"" + phrase + "\" to run it").strip();
    }

    private static String choices(Question question) {
        boolean words = question.choices().stream().anyMatch(choice -> !choice.word().isEmpty());
        String start = question.phrase().isEmpty() ? "" : "or ";
        String separator = words ? ", " : ",";
        return start + question.choices().stream().map(choice -> shown(question, choice))
                .collect(Collectors.joining(separator, "", question.choices().isEmpty() ? "?" : separator + "?"));
    }

    private static String shown(Question question, Choice choice) {
        char key = choice.key() == question.enter() ? Character.toUpperCase(choice.key()) : choice.key();
        return choice.word().isEmpty() ? String.valueOf(key) : key + " " + choice.word();
    }

    private static String given(Question question) {
        if (question.value().isEmpty()) {
            return "";
        }
        String source = question.source().isEmpty() ? "" : ", " + question.source();
        String shown = question.kind() == Kind.SECRET ? "Enter takes it" : question.value();
        return " [" + shown + source + "]";
    }

    private static String secret(String prompt) {
        return prompt.contains("not logged") ? prompt : prompt + " (secret; not shown, not logged)";
    }
}
