package dev.stepmark.shell;

import static dev.stepmark.runbook.Risk.DESTRUCTIVE;
import static dev.stepmark.runbook.Risk.READ_ONLY;
import static dev.stepmark.runbook.Risk.UNKNOWN;
import static dev.stepmark.runbook.Risk.WRITE;

import dev.stepmark.runbook.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tools whose subcommand or options decide what they do. */
final class ToolRisk {

    private static final Set<String> HELM_READS = Programs.words("list ls status get history hist show search "
            + "version template env lint verify completion inspect");
    private static final Set<String> KUBECTL_READS = Programs.words("get describe logs top explain api-resources "
            + "api-versions version cluster-info wait diff events port-forward completion options");
    private static final Set<String> KUBECTL_WRITES = Programs.words("apply create edit patch scale set label "
            + "annotate expose run replace cordon uncordon taint cp autoscale drain attach certificate debug");
    private static final Set<String> GIT_READS = Programs.words("status log diff show rev-parse describe blame "
            + "ls-files ls-tree ls-remote grep shortlog reflog cat-file rev-list version help");
    private static final Set<String> GIT_WRITES = Programs.words("add commit fetch pull clone merge rebase checkout "
            + "switch tag init mv cherry-pick revert apply am config remote stash worktree submodule restore branch "
            + "push reset clean rm bisect");
    private static final Set<String> DOCKER_READS = Programs.words("ps images logs inspect version info stats top "
            + "port history search events diff ls config");
    private static final Set<String> DOCKER_WRITES = Programs.words("run start stop restart build pull push tag "
            + "create cp load save up pause unpause rename login logout commit import export update attach");
    private static final Set<String> SYSTEM_READS = Programs.words("status is-active is-enabled is-failed show "
            + "list-units list-unit-files list-timers cat");
    private static final Set<String> PACKAGE_READS = Programs.words("list show search info policy depends view "
            + "outdated freeze ls why");

    private final List<String> words;

    private ToolRisk(List<String> words) {
        this.words = words;
    }

    static Risk of(String program, List<String> words) {
        return new ToolRisk(words).of(program);
    }

    private Risk of(String program) {
        return switch (program) {
            case "pg_dump", "pg_dumpall" -> option('f', "--file") ? WRITE : READ_ONLY;
            case "pg_restore" -> restore();
            case "pg_ctl", "pg_ctlcluster", "systemctl", "service" -> oneOf(SYSTEM_READS) ? READ_ONLY : WRITE;
            case "kubectl", "oc" -> kubectl();
            case "helm" -> helm();
            case "git" -> git();
            case "docker", "podman", "nerdctl", "docker-compose", "podman-compose" -> docker();
            case "terraform", "tofu" -> terraform();
            case "journalctl" -> longOption("--vacuum") || longOption("--rotate") ? DESTRUCTIVE : READ_ONLY;
            case "curl" -> curl();
            case "sed" -> option('i', "--in-place") ? WRITE : READ_ONLY;
            case "awk", "gawk", "mawk" -> text().matches("(?s).*(system|[|>]).*") ? UNKNOWN : READ_ONLY;
            case "sort" -> option('o', "--output") ? WRITE : READ_ONLY;
            case "yq" -> option('i', "--inplace") ? WRITE : READ_ONLY;
            case "tar" -> tar();
            case "gzip", "bzip2", "xz", "zstd" -> option('c', "--stdout") || option('t', "--test")
                    || option('l', "--list") || words.size() == 1 ? READ_ONLY : WRITE;
            case "date" -> option('s', "--set") ? WRITE : READ_ONLY;
            case "hostname" -> words.size() > 1 && !words.get(1).startsWith("-") ? WRITE : READ_ONLY;
            case "sysctl" -> option('w', "--write") || text().contains("=") ? WRITE : READ_ONLY;
            case "rsync" -> longOption("--del") || longOption("--remove") ? DESTRUCTIVE : WRITE;
            case "dd" -> text().contains(" of=") ? DESTRUCTIVE : READ_ONLY;
            case "crontab" -> option('l', "--list") ? READ_ONLY : option('r', "--remove") ? DESTRUCTIVE : WRITE;
            // reached only for command -v and for exec without a program
            case "apt-cache", "lsb_release", "command", "exec" -> READ_ONLY;
            case "apt", "apt-get", "yum", "dnf", "apk", "brew", "snap", "pip", "pip3", "npm", "dpkg", "rpm" ->
                    packages();
            case "redis-cli" -> text().toLowerCase(Locale.ROOT).contains("flush") ? DESTRUCTIVE : UNKNOWN;
            case "trap", "source", "." -> UNKNOWN;
            default -> program.startsWith("mkfs.") ? DESTRUCTIVE : UNKNOWN;
        };
    }

    private Risk restore() {
        if (option('l', "--list") || words.contains("-") && option('f', "--file")) {
            return READ_ONLY;
        }
        return option('c', "--clean") ? DESTRUCTIVE : WRITE;
    }

    private Risk kubectl() {
        List<String> operands = operands(Set.of("-n", "--namespace", "--context", "--kubeconfig", "--cluster",
                "--user", "-s", "--server", "--as", "--token"));
        String verb = first(operands, 0);
        String next = first(operands, 1);
        boolean dry = words.stream().anyMatch(w -> w.matches("--dry-run=(client|server)"));
        if (KUBECTL_READS.contains(verb) || dry && KUBECTL_WRITES.contains(verb)) {
            return READ_ONLY;
        }
        return switch (verb) {
            case "delete" -> dry ? READ_ONLY : DESTRUCTIVE;
            case "replace" -> longOption("--force") ? DESTRUCTIVE : WRITE;
            case "auth" -> next.equals("can-i") || next.equals("whoami") ? READ_ONLY : WRITE;
            case "config" -> next.equals("view") || next.startsWith("get") || next.equals("current-context")
                    ? READ_ONLY : WRITE;
            case "rollout" -> next.equals("status") || next.equals("history") ? READ_ONLY : WRITE;
            default -> KUBECTL_WRITES.contains(verb) ? WRITE : UNKNOWN;
        };
    }

