package dev.stepmark.shell;

import dev.stepmark.sql.PsqlInvocation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a shell text wants of a terminal, told from the text alone. A command in a pipe, in the background or with a
 * redirection runs without one, as its author wrote it.
 *
 * @param program the first program that wants one, by its file name
 * @param must    whether it is of no use without: an editor, and not a pager, which then only prints
 */
public record TerminalUse(String program, boolean must) {

    /** Of no use without a terminal. */
    private static final Set<String> FULL_SCREEN = Programs.words("vi vim view vimdiff nvim nano pico emacs joe mcedit "
            + "mc micro ne jed htop atop iotop iftop nmtui dialog whiptail tmux screen k9s pg_activity pgcli mycli "
            + "lazygit tig ncdu fzf passwd watch");
    /** They page, or open the editor that a variable names, which may be none that needs a terminal. */
    private static final Set<String> PAGERS_AND_EDITING = Programs.words("less more most pg pspg man info visudo vipw "
            + "vigr sudoedit fg chsh chfn");
    private static final Set<String> CLIENTS = Programs.words("mysql mariadb mongo mongosh cqlsh sqlplus");
    /** Words with which a client does something by itself and ends. */
    private static final String CLIENT_ENDS = "-e.*|--execute.*|--eval.*|--version|-V|--help|-f|--file.*";
    /** Options of theirs whose value is the next word. */
    private static final String CONTAINER_VALUES = "-[euwvpnlhm]|--(env|user|workdir|volume|publish|name|network|label|"
            + "hostname|entrypoint|mount|env-file|memory|cpus|platform|pull|restart)";
    private static final Set<String> CONTAINERS = Set.of("docker", "podman", "nerdctl");

    /** The first use of a terminal; empty when nothing in the text wants one. */
    public static Optional<TerminalUse> of(String text) {
        for (ParsedCommand command : new ShellParser(text).parse()) {
            boolean plain = !command.pipedIn && !command.pipedOut && !command.background && command.redirects.isEmpty();
            Optional<TerminalUse> use = plain && !command.words.isEmpty() ? of(command.values(), 0) : Optional.empty();
            if (use.isPresent()) {
                return use;
            }
        }
        return Optional.empty();
    }

    private static Optional<TerminalUse> of(List<String> words, int level) {
        String program = Programs.baseName(words.get(0));
        List<String> arguments = words.subList(1, words.size());
        if (arguments.stream().anyMatch(w -> w.matches("--version|--help"))) {
            return Optional.empty();
        }
        if (must(program, arguments)) {
            return Optional.of(new TerminalUse(program, true));
        }
        if (may(program, arguments)) {
            return Optional.of(new TerminalUse(program, false));
        }
        int inner = Wrappers.innerCommand(program, words);
        boolean wraps = inner > 0 && inner < words.size() && level < ShellFacts.DEEPEST;
        return wraps ? of(words.subList(inner, words.size()), level + 1) : Optional.empty();
    }

    private static boolean must(String program, List<String> arguments) {
        if (CONTAINERS.contains(program)) {
            return container(arguments);
        }
        if (CLIENTS.contains(program)) {
            return !has(arguments, CLIENT_ENDS);
        }
        return program.equals("top") ? !has(arguments, "-[A-Za-z]*[bhv].*")
                : FULL_SCREEN.contains(program) && !arguments.contains("--stdin");
    }

    private static boolean may(String program, List<String> arguments) {
        return switch (program) {
            case "git" -> git(arguments);
            case "crontab" -> arguments.contains("-e");
            case "kubectl", "oc", "systemctl" -> !arguments.isEmpty() && arguments.get(0).equals("edit");
            case "ssh" -> has(arguments, "-t+");
            case "psql" -> PsqlInvocation.parse(Stream.concat(Stream.of("psql"), arguments.stream()).toList())
                    .interactive();
            case "sudo" -> arguments.contains("-e") || arguments.contains("--edit");
            default -> PAGERS_AND_EDITING.contains(program) && (program.equals("fg") || program.startsWith("vi")
                    || !arguments.isEmpty());
        };
    }

    /** {@code docker exec -it NAME ...}: it refuses to run without a terminal; what follows the name is not for it. */
    private static boolean container(List<String> arguments) {
        int at = arguments.indexOf("exec") >= 0 ? arguments.indexOf("exec") : arguments.indexOf("run");
        boolean terminal = false;
        boolean value = false;
        for (String word : at < 0 ? List.<String>of() : arguments.subList(at + 1, arguments.size())) {
            if (!value && !word.startsWith("-")) {
                break;
            }
            terminal |= !value && word.matches("-[id]*t[id]*|--tty");
            if (!value && word.matches("-[it]*d[it]*|--detach")) {
                return false;
            }
            value = !value && word.matches(CONTAINER_VALUES);
        }
        return terminal;
    }

    private static boolean git(List<String> arguments) {
        String sub = arguments.stream().filter(w -> !w.startsWith("-")).findFirst().orElse("");
        return switch (sub) {
            case "commit" -> !has(arguments, "-[a-z]*[mFC]|--(message|file|reuse-message)(=.*)?|--no-edit");
            case "rebase" -> has(arguments, "-i|--interactive");
            case "add", "checkout", "stash", "reset" -> has(arguments, "-p|-i|--patch|--interactive");
            default -> false;
        };
    }

    private static boolean has(List<String> words, String pattern) {
        return words.stream().anyMatch(w -> w.matches(pattern));
    }
}
