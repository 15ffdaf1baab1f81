package dev.stepmark.shell;

import dev.stepmark.sql.MysqlInvocation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command that starts mysql or mariadb, possibly as another user of this machine: {@code sudo mysql}.
 *
 * @param launcher words in front of it; empty when it is started directly
 * @param user     the operating system user it runs as; empty for the one who types it
 * @param words    the client with its arguments
 */
public record MysqlCommandLine(List<String> launcher, String user, List<String> words) {

    private static final Set<String> VALUED = Set.of("-u", "-g", "-h", "-p", "-C", "-D", "-T", "-R", "-U", "--user", "--group");

    public MysqlCommandLine {
        launcher = List.copyOf(launcher);
        words = List.copyOf(words);
    }

    /** Reads a command; empty when it does not start the client. */
    public static Optional<MysqlCommandLine> of(List<String> command) {
        if (MysqlInvocation.isMysql(command)) {
            return Optional.of(new MysqlCommandLine(List.of(), "", command));
        }
        if (command.isEmpty() || !command.get(0).replaceFirst("^.*/", "").equals("sudo")) {
            return Optional.empty();
        }
        int at = 1;
        String user = "root";
        while (at < command.size() && command.get(at).startsWith("-")) {
            String option = command.get(at);
            boolean names = option.equals("-u") || option.equals("--user");
            user = names && at + 1 < command.size() ? command.get(at + 1) : option.startsWith("--user=")
                    ? option.substring("--user=".length()) : option.matches("-u.+") ? option.substring(2) : user;
            at += VALUED.contains(option) ? 2 : 1;
        }
        List<String> rest = command.subList(Math.min(at, command.size()), command.size());
        return MysqlInvocation.isMysql(rest)
                ? Optional.of(new MysqlCommandLine(command.subList(0, at), user, rest)) : Optional.empty();
    }
}
