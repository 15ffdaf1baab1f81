package dev.stepmark.shell;

import dev.stepmark.sql.PsqlInvocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command that starts psql, possibly as another user of this machine: {@code sudo -u postgres psql}, {@code su - postgres
 * -c "psql plant"}.
 *
 * @param launcher         the words in front of psql; empty when it is started directly
 * @param oneWord          whether the launcher takes the whole command as one word for a shell
 * @param user             the operating system user it runs as; empty for the one who types it
 * @param keepsEnvironment whether variables of the shell reach it
 * @param words            psql with its arguments, assignments and {@code env} in front of it included
 */
public record PsqlCommand(List<String> launcher, boolean oneWord, String user, boolean keepsEnvironment,
        List<String> words) {

    /** How a launcher's command line is read. A further one is a further line here. */
    private enum Form {
        /** Options, then the command; the user is the value of an option. */
        OPTIONS,
        /** The user, then the command. */
        OPERAND,
        /** {@code [-] [user] -c COMMAND}. */
        SHELL
    }

    /**
     * A program that starts another as somebody else.
     *
     * @param form        its form
     * @param withValue   letters of options that take a value
     * @param environment whether it keeps the environment
     */
    private record Launcher(Form form, String withValue, boolean environment) { }

    private static final Map<String, Launcher> LAUNCHERS = Map.of(
            "sudo", new Launcher(Form.OPTIONS, "ugphCDRTrtU", false),
            "doas", new Launcher(Form.OPTIONS, "uC", false),
            "runuser", new Launcher(Form.OPTIONS, "ugG", true),
            "gosu", new Launcher(Form.OPERAND, "", true),
            "su-exec", new Launcher(Form.OPERAND, "", true),
            "su", new Launcher(Form.SHELL, "cgGsTw", true));

    public PsqlCommand {
        launcher = List.copyOf(launcher);
        words = List.copyOf(words);
    }

    /** Reads a command; empty when it does not start psql. */
    public static Optional<PsqlCommand> of(List<String> command) {
        if (PsqlInvocation.isPsql(command)) {
            return Optional.of(new PsqlCommand(List.of(), false, "", true, command));
        }
        int first = assignments(command, 0);
        if (first >= command.size()) {
            return Optional.empty();
        }
        String program = command.get(first).replaceFirst("^.*/", "");
        Launcher launcher = LAUNCHERS.get(program);
        if (launcher == null) {
            return Optional.empty();
        }
        List<String> words = command.subList(first, command.size());
        boolean shell = launcher.form == Form.SHELL || program.equals("runuser") && !words.contains("-u")
                && words.stream().noneMatch(w -> w.startsWith("--user"));
        return shell ? new Su(words).read(launcher) : launched(words, launcher);
    }

    private static int assignments(List<String> words, int from) {
        int i = from;
        while (i < words.size() && words.get(i).matches("[A-Za-z_][A-Za-z0-9_]*=(?s:.*)")) {
            i++;
        }
        return i;
    }

    private static Optional<PsqlCommand> launched(List<String> words, Launcher launcher) {
        String user = launcher.form == Form.OPERAND && words.size() > 1 ? words.get(1) : "root";
        boolean keeps = launcher.environment;
        int i = launcher.form == Form.OPERAND ? 2 : 1;
        while (launcher.form == Form.OPTIONS && i < words.size() && words.get(i).startsWith("-")) {
            String word = words.get(i);
            if (word.equals("--")) {
                i++;
                break;
            }
            int value = valueAt(word, launcher.withValue);
            boolean next = value == word.length() || word.equals("--user");
            String text = next && i + 1 < words.size() ? words.get(i + 1) : value < 0 ? "" : word.substring(
                    Math.min(value, word.length()));
            if (word.equals("--user") || value > 0 && word.charAt(value - 1) == 'u') {
                user = text;
            } else if (word.startsWith("--user=")) {
                user = word.substring("--user=".length());
            }
            keeps |= word.equals("-E") || word.equals("--preserve-env");
            i += next ? 2 : 1;
        }
        if (i >= words.size() || !PsqlInvocation.isPsql(words.subList(i, words.size()))) {
            return Optional.empty();
        }
        return Optional.of(new PsqlCommand(words.subList(0, i), false, user, keeps, words.subList(i, words.size())));
    }

    /** The index after the first letter of short options that takes a value; -1 when none does. */
    private static int valueAt(String word, String withValue) {
        for (int i = 1; !word.startsWith("--") && i < word.length(); i++) {
            if (withValue.indexOf(word.charAt(i)) >= 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** The words of psql's own start, without its arguments: the program, and what stands in front of it. */
    public List<String> program() {
        int i = assignments(words, 0);
        if (i < words.size() && words.get(i).replaceFirst("^.*/", "").equals("env")) {
            i = assignments(words, i + 1);
        }
        return words.subList(0, i + 1);
    }

    /** {@code su}, and {@code runuser} in its older form. */
    private static final class Su {

        private final List<String> words;
        private final List<String> launcher = new ArrayList<>();
        private String command = "";
        private String user = "";
        private boolean login;

        Su(List<String> words) {
            this.words = words;
        }

        Optional<PsqlCommand> read(Launcher launched) {
            launcher.add(words.get(0));
            for (int i = 1; i < words.size(); i++) {
                i = word(i);
            }
            Optional<List<String>> inner = Words.split(command).filter(PsqlInvocation::isPsql);
            launcher.add("-c");
            return inner.map(psql -> new PsqlCommand(launcher, true, user.isEmpty() ? "root" : user,
                    launched.environment && !login, psql));
        }

        private int word(int at) {
            String word = words.get(at);
            boolean value = word.equals("-c") || word.equals("--command") || word.matches("-l?c");
            if (value && at + 1 < words.size()) {
                login |= word.contains("l");
                if (word.equals("-lc")) {
                    launcher.add("-l");
                }
                command = words.get(at + 1);
                return at + 1;
            }
            if (word.startsWith("--command=")) {
                command = word.substring("--command=".length());
                return at;
            }
            launcher.add(word);
            login |= word.equals("-") || word.equals("-l") || word.equals("--login");
            if (word.matches("-[gGsTw]") && at + 1 < words.size()) {
                launcher.add(words.get(at + 1));
                return at + 1;
            }
            if (!word.startsWith("-") && user.isEmpty()) {
                user = word;
            }
            return at;
        }
    }
}
