package dev.stepmark.terminal;

import dev.stepmark.run.Question;
import dev.stepmark.run.Question.Kind;
import dev.stepmark.run.Reply;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a typed line means at a question. A word that is no answer is never sent anywhere. */
final class LineParser {

    private static final String BY_KEY = "key";
    private static final String BY_ENTER = "enter";
    private static final Pattern COMMAND = Pattern.compile("/([a-z][a-z-]*)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final Pattern FIRST_WORD = Pattern.compile("\\A(?:\\s|/\\*.*?\\*/|--[^\\n]*\\n)*([A-Za-z]+)\\b(?!\\s*=)",
            Pattern.DOTALL);

    /** Commands of PostgreSQL 18 (documentation, part VI, "SQL Commands") by their first word. */
    private static final Set<String> VERBS = Set.of("abort", "alter", "analyze", "begin", "call", "checkpoint",
            "close", "cluster", "comment", "commit", "copy", "create", "deallocate", "declare", "delete", "discard",
            "do", "drop", "end", "execute", "explain", "fetch", "grant", "import", "insert", "listen", "load", "lock",
            "merge", "move", "notify", "prepare", "reassign", "refresh", "reindex", "release", "reset", "revoke",
            "rollback", "savepoint", "security", "select", "set", "show", "start", "table", "truncate", "unlisten",
            "update", "vacuum", "values", "with");

    /** What came of a line. */
    sealed interface Parsed {

        /** A reply for the runner. */
        record Answer(Reply reply) implements Parsed { }

        /** SQL without its end: another line is needed. */
        record More() implements Parsed { }

        /** The choices are wanted. */
        record Choices() implements Parsed { }

        /** The same question again; the text says why, empty for nothing to say. */
        record Again(String why) implements Parsed { }
    }

    private final Question question;

    LineParser(Question question) {
        this.question = question;
    }

    /** Reads a line; for SQL of several lines, all of them so far. */
    Parsed parse(String typed) {
        String line = typed.strip();
        if (line.equals("?")) {
            return new Parsed.Choices();
        }
        if (question.kind() == Kind.TEXT || question.kind() == Kind.SECRET) {
            return value(typed, line);
        }
        if (line.isEmpty()) {
            return question.enter() == 0 ? new Parsed.Again("") : key(question.enter(), BY_ENTER);
        }
        if (line.codePointCount(0, line.length()) == 1) {
            return letter(line);
        }
        if (likePhrase(line)) {
            return new Parsed.Answer(new Reply.Text(line, BY_KEY));
        }
        if (question.adHoc()) {
            Optional<Parsed> adHoc = adHoc(line);
            if (adHoc.isPresent()) {
                return adHoc.get();
            }
        }
        if (!question.phrase().isEmpty()) {
            return new Parsed.Answer(new Reply.Text(line, BY_KEY));
        }
        return new Parsed.Again(notUnderstood(line));
    }

    private Parsed value(String typed, String line) {
        if (typed.isEmpty()) {
            return new Parsed.Answer(new Reply.Text(question.value(), BY_ENTER));
        }
        if (line.length() == 1 && question.offers(line.charAt(0))) {
            return key(line.charAt(0), BY_KEY);
        }
        return new Parsed.Answer(new Reply.Text(typed, BY_KEY));
    }

    private Parsed letter(String line) {
        char key = line.toLowerCase(Locale.ROOT).charAt(0);
        return question.offers(key) ? key(key, BY_KEY)
                : new Parsed.Again("not understood; " + line + " is no choice here   choices: ?");
    }

    private static Parsed key(char key, String by) {
        return new Parsed.Answer(new Reply.Key(key, by));
    }

    /** A phrase may begin with a SQL verb ({@code delete 12}): what has its shape is the phrase, or a mistyped one. */
    private boolean likePhrase(String line) {
        if (question.phrase().isEmpty()) {
            return false;
        }
        String[] wanted = question.phrase().strip().split("\\s+");
        String[] words = line.replaceAll("[;\\s]+$", "").split("\\s+");
        return words.length == wanted.length && words[0].equalsIgnoreCase(wanted[0]);
    }

    private Optional<Parsed> adHoc(String line) {
        Matcher command = COMMAND.matcher(line);
        if (command.matches()) {
            String arguments = command.group(2) == null ? "" : command.group(2);
            return answer(new Reply.Command(command.group(1), arguments));
        }
        if (line.startsWith("!")) {
            String shell = line.substring(1).strip();
            return shell.isEmpty() ? Optional.empty() : answer(new Reply.Shell(shell));
        }
        if (line.startsWith("\\")) {
            return answer(new Reply.Meta(line));
        }
        if (sql(line)) {
            return SqlEnd.complete(line) ? answer(new Reply.Sql(line)) : Optional.of(new Parsed.More());
        }
        return Optional.empty();
    }

    private static Optional<Parsed> answer(Reply reply) {
        return Optional.of(new Parsed.Answer(reply));
    }

    private static boolean sql(String line) {
        if (line.startsWith("/*") || line.startsWith("--")) {
            return true;
        }
        Matcher first = FIRST_WORD.matcher(line);
        return first.find() && VERBS.contains(first.group(1).toLowerCase(Locale.ROOT));
    }

    /** Words that people type instead of a key are answered with the key. */
    private String notUnderstood(String line) {
        String hint = switch (line.toLowerCase(Locale.ROOT)) {
            case "yes" -> hint('y', "yes");
            case "no" -> hint('n', "no");
            case "run" -> hint('r', "run");
            case "skip" -> hint('s', "skip");
            case "quit", "exit" -> hint('q', "to stop");
            case "help" -> "not understood; the choices of this question: ?"
                    + (question.adHoc() ? "   all commands: /help" : "");
            default -> "";
        };
        if (!hint.isEmpty()) {
            return hint;
        }
        return question.adHoc()
                ? "not understood; SQL ends with ;   shell: !ls   commands: /help   choices: ?"
                : "not understood; choices: ?";
    }

    private String hint(char key, String word) {
        return question.offers(key) ? "not understood; the key is " + key + " (" + word + ")   choices: ?" : "";
    }

    /** Whether a reply may be kept in the history: SQL, shell and commands, not what begins with a space. */
    static boolean forHistory(String typed, Reply reply) {
        boolean kind = reply instanceof Reply.Sql || reply instanceof Reply.Shell || reply instanceof Reply.Meta
                || reply instanceof Reply.Command;
        return kind && !typed.startsWith(" ");
    }
}
