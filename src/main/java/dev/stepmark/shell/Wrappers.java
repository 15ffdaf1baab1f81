package dev.stepmark.shell;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Programs that run another one which stands among their arguments. */
final class Wrappers {

    /** Each with its short options that take a value in the next word. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(Map.entry("sudo", "ugphCDRTr"),
            Map.entry("doas", "uC"), Map.entry("env", "uCS"), Map.entry("nohup", ""), Map.entry("nice", "n"),
            Map.entry("ionice", "cnp"), Map.entry("timeout", "ks"), Map.entry("time", "fo"),
            Map.entry("command", ""), Map.entry("builtin", ""), Map.entry("exec", "a"), Map.entry("stdbuf", "ioe"),
            Map.entry("setsid", ""), Map.entry("xargs", "adEILnPs"), Map.entry("watch", "n"),
            Map.entry("runuser", "ugGs"), Map.entry("gosu", ""), Map.entry("strace", "eopsu"),
            Map.entry("chronic", ""), Map.entry("unbuffer", ""), Map.entry("flock", "wE"));
    /** Those with one operand before the command: a duration, a user, a lock. */
    private static final Set<String> OPERAND = Set.of("timeout", "gosu", "flock");
    private static final Set<String> EXECUTORS = Set.of("kubectl", "oc", "docker", "podman", "nerdctl");

    private Wrappers() { }

    /**
     * The position of the inner command.
     *
     * @return 0 when the program runs none; the number of words when it runs one that is not named
     */
    static int innerCommand(String program, List<String> words) {
        if (EXECUTORS.contains(program)) {
            return executor(program, words);
        }
        String values = OPTIONS.get(program);
        if (values == null) {
            return 0;
        }
        boolean shows = program.equals("command") && words.size() > 1 && words.get(1).matches("-[vV]");
        if (shows || words.size() == 1 && (program.equals("env") || program.equals("exec"))) {
            return 0;
        }
        int i = options(words, 1, values);
        i += OPERAND.contains(program) ? 1 : 0;
        while (i < words.size() && words.get(i).matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
            i++;
        }
        return Math.min(i, words.size());
    }

    private static int options(List<String> words, int from, String values) {
        int i = from;
        while (i < words.size() && words.get(i).startsWith("-")) {
            String word = words.get(i);
            if (word.equals("--")) {
                return i + 1;
            }
            boolean value = word.length() == 2 && values.indexOf(word.charAt(1)) >= 0
                    || word.equals("--user") || word.equals("--signal") || word.equals("--kill-after");
            i += value ? 2 : 1;
        }
        return i;
    }

    /** {@code kubectl exec [options] POD -- COMMAND}, {@code docker exec|compose exec [options] NAME COMMAND}. */
    private static int executor(String program, List<String> words) {
        int exec = words.indexOf("exec");
        boolean leads = exec > 0 && words.subList(1, exec).stream().noneMatch(Wrappers::isOtherSubcommand);
        if (!leads) {
            return 0;
        }
        int dashes = words.indexOf("--");
        if (dashes > exec) {
            return dashes + 1;
        }
        int i = options(words, exec + 1, "cnueCw") + 1;
        return Math.min(i, words.size());
    }

    private static boolean isOtherSubcommand(String word) {
        return Set.of("get", "describe", "logs", "apply", "delete", "run", "create", "explain").contains(word);
    }
}
