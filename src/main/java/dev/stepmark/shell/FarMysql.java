package dev.stepmark.shell;

import dev.stepmark.sql.MysqlInvocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A command that starts the mysql of another place: {@code docker exec -it db mysql -u app -p}, {@code ssh -t db1 sudo
 * mysql}.
 *
 * @param command the words here that start another command at the same place, without a terminal
 * @param words   mysql with its arguments
 * @param label   the words in front of it, for people
 */
public record FarMysql(UnaryOperator<List<String>> command, List<String> words, String label) {

    private static final Set<String> CONTAINERS = Set.of("docker", "podman", "nerdctl", "docker-compose", "kubectl", "oc");

    /** Reads a command; empty when it starts no mysql, or one of this machine. */
    public static Optional<FarMysql> of(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String program = words.get(0).replaceFirst("^.*/", "");
        if (program.equals("ssh")) {
            return ssh(words);
        }
        int verb = CONTAINERS.contains(program) ? ContainerCommand.verb(words) : -1;
        if (verb < 0 || !words.get(verb).equals("exec")) {
            return Optional.empty();
        }
        return ContainerCommand.of(words).filter(ContainerCommand::interactive)
                .flatMap(c -> inside(c.inner(), further -> joined(c.before(), further), String.join(" ", c.before())));
    }

    private static Optional<FarMysql> ssh(List<String> words) {
        for (int dest = 1; dest < words.size() - 1; dest++) {
            List<String> before = words.subList(0, dest + 1);
            Optional<ShellOpener> host = words.get(dest).startsWith("-") ? Optional.empty() : ShellOpener.of(before);
            if (host.isPresent() && !host.get().here()) {
                // the shell there takes the words apart once more
                return Words.split(String.join(" ", words.subList(dest + 1, words.size()))).flatMap(inner -> inside(inner,
                        further -> host.get().command(further).orElseThrow(), String.join(" ", before)));
            }
        }
        return Optional.empty();
    }

    private static Optional<FarMysql> inside(List<String> inner, UnaryOperator<List<String>> there, String label) {
        return MysqlCommandLine.of(inner).map(mysql -> new FarMysql(further -> there.apply(joined(mysql.launcher(), further)),
                mysql.words(), label + (mysql.launcher().isEmpty() ? "" : " " + String.join(" ", mysql.launcher()))));
    }

    private static List<String> joined(List<String> before, List<String> behind) {
        List<String> out = new ArrayList<>(before);
        out.addAll(behind);
        return out;
    }

    /** Whether it waits for input. */
    public boolean interactive() {
        return MysqlInvocation.parse(words).interactive();
    }
}
