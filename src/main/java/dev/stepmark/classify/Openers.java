package dev.stepmark.classify;

import dev.stepmark.runbook.SessionDeclaration.Kind;
import dev.stepmark.shell.FarPsql;
import dev.stepmark.shell.PsqlCommand;
import dev.stepmark.shell.ShellCommand;
import dev.stepmark.shell.ShellOpener;
import dev.stepmark.sql.MysqlInvocation;
import dev.stepmark.sql.PsqlInvocation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Commands that open a session and wait for input (patterns 12 and 17): what follows in the text belongs to it.
 *
 * @param kind  of the session
 * @param base  of its id; psql sessions are numbered
 * @param label for people
 */
record Openers(Kind kind, String base, String label) {

    private static final Set<String> SHELLS = Set.of("bash", "sh", "zsh", "ash", "dash", "ksh");
    /** Options of ssh that take a value. */
    private static final String SSH_VALUES = "bcDEeFIiJLlmOopQRSWw";
    /** A command line with more words starts no session. */
    private static final int MAX_WORDS = 100;
    private static final Set<String> CONSOLES = Set.of("redis-cli", "mongo", "mongosh", "irb", "cqlsh", "sqlplus");

    /** The session that a command opens; empty when it ends by itself, or where it is not a plain command. */
    static Optional<Openers> of(ShellCommand command) {
        if (command.words().isEmpty() || !command.simple() && !shellElsewhere(command.words())) {
            return Optional.empty();
        }
        List<String> words = command.words();
        Optional<PsqlCommand> launched = PsqlCommand.of(words).filter(psql -> !psql.launcher().isEmpty());
        if (launched.isPresent()) {
            return psql(launched.get().words());
        }
        Optional<FarPsql> far = FarPsql.of(words).filter(FarPsql::interactive);
        if (far.isPresent()) {
            return psql(far.get().words());
        }
        String program = words.get(0).replaceFirst("^.*/", "");
        return switch (program) {
            case "psql" -> psql(words);
            case "sudo" -> sudo(words);
            case "su" -> Optional.of(remote("user-shell", "shell of another user"));
            case "ssh" -> ssh(words);
            case "kubectl", "oc" -> exec(words, "pod");
            case "docker", "podman", "nerdctl" -> exec(words, "container");
            case "minikube", "vagrant", "multipass", "colima", "lima" -> machine(words);
            case "mysql", "mariadb" -> MysqlInvocation.parse(words).interactive()
                    ? Optional.of(new Openers(Kind.MYSQL, "mysql", "mysql")) : Optional.empty();
            default -> SHELLS.contains(program) && ShellOpener.of(words).isPresent()
                    ? Optional.of(remote("subshell", "shell inside the shell")) : launched(program, words);
        };
    }

    /** Any program that starts another one behind {@code --}; else a console. */
    private static Optional<Openers> launched(String program, List<String> words) {
        int dashes = words.indexOf("--");
        boolean starts = dashes > 0 && dashes + 1 < words.size() && words.size() < MAX_WORDS;
        return starts ? of(new ShellCommand(words.subList(dashes + 1, words.size()), 0, true)) : console(program, words);
    }

    /** A shell in a pod whose name is found out by another command: not plain, and yet what follows is typed there. */
    private static boolean shellElsewhere(List<String> words) {
        String program = words.get(0).replaceFirst("^.*/", "");
        return (program.equals("oc") || program.equals("kubectl")) && exec(words, "pod").isPresent()
                && (words.contains("rsh") || SHELLS.contains(words.get(words.size() - 1).replaceFirst("^.*/", "")));
    }

    private static Openers remote(String base, String label) {
        return new Openers(Kind.REMOTE_SHELL, base, label);
    }

    private static Optional<Openers> psql(List<String> words) {
        return PsqlInvocation.parse(words).interactive() ? Optional.of(new Openers(Kind.PSQL, "psql", "psql"))
                : Optional.empty();
    }

