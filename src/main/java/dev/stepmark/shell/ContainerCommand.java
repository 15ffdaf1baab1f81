package dev.stepmark.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code docker exec}, {@code docker compose exec}, {@code docker run}, {@code kubectl exec}, {@code oc rsh}: the words up
 * to the command that is started inside, with a standard input and without a terminal, and that command.
 *
 * @param before      the program, its options and the name of the container or pod
 * @param inner       the command inside; empty when the words name none
 * @param interactive whether the words ask for a standard input or a terminal
 */
public record ContainerCommand(List<String> before, List<String> inner, boolean interactive) {

    private static final Set<String> VERBS = Set.of("exec", "run", "rsh", "debug");
    private static final Set<String> PODS = Set.of("kubectl", "oc");
    /** Options before and behind the verb whose value is the next word. */
    private static final Set<String> VALUED = Set.of("-e", "--env", "-u", "--user", "-w", "--workdir", "--env-file",
            "--detach-keys", "--name", "-v", "--volume", "--network", "--net", "-p", "--publish", "--entrypoint", "-H",
            "--host", "--context", "-f", "--file", "--project-name", "--profile", "--project-directory", "--index", "-m",
            "--memory", "--platform", "--hostname", "-h", "--mount", "--add-host", "-l", "--label", "--pull", "--link");
    private static final Set<String> POD_VALUED = Set.of("-n", "--namespace", "-c", "--container", "-f", "--filename",
            "--context", "--kubeconfig", "--cluster", "--as", "-s", "--server", "--image", "--target", "--user", "--shell",
            "--pod-running-timeout", "--timeout", "--restart", "--overrides", "--env", "-l", "--labels");
    private static final Set<String> TERMINAL = Set.of("-t", "--tty", "--tty=true", "-T", "--no-TTY", "--no-tty");
    private static final Set<String> INPUT = Set.of("-i", "--interactive", "--stdin", "--stdin=true",
            "--interactive=true");

    /** The position of the verb, or -1. */
    static int verb(List<String> words) {
        boolean pod = PODS.contains(program(words));
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (VERBS.contains(word)) {
                return i;
            }
            boolean composes = word.equals("compose") || word.equals("container");
            if (!word.startsWith("-") && !composes) {
                return -1;
            }
            i += (pod ? POD_VALUED : VALUED).contains(word) ? 1 : 0;
        }
        return -1;
    }

    private static String program(List<String> words) {
        return words.get(0).replaceFirst("^.*/", "");
    }

    /** Reads the words of a command. */
    public static Optional<ContainerCommand> of(List<String> words) {
        int verb = words.isEmpty() ? -1 : verb(words);
        if (verb < 0) {
            return Optional.empty();
        }
        boolean pod = PODS.contains(program(words));
        boolean compose = program(words).equals("docker-compose") || words.subList(0, verb).contains("compose");
        List<String> before = new ArrayList<>(words.subList(0, verb + 1));
        boolean interactive = compose || words.get(verb).equals("rsh");
        if (compose || words.get(verb).equals("rsh")) {
            before.add("-T");
        } else {
            before.add("-i");
        }
        int operands = 0;
        int at = verb + 1;
        while (at < words.size() && !words.get(at).equals("--") && (operands == 0 || pod && words.get(at).startsWith("-"))) {
            String word = words.get(at);
            boolean cluster = word.matches("-[itT]{1,2}") || TERMINAL.contains(word) || INPUT.contains(word);
            interactive |= cluster && !word.equals("-T");
            boolean valued = (pod ? POD_VALUED : VALUED).contains(word);
            operands += word.startsWith("-") ? 0 : 1;
            if (!cluster) {
                before.add(word);
            }
            if (valued && at + 1 < words.size()) {
                before.add(words.get(at + 1));
                at++;
            }
            at++;
        }
        if (pod && !words.get(verb).equals("rsh")) {
            before.add("--");
        }
        int inner = at < words.size() && words.get(at).equals("--") ? at + 1 : at;
        boolean named = operands > 0 || words.get(verb).equals("debug");
        return named ? Optional.of(new ContainerCommand(List.copyOf(before), List.copyOf(words.subList(Math.min(inner,
                words.size()), words.size())), interactive)) : Optional.empty();
    }
}
