package dev.stepmark.cli;

import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.Questionnaire.ConnectionNeed;
import dev.stepmark.run.Banner;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ClientSpec;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Console;
import dev.stepmark.session.Elsewhere;
import dev.stepmark.session.Session;
import dev.stepmark.session.bash.BashSession;
import dev.stepmark.session.bash.NestedShell;
import dev.stepmark.session.jdbc.JdbcSession;
import dev.stepmark.session.jdbc.Options;
import dev.stepmark.session.jdbc.Passwords;
import dev.stepmark.session.jdbc.Resolution;
import dev.stepmark.session.jdbc.Surroundings;
import dev.stepmark.session.mysql.MysqlSession;
import dev.stepmark.session.psql.PsqlSession;
import dev.stepmark.shell.FarPsql;
import dev.stepmark.shell.PsqlCommand;
import dev.stepmark.shell.Words;
import dev.stepmark.sql.PsqlInvocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Real bash and real servers. */
final class RealSessions implements RunSessions {

    private final App app;
    private final Path directory;
    private NamedConnections named = NamedConnections.NONE;

    /**
     * @param app       surroundings
     * @param directory where shells start
     */
    RealSessions(App app, Path directory) {
        this.app = app;
        this.directory = directory;
    }

    @Override
    public RealSessions with(NamedConnections connections) {
        this.named = connections;
        return this;
    }

    @Override
    public Optional<Banner> banner(String connection, Map<String, String> identity) {
        return named.banner(connection, identity, this, app.env());
    }

    @Override
    public String origin(String connection) {
        return named.origin(connection);
    }

    @Override
    public Session openShell(String cwd, Map<String, String> variables, Map<String, String> secrets, String cookie)
            throws CannotOpen {
        Map<String, String> environment = new LinkedHashMap<>(app.env());
        environment.putAll(variables);
        Path start = cwd.isEmpty() ? directory : Path.of(cwd);
        return BashSession.open(new BashSession.Options(start, environment, secrets, cookie));
    }

    @Override
    public ConnectionPlan plan(String opener, Map<String, String> environment) {
        try {
            return planned(opener, environment);
        } catch (StepmarkException e) {
            return ConnectionRoutes.impossible(e.message().what());
        } catch (IllegalArgumentException e) {
            return ConnectionRoutes.impossible("it is neither a URL that begins with postgresql:// nor a psql command");
        }
    }

    private ConnectionPlan planned(String opener, Map<String, String> environment) {
        String text = opener.strip();
        ConnectionRoutes routes = new ConnectionRoutes(app.user());
        if (text.isEmpty()) {
            return routes.plan(direct("psql"), environment);
        }
        if (text.startsWith("postgres://") || text.startsWith("postgresql://")) {
            return routes.plan(direct("psql", text), environment);
        }
        Optional<List<String>> words = Words.split(text);
        if (words.isEmpty()) {
            return ConnectionRoutes.impossible("the command needs a shell to be understood");
        }
        Optional<PsqlCommand> command = PsqlCommand.of(words.get());
        Optional<FarPsql> far = FarPsql.of(words.get());
        if (far.isPresent()) {
            return new ConnectionRoutes("its own account").elsewhere(far.get().words(), Map.of(), new Elsewhere(
                    far.get().command(), Map.of(), "", far.get().label()));
        }
        if (command.isEmpty() && words.get().contains("psql")) {
            return ConnectionRoutes.impossible("psql is started by another program here, which is not supported yet");
        }
        return routes.plan(command.orElseGet(() -> direct(words.get().toArray(String[]::new))), environment);
    }

    @Override
    public ConnectionPlan plan(String opener, Map<String, String> environment, Elsewhere place, String user) {
        try {
            Optional<List<String>> words = Words.split(opener.strip());
            if (words.isEmpty()) {
                return ConnectionRoutes.impossible("the command needs a shell to be understood");
            }
            return new ConnectionRoutes(user).elsewhere(words.get(), environment, place);
        } catch (StepmarkException e) {
            return ConnectionRoutes.impossible(e.message().what());
        }
    }

