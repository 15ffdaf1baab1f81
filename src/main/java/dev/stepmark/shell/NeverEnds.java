package dev.stepmark.shell;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a shell text comes to no end by itself: a tunnel, a log that is followed, a server in the foreground. Told from
 * the text alone, and only of its last command: what stands behind such a command would never run, and what is to be
 * done about that a person decides.
 *
 * @param command what does not end, in the words of the text: {@code kubectl port-forward}, {@code tail -f}
 */
public record NeverEnds(String command) {

    /** Programs that go on with their input as long as there is any. */
    private static final Set<String> FILTERS = Programs.words("grep egrep fgrep awk gawk sed cat tee jq cut tr ts ccze perl");
    private static final Set<String> KUBE = Set.of("kubectl", "oc", "k3s", "microk8s.kubectl");
    private static final Set<String> CONTAINERS = Set.of("docker", "podman", "nerdctl");
    private static final Set<String> COMPOSE = Set.of("docker-compose", "podman-compose");
    /** Servers that stay in the foreground, each with the words that make it one; none: whatever its words are. */
    private static final List<List<String>> SERVERS = List.of(List.of("npm", "start"), List.of("npm", "run", "dev"),
            List.of("npm", "run", "start"), List.of("npm", "run", "serve"), List.of("yarn", "start"), List.of("yarn", "dev"),
            List.of("rails", "server"), List.of("rails", "s"), List.of("flask", "run"), List.of("hugo", "server"),
            List.of("mkdocs", "serve"), List.of("jekyll", "serve"), List.of("minikube", "tunnel"),
            List.of("minikube", "mount"), List.of("minikube", "dashboard"), List.of("cloudflared", "tunnel"),
            List.of("consul", "agent"), List.of("vault", "server"), List.of("etcdctl", "watch"), List.of("uvicorn"),
            List.of("ngrok", "http"), List.of("ngrok", "tcp"), List.of("sleep", "infinity"), List.of("stern"));

    /** What does not end; empty when all of it does, as far as the text tells. */
    public static Optional<NeverEnds> of(String text) {
        List<ParsedCommand> commands = new ShellParser(text).parse();
        int first = commands.size() - 1;
        while (first > 0 && commands.get(first).pipedIn && filters(commands.get(first))) {
            first--;
        }
        if (first < 0 || commands.get(first).background || commands.get(first).pipedIn || commands.get(first).compound
                || commands.get(commands.size() - 1).background) {
            return Optional.empty();
        }
        return of(commands.get(first).values(), 0).map(NeverEnds::new);
    }

    private static boolean filters(ParsedCommand command) {
        List<String> words = command.values();
        return !words.isEmpty() && FILTERS.contains(Programs.baseName(words.get(0)))
                && !has(words, "-m\\d*|--max-count.*|-q|--quiet");
    }

    private static Optional<String> of(List<String> words, int level) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String program = Programs.baseName(words.get(0));
        List<String> arguments = words.subList(1, words.size());
        if (has(arguments, "--help|--version") || program.equals("timeout")) {
            return Optional.empty();
        }
        Optional<String> own = own(program, arguments);
        if (own.isPresent()) {
            return own;
        }
        int inner = KUBE.contains(program) || CONTAINERS.contains(program) || program.equals("watch") ? 0
                : Wrappers.innerCommand(program, words);
        boolean wraps = inner > 0 && inner < words.size() && level < ShellFacts.DEEPEST;
        return wraps ? of(words.subList(inner, words.size()), level + 1) : Optional.empty();
    }

    private static Optional<String> own(String program, List<String> arguments) {
        String sub = sub(arguments);
        if (KUBE.contains(program)) {
            return kube(program, sub, arguments);
        }
        if (CONTAINERS.contains(program) && sub.equals("compose")) {
            return compose(program + " compose", arguments.subList(arguments.indexOf("compose") + 1, arguments.size()));
        }
        if (COMPOSE.contains(program)) {
            return compose(program, arguments);
        }
        if (CONTAINERS.contains(program)) {
            return found(sub.equals("logs") && has(arguments, "-[a-z]*f[a-z]*|--follow"), program + " logs -f");
        }
        return single(program, arguments);
    }

    private static Optional<String> kube(String program, String sub, List<String> arguments) {
        return switch (sub) {
            case "port-forward", "proxy" -> Optional.of(program + " " + sub);
            case "logs" -> found(has(arguments, "-[a-z]*f|--follow(=true)?"), program + " logs -f");
            case "get" -> found(has(arguments, "-[a-z]*w|--watch(=true)?|--watch-only"), program + " get -w");
            default -> Optional.empty();
        };
    }

    private static Optional<String> compose(String program, List<String> arguments) {
        return switch (sub(arguments)) {
            case "logs" -> found(has(arguments, "-[a-z]*f|--follow"), program + " logs -f");
            case "up" -> found(!has(arguments, "-d|--detach|--wait|--no-start|--abort-on-container-exit"), program + " up");
            default -> Optional.empty();
        };
    }

    private static Optional<String> single(String program, List<String> arguments) {
        return switch (program) {
            case "tail" -> found(has(arguments, "-[a-zA-Z0-9]*[fF]|--follow.*") && !has(arguments, "--pid.*"), "tail -f");
            case "journalctl" -> found(has(arguments, "-[a-zA-Z]*f|--follow"), "journalctl -f");
            case "dmesg" -> found(has(arguments, "-[a-zA-Z]*[wW]|--follow.*"), "dmesg -w");
            case "ssh" -> found(has(arguments, "-[a-zA-Z46]*N.*") && !has(arguments, "-[a-zA-Z46]*f[a-zA-Z46]*"), "ssh -N");
            case "ping" -> found(!has(arguments, "-[a-zA-Z]*[cw]\\d*|-[a-zA-Z]*[hV]"), "ping");
            case "tcpdump" -> found(!has(arguments, "-[a-zA-Z]*c\\d*|-[a-zA-Z]*[rhD]"), "tcpdump");
            case "php" -> found(arguments.contains("-S"), "php -S");
            case "python", "python3" -> found(arguments.contains("http.server") && arguments.contains("-m"),
                    program + " -m http.server");
            case "inotifywait" -> found(has(arguments, "-m|--monitor"), "inotifywait -m");
            default -> server(program, arguments);
        };
    }

    private static Optional<String> server(String program, List<String> arguments) {
        for (List<String> server : SERVERS) {
            List<String> words = server.subList(1, server.size());
            boolean named = server.get(0).equals(program) && arguments.size() >= words.size()
                    && arguments.subList(0, words.size()).equals(words);
            if (named && !has(arguments, "-d|--daemon(ize)?|--detach")) {
                return Optional.of(String.join(" ", server));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> found(boolean is, String what) {
        return is ? Optional.of(what) : Optional.empty();
    }

    /** The first word that is no option and no value of an option that stands in front of a subcommand. */
    private static String sub(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).matches("-n|--namespace|--context|--kubeconfig|-f|--file|-p|--project-name|--cluster|-H")) {
                i++;
            } else if (!arguments.get(i).startsWith("-")) {
                return arguments.get(i);
            }
        }
        return "";
    }

    private static boolean has(List<String> words, String pattern) {
        return words.stream().anyMatch(w -> w.matches(pattern));
    }
}