    private Risk helm() {
        List<String> operands = operands(Set.of("-n", "--namespace", "--kube-context", "--kubeconfig"));
        String verb = first(operands, 0);
        if (HELM_READS.contains(verb) || longOption("--dry-run")) {
            return READ_ONLY;
        }
        return switch (verb) {
            case "uninstall", "delete", "del", "un" -> DESTRUCTIVE;
            case "repo", "plugin", "dependency" -> first(operands, 1).equals("list") ? READ_ONLY : WRITE;
            case "install", "upgrade", "rollback", "pull", "push", "package", "create", "registry" -> WRITE;
            default -> UNKNOWN;
        };
    }

    private Risk git() {
        List<String> operands = operands(Set.of("-C", "-c", "--git-dir", "--work-tree"));
        String verb = first(operands, 0);
        boolean lists = operands.size() == 1 && Set.of("branch", "tag", "remote").contains(verb)
                || verb.equals("config") && (longOption("--get") || option('l', "--list"))
                || verb.equals("stash") && first(operands, 1).equals("list");
        boolean force = option('f', "--force") || longOption("--force");
        boolean loses = switch (verb) {
            case "push" -> force || option('d', "--delete") || longOption("--mirror")
                    || operands.stream().anyMatch(o -> o.startsWith("+") || o.startsWith(":"));
            case "reset" -> longOption("--hard");
            case "clean" -> force;
            case "branch" -> option('D', "--delete") || option('d', "--delete");
            case "checkout", "switch" -> force;
            case "stash" -> Set.of("drop", "clear").contains(first(operands, 1));
            case "rm", "filter-branch", "gc" -> true;
            default -> false;
        };
        if (loses) {
            return DESTRUCTIVE;
        }
        return GIT_READS.contains(verb) || lists ? READ_ONLY : GIT_WRITES.contains(verb) ? WRITE : UNKNOWN;
    }

    private Risk docker() {
        List<String> operands = operands(Set.of("-H", "--host", "--context", "-f", "--file", "-p", "--project-name"));
        Set<String> groups = Set.of("compose", "container", "image", "volume", "network", "system");
        String verb = first(operands, groups.contains(first(operands, 0)) ? 1 : 0);
        boolean removes = Set.of("rm", "rmi", "prune", "kill", "remove").contains(verb)
                || verb.equals("down") && option('v', "--volumes");
        if (removes) {
            return DESTRUCTIVE;
        }
        return DOCKER_READS.contains(verb) ? READ_ONLY
                : DOCKER_WRITES.contains(verb) || verb.equals("down") ? WRITE : UNKNOWN;
    }

    private Risk terraform() {
        List<String> operands = operands(Set.of());
        String verb = first(operands, 0);
        boolean destroys = verb.equals("destroy") || text().contains("-destroy");
        boolean state = verb.equals("state") && Set.of("list", "show").contains(first(operands, 1));
        if (destroys || verb.equals("state") && first(operands, 1).equals("rm")) {
            return DESTRUCTIVE;
        }
        return state || Set.of("plan", "show", "output", "validate", "version", "providers", "graph").contains(verb)
                ? READ_ONLY : Set.of("init", "fmt", "import", "refresh", "get").contains(verb) ? WRITE : UNKNOWN;
    }

    private Risk curl() {
        String all = text();
        if (all.matches("(?s).*(-X|--request)[ =]?'?DELETE.*")) {
            return DESTRUCTIVE;
        }
        boolean sends = all.matches("(?s).*(-X|--request)[ =]?(POST|PUT|PATCH).*") || option('d', "--data")
                || option('F', "--form") || option('T', "--upload-file") || longOption("--data")
                || longOption("--json");
        boolean saves = option('o', "--output") && !all.contains("/dev/null") || option('O', "--remote-name");
        return sends || saves ? WRITE : READ_ONLY;
    }

    private Risk tar() {
        String mode = first(words, 1);
        boolean lists = mode.matches("-?[A-Za-z]*t[A-Za-z]*") && !mode.matches("-?[A-Za-z]*[xcru][A-Za-z]*");
        return lists || longOption("--list") ? READ_ONLY : WRITE;
    }

    private Risk packages() {
        String verb = first(operands(Set.of()), 0);
        boolean query = words.stream().skip(1).anyMatch(w -> w.matches("-[lLsSq][a-z]*")) && verb.isEmpty();
        return PACKAGE_READS.contains(verb) || query ? READ_ONLY : WRITE;
    }

    private boolean oneOf(Set<String> verbs) {
        return words.stream().skip(1).anyMatch(verbs::contains);
    }

    private String text() {
        return String.join(" ", words);
    }

    /** A short option, also combined with others or with its value, or the long one. */
    private boolean option(char letter, String name) {
        return words.stream().skip(1).anyMatch(w -> w.equals(name) || w.startsWith(name + "=")
                || w.matches("-[A-Za-z]*") && w.indexOf(letter) > 0
                || w.startsWith("-" + letter));
    }

    private boolean longOption(String prefix) {
        return words.stream().skip(1).anyMatch(w -> w.startsWith(prefix));
    }

    /** Words that are no options and no values of the options named. */
    private List<String> operands(Set<String> withValue) {
        List<String> operands = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            if (withValue.contains(words.get(i))) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                operands.add(words.get(i));
            }
        }
        return operands;
    }

    private static String first(List<String> list, int index) {
        return index < list.size() ? list.get(index) : "";
    }
}