    private static Optional<Openers> sudo(List<String> words) {
        int at = 1;
        boolean login = false;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String option = words.get(at);
            login |= option.equals("-i") || option.equals("-s") || option.equals("--login") || option.equals("--shell");
            at += Set.of("-u", "-g", "-h", "-p", "-C", "-D", "--user", "--group").contains(option) ? 2 : 1;
        }
        List<String> rest = words.subList(Math.min(at, words.size()), words.size());
        if (rest.isEmpty()) {
            return login ? Optional.of(remote("user-shell", "shell of another user")) : Optional.empty();
        }
        if (SHELLS.contains(rest.get(0)) && rest.size() == 1) {
            return Optional.of(remote("user-shell", "shell of another user"));
        }
        return of(new ShellCommand(rest, 0, true));
    }

    private static Optional<Openers> ssh(List<String> words) {
        int at = 1;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String option = words.get(at);
            if (option.matches("-[A-Za-z]*[NfVGT].*")) {
                return Optional.empty();
            }
            at += option.length() == 2 && SSH_VALUES.indexOf(option.charAt(1)) >= 0 ? 2 : 1;
        }
        return at == words.size() - 1 ? Optional.of(remote("host", "shell on " + words.get(at))) : Optional.empty();
    }

    /** {@code kubectl exec -it POD -- bash}: a shell or a client with a terminal. */
    /** {@code minikube ssh}, {@code multipass shell NAME}: without a command behind it. */
    private static Optional<Openers> machine(List<String> words) {
        boolean shell = words.size() > 1 && (words.get(1).equals("ssh") || words.get(1).equals("shell")) && words.size() < 4
                && words.stream().noneMatch(w -> w.equals("-c") || w.equals("--"));
        return shell ? Optional.of(remote("machine", "shell on the virtual machine")) : Optional.empty();
    }

    private static Optional<Openers> exec(List<String> words, String base) {
        boolean exec = words.contains("exec") || words.contains("run") || words.contains("rsh");
        boolean terminal = words.stream().anyMatch(w -> w.matches("-[a-z]*i[a-z]*t?[a-z]*|-ti|--stdin|--interactive|--tty"))
                || words.contains("rsh");
        if (!exec || !terminal) {
            return Optional.empty();
        }
        if (ShellOpener.of(words).isPresent()) {
            return Optional.of(remote(base, "shell in the " + base));
        }
        int dashes = words.indexOf("--");
        if (words.contains("rsh") && dashes < 0) {
            return positionals(words.subList(words.indexOf("rsh") + 1, words.size())) == 1
                    ? Optional.of(remote(base, "shell in the " + base)) : Optional.empty();
        }
        List<String> inner = dashes >= 0 ? words.subList(dashes + 1, words.size())
                : words.subList(words.size() - 1, words.size());
        if (inner.isEmpty()) {
            return Optional.empty();
        }
        String program = inner.get(0).replaceFirst("^.*/", "");
        boolean shell = SHELLS.contains(program) && inner.stream().noneMatch(w -> w.matches("-[a-z]*c"));
        return shell ? Optional.of(remote(base, "shell in the " + base))
                : dashes >= 0 ? of(new ShellCommand(inner, 0, true)) : Optional.empty();
    }

    /** Words that are neither options nor the values of the options that {@code oc rsh} has. */
    private static int positionals(List<String> words) {
        int count = 0;
        for (int i = 0; i < words.size(); i++) {
            boolean valued = Set.of("-c", "-n", "-f", "--container", "--namespace", "--shell", "--timeout").contains(words.get(i));
            i += valued ? 1 : 0;
            count += valued || words.get(i).startsWith("-") ? 0 : 1;
        }
        return count;
    }

    private static Optional<Openers> console(String program, List<String> words) {
        boolean rails = program.matches("rails|gitlab-rails") && words.contains("console");
        boolean alone = CONSOLES.contains(program)
                && words.stream().skip(1).allMatch(w -> w.startsWith("-") || w.matches("[\\w.:-]+\\.[\\w.:-]+|\\d+"));
        return rails || alone ? Optional.of(new Openers(Kind.OTHER, program, program)) : Optional.empty();
    }
}
