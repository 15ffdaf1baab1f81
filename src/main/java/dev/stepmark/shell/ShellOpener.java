package dev.stepmark.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A command that leaves a person in another shell ({@code sudo -i}, {@code ssh db1}, {@code docker exec -it db bash}),
 * as it is started on three streams instead of a terminal, and how a further command is started at the same place.
 */
public final class ShellOpener {

    private static final Set<String> SHELLS = Set.of("bash", "sh", "zsh", "ash", "dash", "ksh");
    private static final Set<String> SSH_VALUES = "BbcDEeFIiJLlmOopQRSWw".chars().mapToObj(c -> "-" + (char) c)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> SUDO_VALUES = Set.of("-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "-r", "-t", "-U",
            "--user", "--group", "--host", "--prompt", "--chdir");
    private static final Set<String> SU_VALUES = Set.of("-g", "-G", "-s", "-T", "-w", "--shell", "--group");
    private static final int MOST_LEVELS = 5;

    private final List<String> shell;
    private final UnaryOperator<List<String>> command;
    private final boolean here;
    private final boolean asksOnInput;
    private final boolean keeps;

    private ShellOpener(List<String> shell, UnaryOperator<List<String>> command, boolean here, boolean asksOnInput,
            boolean keeps) {
        this.shell = List.copyOf(shell);
        this.command = command;
        this.here = here;
        this.asksOnInput = asksOnInput;
        this.keeps = keeps;
    }

    /** Reads the words of a command; empty when it leaves nobody in a shell, or nobody knows how. */
    public static Optional<ShellOpener> of(List<String> words) {
        return of(words, MOST_LEVELS);
    }

    private static Optional<ShellOpener> of(List<String> words, int levels) {
        int first = 0;
        while (first < words.size() && words.get(first).matches("[A-Za-z_][A-Za-z0-9_]*=(?s:.*)")) {
            first++;
        }
        if (first == words.size() || levels == 0) {
            return Optional.empty();
        }
        if (first > 0) {
            List<String> before = new ArrayList<>(List.of("env"));
            before.addAll(words.subList(0, first));
            return of(words.subList(first, words.size()), levels - 1).map(inner -> inner.behind(before));
        }
        String program = name(words.get(0));
        return switch (program) {
            case "sudo", "doas" -> sudo(words, levels);
            case "su" -> su(words);
            case "ssh" -> ssh(words, levels);
            case "docker", "podman", "nerdctl", "docker-compose" -> container(words, levels);
            case "kubectl", "oc" -> pod(words, levels);
            case "minikube", "vagrant", "multipass", "colima", "lima" -> machine(words);
            default -> isShell(words) ? Optional.of(new ShellOpener(words, UnaryOperator.identity(), true, false, true))
                    : Optional.empty();
        };
    }

    /** Whether these words start a shell that waits for input. */
    static boolean isShell(List<String> words) {
        return !words.isEmpty() && SHELLS.contains(name(words.get(0)))
                && words.stream().skip(1).allMatch(w -> w.matches("-[il]+|--login|--norc|--noprofile|--posix"));
    }

    private static String name(String word) {
        return word.replaceFirst("^.*/", "");
    }

    /** The words that start the shell; it reads its commands from its standard input. */
    public List<String> shell() {
        return shell;
    }

    /** The words that start another command at the same place; empty when it can only be had by opening it anew. */
    public Optional<List<String>> command(List<String> words) {
        return Optional.ofNullable(command).map(c -> c.apply(words));
    }

    /** Whether the shell runs on the machine where its opener is typed. */
    public boolean here() {
        return here;
    }

    /** Whether the opener asks for a password on its standard input, where there is no terminal (su). */
    public boolean asksOnInput() {
        return asksOnInput;
    }

    /** Whether variables of the shell around it reach it. */
    public boolean keepsEnvironment() {
        return keeps;
    }

    private ShellOpener behind(List<String> before) {
        return new ShellOpener(joined(before, shell), command == null ? null : words -> joined(before,
                command.apply(words)), here, false, keeps);
    }

    private static List<String> joined(List<String> before, List<String> after) {
        List<String> out = new ArrayList<>(before);
        out.addAll(after);
        return out;
    }

    private static String oneWord(List<String> words) {
        return words.stream().map(ShellQuote::word).collect(Collectors.joining(" "));
    }

