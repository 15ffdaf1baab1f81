package dev.stepmark.binding;

import dev.stepmark.shell.ShellPlace;
import java.util.List;
import java.util.Set;

/** Programs that read one of their words, or their input, as code of their own: a value in it is quoted for that too. */
final class Interpreters {

    /** What a word is read as. */
    enum Language { /** A word as it is. */ NONE, SQL, SHELL, /** Code whose quoting is not known here. */ OTHER }

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh", "ksh");
    private static final Set<String> CODE = Set.of("awk", "gawk", "mawk", "sed", "perl", "python", "python3", "ruby", "node",
            "jq", "yq", "mysql", "mariadb", "sqlite3", "mongo", "mongosh", "php", "lua", "expr", "bc", "let", "alias",
            "envsubst", "rails", "cqlsh", "clickhouse-client", "influx", "redis-cli", "cockroach");
    private static final String SSH_WITH_VALUE = "bcDEeFIiJLlmOopQRSWw";

    private Interpreters() { }

    /** The text that is read besides by the shell: a word, or all words that a program joins. */
    static String text(ShellPlace place) {
        List<String> words = place.command();
        for (int i = Math.min(place.index(), words.size()) - 1; i >= 0; i--) {
            String program = words.get(i).substring(words.get(i).lastIndexOf('/') + 1);
            if (program.equals("ssh") || program.equals("eval") || program.equals("watch")) {
                int from = program.equals("ssh") ? host(words, i) + 1 : i + 1;
                return String.join(" ", words.subList(Math.min(from, place.index()), words.size()));
            }
        }
        return place.word();
    }

    /** How the text that a hole is in is read, besides by the shell. */
    static Language of(ShellPlace place) {
        List<String> words = place.command();
        int own = place.hereDocument() ? words.size() : place.index();
        if (own < 0) {
            return Language.NONE;
        }
        for (int i = Math.min(own, words.size()) - 1; i >= 0; i--) {
            Language language = at(words, i, own, place.hereDocument());
            if (language != null) {
                return language;
            }
        }
        return Language.NONE;
    }

    /** What the program at {@code i} does with the word at {@code own}; null when it is none that reads code. */
    private static Language at(List<String> words, int i, int own, boolean input) {
        String program = words.get(i).substring(words.get(i).lastIndexOf('/') + 1);
        if (program.equals("psql")) {
            return input || command(words, own, "c") ? Language.SQL : Language.NONE;
        }
        if (SHELLS.contains(program)) {
            boolean script = words.subList(i + 1, words.size()).stream().anyMatch(w -> !w.startsWith("-"));
            return input ? (script ? Language.NONE : Language.SHELL)
                    : words.get(own - 1).matches("-[a-z]*c") ? Language.SHELL : Language.NONE;
        }
        if (program.equals("su") || program.equals("runuser")) {
            return input || words.get(own - 1).matches("-[a-z]*c|--command") ? Language.SHELL : Language.NONE;
        }
        if (program.equals("ssh")) {
            return input || afterHost(words, i, own) ? Language.SHELL : Language.NONE;
        }
        if (i == 0 && (program.equals("eval") || program.equals("watch") || program.equals("trap"))) {
            return Language.SHELL;
        }
        if (program.equals("[[") && own < words.size()) {
            return arithmetic(words, own) ? Language.OTHER : Language.NONE;
        }
        return CODE.contains(program) ? Language.OTHER : null;
    }

    /** {@code -c text}, {@code --command text}, {@code --command=text}. */
    private static boolean command(List<String> words, int own, String letter) {
        String before = words.get(own - 1);
        String word = words.get(own);
        return before.matches("-[A-Za-z]*" + letter) || before.equals("--command") || word.startsWith("--command=")
                || word.matches("(?s)-" + letter + ".+");
    }

    /** Everything behind the host is joined and read by the shell of that host. */
    private static boolean afterHost(List<String> words, int ssh, int own) {
        return own > host(words, ssh);
    }

    private static int host(List<String> words, int ssh) {
        int i = ssh + 1;
        while (i < words.size() && words.get(i).startsWith("-") && words.get(i).length() > 1) {
            String option = words.get(i);
            boolean takesNext = option.length() == 2 && SSH_WITH_VALUE.indexOf(option.charAt(1)) >= 0;
            i += takesNext ? 2 : 1;
        }
        return i;
    }

    /** {@code [[ a -eq b ]]} evaluates its words. */
    private static boolean arithmetic(List<String> words, int own) {
        String before = words.get(own - 1);
        String after = own + 1 < words.size() ? words.get(own + 1) : "";
        return before.matches("-(eq|ne|lt|le|gt|ge)") || after.matches("-(eq|ne|lt|le|gt|ge)");
    }
}