    @Override
    public Session openNested(Nested nested, Console console, BooleanSupplier goesOn) throws CannotOpen {
        Map<String, String> environment = new LinkedHashMap<>(nested.environment().isEmpty() ? app.env()
                : nested.environment());
        Path start = nested.directory().isEmpty() ? directory : Path.of(nested.directory());
        return NestedShell.open(new NestedShell.Options(nested.words(), nested.preamble(), nested.asksOnInput(), nested.command(),
                nested.trusted(), start, environment, nested.secrets(), nested.cookie(), nested.opener()), console, goesOn);
    }

    private static PsqlCommand direct(String... words) {
        return new PsqlCommand(List.of(), false, "", true, List.of(words));
    }

    @Override
    public Session openSql(ConnectionSpec spec, PasswordSource source) throws CannotOpen {
        Path home = app.home() == null ? Path.of("/nonexistent") : app.home();
        Passwords passwords = new Passwords(source.environment(), home, source.known().map(String::new), whose -> {
            Optional<char[]> asked = source.ask().apply(whose);
            asked.ifPresent(source.found());
            return asked;
        });
        source.known().ifPresent(source.found());
        String fromEnvironment = source.environment().getOrDefault("PGPASSWORD", "");
        if (!fromEnvironment.isEmpty()) {
            source.found().accept(fromEnvironment.toCharArray());
        }
        if (spec.psql().isPresent()) {
            return throughPsql(spec, source);
        }
        try {
            Map<String, String> environment = new LinkedHashMap<>(app.env());
            environment.putAll(source.environment());
            Path place = Path.of(source.environment().getOrDefault("PWD", ""));
            return JdbcSession.open(spec, passwords, Options.DEFAULT, new Surroundings(Files.isDirectory(place) ? place
                    : directory, environment, source.found()));
        } finally {
            passwords.warnings().forEach(source.warn());
        }
    }

    @Override
    public ClientPlan planClient(String opener, Map<String, String> environment) {
        return MysqlRoutes.plan(opener, environment);
    }

    @Override
    public Session openClient(ClientSpec spec, String typedIn, PasswordSource source) throws CannotOpen {
        source.known().ifPresent(source.found());
        Optional.ofNullable(source.environment().get("MYSQL_PWD")).filter(p -> !p.isEmpty()).map(String::toCharArray)
                .ifPresent(source.found());
        return MysqlSession.open(spec, new MysqlSession.Options(typedIn.isEmpty() ? directory : Path.of(typedIn),
                source.environment(), source.known(), whose -> masked(source.ask().apply(whose), source)));
    }

    private Session throughPsql(ConnectionSpec spec, PasswordSource source) throws CannotOpen {
        Map<String, String> environment = new LinkedHashMap<>(app.env());
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.putAll(source.environment());
        return PsqlSession.open(spec, new PsqlSession.Options(directory, environment, source.known(),
                whose -> masked(source.ask().apply(whose), source), source.found(), app.user()));
    }

    /** The same answer, masked from then on. */
    private static Optional<char[]> masked(Optional<char[]> asked, PasswordSource source) {
        asked.ifPresent(source.found());
        return asked;
    }

    /** Passwords that the document itself writes into a psql command: masked in everything that follows. */
    static List<String> passwords(Runbook runbook) {
        List<String> out = new ArrayList<>();
        for (SessionDeclaration session : runbook.sessions()) {
            MysqlRoutes.password(session.opener()).ifPresent(out::add);
            Words.split(session.opener()).flatMap(PsqlCommand::of).ifPresent(command -> {
                try {
                    PsqlInvocation psql = PsqlInvocation.parse(command.words());
                    psql.password().ifPresent(out::add);
                    Optional.ofNullable(psql.assignments().get("PGPASSWORD")).ifPresent(out::add);
                } catch (StepmarkException e) {
                    // what cannot be understood cannot be opened either
                }
            });
        }
        out.removeIf(p -> p.isEmpty() || p.startsWith("<") || p.contains("$"));
        return out;
    }

    @Override
    public List<ConnectionNeed> needs(SessionDeclaration session, Map<String, String> connect,
            Map<String, String> declared) {
        String name = session.connection();
        String given = connect.getOrDefault(name.isEmpty() ? session.id() : name, connect.getOrDefault("", ""));
        boolean named = session.openedBy() == 0 && !given.isEmpty();
        String text = named ? given : session.opener().isEmpty() ? declared.getOrDefault(name, "") : session.opener();
        return plan(text, app.env()).needs();
    }
}