    private static Optional<ShellOpener> sudo(List<String> words, int levels) {
        int at = 1;
        boolean login = false;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String option = words.get(at);
            login |= option.matches("-[A-Za-z]*[is][A-Za-z]*") || option.equals("--login") || option.equals("--shell");
            boolean valued = SUDO_VALUES.contains(option) || option.matches("-[A-Za-z]+[ug]");
            at += valued ? 2 : 1;
            if (option.equals("--")) {
                break;
            }
        }
        int rest = Math.min(at, words.size());
        List<String> before = words.subList(0, rest);
        boolean keeps = before.contains("-E") || before.contains("--preserve-env");
        if (rest == words.size()) {
            // with -i or -s sudo hands the words to a shell and leaves each $ in them to it
            List<String> direct = withoutShell(before);
            return login ? Optional.of(new ShellOpener(words, inner -> joined(direct, inner), true, false, keeps))
                    : Optional.empty();
        }
        return of(words.subList(rest, words.size()), levels - 1).map(inner -> inner.behind(before))
                .map(inner -> new ShellOpener(inner.shell, inner.command, inner.here, false, keeps && inner.keeps));
    }

    private static List<String> withoutShell(List<String> sudo) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < sudo.size(); i++) {
            String word = sudo.get(i);
            boolean value = i > 0 && (SUDO_VALUES.contains(sudo.get(i - 1)) || sudo.get(i - 1).matches("-[A-Za-z]+[ug]"));
            boolean cluster = !value && word.matches("-[A-Za-z]+") && i > 0;
            String kept = cluster ? word.replaceFirst("^-([is]*)([^ug]*?)[is]*([ug].*)?$", "-$2$3") : word;
            boolean gone = !value && (word.equals("--login") || word.equals("--shell") || kept.equals("-"));
            if (!gone) {
                out.add(kept);
            }
        }
        out.add(1, "-H");
        return out;
    }

    private static Optional<ShellOpener> su(List<String> words) {
        boolean command = words.stream().anyMatch(w -> w.matches("-[a-z]*c|--command.*|--session-command.*|--help|-V"));
        if (command) {
            return Optional.empty();
        }
        boolean login = words.stream().anyMatch(w -> w.equals("-") || w.matches("-[a-z]*l[a-z]*") || w.equals("--login"));
        int operands = 0;
        for (int i = 1; i < words.size(); i++) {
            operands += words.get(i).startsWith("-") ? 0 : 1;
            i += SU_VALUES.contains(words.get(i)) ? 1 : 0;
        }
        return operands > 1 ? Optional.empty() : Optional.of(new ShellOpener(words, inner -> joined(words, List.of("-c",
                oneWord(inner))), true, true, !login));
    }

    private static Optional<ShellOpener> ssh(List<String> words, int levels) {
        List<String> before = new ArrayList<>(List.of(words.get(0)));
        int at = 1;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String option = words.get(at);
            if (option.matches("-[A-Za-z]*[NfVG][A-Za-z]*")) {
                return Optional.empty();
            }
            boolean valued = SSH_VALUES.contains(option) && at + 1 < words.size();
            if (!option.matches("-t+")) {
                before.add(option);
            }
            if (valued) {
                before.add(words.get(at + 1));
            }
            at += valued ? 2 : 1;
        }
        if (at >= words.size()) {
            return Optional.empty();
        }
        before.add("-T");
        before.add(words.get(at));
        List<String> typed = words.subList(at + 1, words.size());
        if (typed.isEmpty()) {
            return Optional.of(new ShellOpener(before, inner -> joined(before, List.of(oneWord(inner))), false, false,
                    false));
        }
        return Words.split(String.join(" ", typed)).flatMap(inner -> of(inner, levels - 1)).map(inner -> new ShellOpener(
                joined(before, List.of(oneWord(inner.shell))), inner.command == null ? null
                : further -> joined(before, List.of(oneWord(inner.command.apply(further)))), false, false, false));
    }

    private static Optional<ShellOpener> container(List<String> words, int levels) {
        int verb = ContainerCommand.verb(words);
        boolean run = verb > 0 && words.get(verb).equals("run");
        Optional<ContainerCommand> found = ContainerCommand.of(words);
        if (found.isEmpty() || !found.get().interactive()) {
            return Optional.empty();
        }
        List<String> before = found.get().before();
        return of(found.get().inner(), levels - 1).map(inner -> new ShellOpener(joined(before, inner.shell),
                run || inner.command == null ? null : further -> joined(before, inner.command.apply(further)), false, false,
                false));
    }

    private static Optional<ShellOpener> pod(List<String> words, int levels) {
        boolean rsh = words.contains("rsh");
        Optional<ContainerCommand> found = ContainerCommand.of(words);
        if (found.isEmpty() || !rsh && !found.get().interactive()) {
            return Optional.empty();
        }
        boolean exec = rsh || words.contains("exec");
        List<String> before = found.get().before();
        List<String> inner = found.get().inner();
        if (rsh && inner.isEmpty()) {
            return Optional.of(new ShellOpener(before, further -> joined(before, further), false, false, false));
        }
        return of(inner, levels - 1).map(shell -> new ShellOpener(joined(before, shell.shell),
                !exec || shell.command == null ? null : further -> joined(before, shell.command.apply(further)), false,
                false, false));
    }

    /** {@code minikube ssh}, {@code multipass shell NAME}: as it stands, and nothing else can be started there. */
    private static Optional<ShellOpener> machine(List<String> words) {
        boolean shell = words.size() > 1 && words.size() < 4 && (words.get(1).equals("ssh") || words.get(1).equals("shell"))
                && words.stream().noneMatch(w -> w.equals("-c") || w.equals("--"));
        return shell ? Optional.of(new ShellOpener(words, null, false, false, false)) : Optional.empty();
    }
}
