package dev.stepmark.cli;

import dev.stepmark.run.SessionFactory.ClientPlan;
import dev.stepmark.session.ClientSpec;
import dev.stepmark.session.Elsewhere;
import dev.stepmark.session.psql.LocalPsql;
import dev.stepmark.shell.FarMysql;
import dev.stepmark.shell.MysqlCommandLine;
import dev.stepmark.shell.Words;
import dev.stepmark.sql.MysqlInvocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How a command that starts mysql or mariadb is carried out: by the program of this machine that it names. */
final class MysqlRoutes {

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    /** The same client under its two names: each is missing on some machines. */
    private static final Map<String, String> OTHER = Map.of("mysql", "mariadb", "mariadb", "mysql");

    private MysqlRoutes() { }

    /**
     * Plans what a command starts.
     *
     * @param place where it was typed, when that is another place
     */
    static ClientPlan plan(String opener, Map<String, String> environment, Optional<Elsewhere> place) {
        Optional<List<String>> words = Words.split(opener.strip());
        if (words.isEmpty()) {
            return impossible("the command needs a shell to be understood");
        }
        Optional<FarMysql> far = FarMysql.of(words.get());
        if (far.isPresent()) {
            UnaryOperator<List<String>> inner = far.get().command();
            return started(List.of(), far.get().words(), environment, Optional.of(new Elsewhere(place.map(p ->
                    (UnaryOperator<List<String>>) further -> p.command().apply(inner.apply(further))).orElse(inner), Map.of(),
                    "", place.map(p -> p.label() + ", then ").orElse("") + far.get().label())));
        }
        Optional<MysqlCommandLine> command = MysqlCommandLine.of(words.get());
        if (command.isEmpty()) {
            return impossible("it does not start mysql or mariadb in a way that is known");
        }
        List<String> launcher = command.get().launcher();
        return place.isEmpty() ? started(launcher, command.get().words(), environment, place) : started(List.of(),
                command.get().words(), environment, place.map(p -> launcher.isEmpty() ? p : p.behind(launcher, false)));
    }

    private static ClientPlan started(List<String> launcher, List<String> words, Map<String, String> environment,
            Optional<Elsewhere> place) {
        MysqlInvocation mysql = MysqlInvocation.parse(words);
        if (!mysql.problem().isEmpty() || !mysql.interactive()) {
            return impossible(mysql.interactive() ? mysql.problem() : "the command does not read statements");
        }
        String path = environment.getOrDefault("PATH", DEFAULT_PATH);
        Optional<String> program = launcher.isEmpty() && place.isEmpty() ? program(mysql.program(), path) : Optional.of(mysql.program());
        if (program.isEmpty()) {
            return impossible(mysql.program() + " is not on the PATH of this machine (install mariadb-client or mysql-client)");
        }
        return new ClientPlan(Optional.of(new ClientSpec(launcher, program.get(), mysql.defaults(), mysql.options(),
                mysql.host().orElse(""), mysql.port().orElse(""), mysql.user().orElse(""), mysql.socket().orElse(""),
                mysql.database().orElse(""), mysql.askPassword(), place)), "", mysql.password().map(String::toCharArray));
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
        Optional<List<String>> words = Words.split(opener);
        return words.flatMap(MysqlCommandLine::of).map(MysqlCommandLine::words).or(() -> words.flatMap(FarMysql::of)
                .map(FarMysql::words)).map(MysqlInvocation::parse).flatMap(MysqlInvocation::password);
    }
}
