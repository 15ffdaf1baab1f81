package dev.stepmark.cli;

import dev.stepmark.run.SessionFactory.ClientPlan;
import dev.stepmark.session.ClientSpec;
import dev.stepmark.session.psql.LocalPsql;
import dev.stepmark.shell.MysqlCommandLine;
import dev.stepmark.shell.Words;
import dev.stepmark.sql.MysqlInvocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a command that starts mysql or mariadb is carried out: by the program of this machine that it names. */
final class MysqlRoutes {

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    /** The same client under its two names: each is missing on some machines. */
    private static final Map<String, String> OTHER = Map.of("mysql", "mariadb", "mariadb", "mysql");

    private MysqlRoutes() { }

    static ClientPlan plan(String opener, Map<String, String> environment) {
        Optional<List<String>> words = Words.split(opener.strip());
        Optional<MysqlCommandLine> command = words.flatMap(MysqlCommandLine::of);
        if (command.isEmpty()) {
            return impossible(words.isEmpty() ? "the command needs a shell to be understood"
                    : "only mysql and mariadb on this machine can be started, directly or by sudo");
        }
        MysqlInvocation mysql = MysqlInvocation.parse(command.get().words());
        if (!mysql.problem().isEmpty() || !mysql.interactive()) {
            return impossible(mysql.interactive() ? mysql.problem() : "the command does not read statements");
        }
        String path = environment.getOrDefault("PATH", DEFAULT_PATH);
        List<String> launcher = command.get().launcher();
        Optional<String> program = launcher.isEmpty() ? program(mysql.program(), path) : Optional.of(mysql.program());
        if (program.isEmpty()) {
            return impossible(mysql.program() + " is not on the PATH of this machine (install mariadb-client or mysql-client)");
        }
        return new ClientPlan(Optional.of(new ClientSpec(launcher, program.get(), mysql.defaults(), mysql.options(),
                mysql.host().orElse(""), mysql.port().orElse(""), mysql.user().orElse(""), mysql.socket().orElse(""),
                mysql.database().orElse(""), mysql.askPassword())), "", mysql.password().map(String::toCharArray));
    }

    private static Optional<String> program(String name, String path) {
        return LocalPsql.find(name, path).or(() -> Optional.ofNullable(OTHER.get(name))
                .flatMap(other -> LocalPsql.find(other, path)));
    }

    private static ClientPlan impossible(String why) {
        return new ClientPlan(Optional.empty(), why, Optional.empty());
    }

    /** The password that a document writes into such a command. */
    static Optional<String> password(String opener) {
        return Words.split(opener).flatMap(MysqlCommandLine::of).map(c -> MysqlInvocation.parse(c.words()))
                .flatMap(MysqlInvocation::password);
    }
}
