package dev.stepmark.shell;

import dev.stepmark.sql.PsqlInvocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A command that starts the psql of another place: {@code docker exec -it db psql -U app}, {@code ssh -t db1 sudo -u
 * postgres psql}.
 *
 * @param command the words here that start another command at the same place, without a terminal
 * @param words   psql with its arguments
 * @param label   the words in front of psql, for people
 */
public record FarPsql(UnaryOperator<List<String>> command, List<String> words, String label) {

    /** Reads a command; empty when it starts no psql, or one of this machine. */
    public static Optional<FarPsql> of(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String program = words.get(0).replaceFirst("^.*/", "");
        if (program.equals("ssh")) {
            return ssh(words);
        }
        boolean container = List.of("docker", "podman", "nerdctl", "docker-compose", "kubectl", "oc").contains(program);
        int verb = container ? ContainerCommand.verb(words) : -1;
        if (verb < 0 || !words.get(verb).equals("exec")) {
            return Optional.empty();
        }
        return ContainerCommand.of(words).filter(ContainerCommand::interactive).flatMap(c -> inside(c.inner(),
                UnaryOperator.identity()).map(psql -> behind(c.before(), psql)));
    }

    private static Optional<FarPsql> ssh(List<String> words) {
        for (int dest = 1; dest < words.size() - 1; dest++) {
            List<String> before = words.subList(0, dest + 1);
            Optional<ShellOpener> host = words.get(dest).startsWith("-") ? Optional.empty() : ShellOpener.of(before);
            if (host.isPresent() && !host.get().here()) {
                List<String> typed = words.subList(dest + 1, words.size());
                return Words.split(String.join(" ", typed)).flatMap(inner -> inside(inner, UnaryOperator.identity()))
                        .map(psql -> new FarPsql(further -> host.get().command(psql.command.apply(further)).orElseThrow(),
                                psql.words, String.join(" ", before) + (psql.label.isEmpty() ? "" : " " + psql.label)));
            }
        }
        return Optional.empty();
    }

    private static Optional<FarPsql> inside(List<String> inner, UnaryOperator<List<String>> none) {
        return PsqlCommand.of(inner).map(psql -> new FarPsql(psql.launcher().isEmpty() ? none : further -> {
            List<String> out = new ArrayList<>(psql.launcher());
            out.addAll(psql.oneWord() ? List.of(further.stream().map(ShellQuote::word).collect(Collectors.joining(" ")))
                    : further);
            return out;
        }, psql.words(), String.join(" ", psql.launcher())));
    }

    private static FarPsql behind(List<String> before, FarPsql psql) {
        return new FarPsql(further -> {
            List<String> out = new ArrayList<>(before);
            out.addAll(psql.command.apply(further));
            return out;
        }, psql.words, String.join(" ", before) + (psql.label.isEmpty() ? "" : " " + psql.label));
    }

    /** Whether psql waits for input. */
    public boolean interactive() {
        return PsqlInvocation.parse(words).interactive();
    }
}
