package dev.stepmark.cli;

import dev.stepmark.plan.Questionnaire.ConnectionNeed;
import dev.stepmark.run.SessionFactory.ConnectionPlan;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Elsewhere;
import dev.stepmark.session.PsqlProgram;
import dev.stepmark.session.jdbc.ConnectionResolver;
import dev.stepmark.session.jdbc.DriverLimits;
import dev.stepmark.session.jdbc.Resolution;
import dev.stepmark.session.jdbc.StartOptions;
import dev.stepmark.session.psql.LocalPsql;
import dev.stepmark.shell.PsqlCommand;
import dev.stepmark.sql.PsqlInvocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which way a connection goes: through the driver, or through the psql of this machine where only that can make it. What
 * the text leaves open and nothing on this machine decides is asked for.
 */
final class ConnectionRoutes {

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final Set<String> WAITING = Set.of("-s", "--single-step", "-S", "--single-line");

    private final String osUser;

    ConnectionRoutes(String osUser) {
        this.osUser = osUser;
    }

    /** Plans what a command connects to. */
    ConnectionPlan plan(PsqlCommand command, Map<String, String> environment) {
        PsqlInvocation invocation = PsqlInvocation.parse(command.words());
        Optional<String> problem = problem(invocation);
        if (problem.isPresent()) {
            return impossible(problem.get());
        }
        Map<String, String> complete = new LinkedHashMap<>(environment);
        if (!command.keepsEnvironment()) {
            complete.keySet().removeIf(name -> name.startsWith("PG"));
        }
        complete.putAll(invocation.assignments());
        return command.launcher().isEmpty() ? direct(command, invocation, complete)
                : launched(command, invocation, complete);
    }

    private static Optional<String> problem(PsqlInvocation invocation) {
        if (!invocation.problem().isEmpty()) {
            return Optional.of(invocation.problem());
        }
        if (invocation.unsupported().stream().anyMatch(WAITING::contains)) {
            return Optional.of("psql would wait for a key before each statement; here every statement is confirmed anyway:"
                    + " leave out " + String.join(" ", invocation.unsupported().stream().filter(WAITING::contains)
                            .toList()));
        }
        Optional<String> setting = StartOptions.problem(invocation.options());
        if (setting.isPresent()) {
            return Optional.of("psql: " + setting.get());
        }
        return !invocation.interactive() || invocation.unsupported().contains("-1")
                || invocation.unsupported().contains("--single-transaction")
                ? Optional.of("not supported yet: " + String.join(" ", invocation.unsupported())) : Optional.empty();
    }

    /** Plans what a psql of another place connects to: all that its command leaves open is decided there. */
    ConnectionPlan elsewhere(List<String> words, Map<String, String> environment, Elsewhere place) {
        Optional<PsqlCommand> command = PsqlCommand.of(words);
        if (command.isEmpty()) {
            return impossible("no psql is started by: " + String.join(" ", words));
        }
        PsqlInvocation invocation = PsqlInvocation.parse(command.get().words());
        Optional<String> problem = problem(invocation);
        if (problem.isPresent()) {
            return impossible(problem.get());
        }
        List<String> launcher = command.get().launcher();
        Elsewhere there = launcher.isEmpty() ? place : place.behind(launcher, command.get().oneWord());
        Map<String, String> known = new LinkedHashMap<>(command.get().keepsEnvironment() ? environment : Map.of());
        known.putAll(invocation.assignments());
        String user = command.get().user().isEmpty() ? osUser : command.get().user();
        Optional<ConnectionSpec> spec = ConnectionResolver.forPsql(invocation, known, user);
        if (spec.isEmpty()) {
            return impossible("the connection cannot be told from " + String.join(" ", words));
        }
        Map<String, String> sent = new LinkedHashMap<>(command.get().keepsEnvironment() ? there.environment() : Map.of());
        sent.putAll(invocation.assignments());
        List<String> program = command.get().program();
        return found(spec.get(), new PsqlProgram(List.of(there.label().split(" ")), program.get(program.size() - 1), false,
                invocation.options(), written(invocation), "it is the psql of that place", Optional.of(new Elsewhere(
                        there.command(), sent, there.directory(), there.label()))), invocation);
    }

    private ConnectionPlan launched(PsqlCommand command, PsqlInvocation invocation, Map<String, String> environment) {
        String starter = command.launcher().get(0);
        String path = environment.getOrDefault("PATH", DEFAULT_PATH);
        if (LocalPsql.find(starter, path).isEmpty()) {
            return impossible(starter + ", which would start psql, is not on the PATH of this machine");
        }
        String user = command.user().isEmpty() ? osUser : command.user();
        Optional<ConnectionSpec> spec = ConnectionResolver.forPsql(invocation, environment, user);
        if (spec.isEmpty()) {
            return impossible("the connection cannot be told from " + String.join(" ", command.launcher()) + " psql");
        }
        List<String> program = command.program();
        List<String> launcher = new ArrayList<>(command.launcher());
        List<String> inside = program.subList(0, program.size() - 1);
        Map<String, String> written = written(invocation);
        if (command.oneWord() && !inside.isEmpty()) {
            return impossible("variables in front of psql inside " + starter + " -c are not supported yet");
        }
        launcher.addAll(inside);
        Optional<String> here = LocalPsql.find(program.get(program.size() - 1), path + ":" + DEFAULT_PATH);
        ConnectionSpec shown = here.map(psql -> located(spec.get(), psql)).orElse(spec.get());
        return found(shown, new PsqlProgram(launcher, program.get(program.size() - 1), command.oneWord(),
                invocation.options(), written, "it runs as the user " + user + " of this machine"), invocation);
    }

    /** Only what the command itself says: all else psql decides where it runs. */
    private static Map<String, String> written(PsqlInvocation invocation) {
        Map<String, String> written = new LinkedHashMap<>();
        invocation.host().ifPresent(v -> written.put("host", v));
        invocation.port().ifPresent(v -> written.put("port", v));
        invocation.user().ifPresent(v -> written.put("user", v));
        invocation.database().ifPresent(v -> written.put("dbname", v));
        written.putAll(invocation.parameters());
        return written;
    }

    private ConnectionPlan direct(PsqlCommand command, PsqlInvocation invocation, Map<String, String> environment) {
        List<String> program = command.program();
        Optional<String> psql = LocalPsql.find(program.get(program.size() - 1),
                environment.getOrDefault("PATH", DEFAULT_PATH));
        Resolution resolution = ConnectionResolver.resolve(invocation, environment, osUser);
        if (resolution instanceof Resolution.Resolved resolved) {
            return tcp(resolved.spec(), psql, invocation, environment);
        }
        Resolution.Needs needs = (Resolution.Needs) resolution;
        Optional<ConnectionPlan> local = psql.flatMap(found -> throughPsql(found, invocation, environment));
        return local.orElseGet(() -> needs(needs, invocation));
    }

    /** Variables with which libpq changes settings of the server when it connects; the driver does not know them. */
    private static Optional<String> libpqSettings(Map<String, String> environment) {
        return Stream.of("PGDATESTYLE", "PGTZ", "PGGEQO").filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .findFirst();
    }

    private ConnectionPlan tcp(ConnectionSpec spec, Optional<String> psql, PsqlInvocation invocation,
            Map<String, String> environment) {
        if (spec.host().indexOf(',') >= 0 && psql.isPresent()) {
            return throughPsql(psql.get(), invocation, environment).orElseThrow();
        }
        Optional<String> setting = libpqSettings(environment);
        List<String> options = StartOptions.beyond(invocation.options());
        Optional<String> limit = options.isEmpty() ? DriverLimits.of(spec).or(() -> setting)
                : Optional.of("the option" + (options.size() == 1 ? " " : "s ") + String.join(" ", options));
        if (limit.isPresent() && psql.isPresent()) {
            return found(spec, program(psql.get(), spec, invocation, limit.get()), invocation);
        }
        if (setting.isPresent()) {
            return impossible(setting.get() + " is set, and only a psql on this machine could heed it; unset it");
        }
        return options.isEmpty() ? new ConnectionPlan(Optional.of(spec.with(invocation.options())), List.of(), "",
                password(invocation))
                : impossible("not supported yet without a psql on this machine: " + String.join(" ", options));
    }

    private Optional<ConnectionPlan> throughPsql(String psql, PsqlInvocation invocation, Map<String, String> environment) {
        Optional<ConnectionSpec> known = ConnectionResolver.forPsql(invocation, environment, osUser);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String host = known.get().host();
        if (host.indexOf(',') >= 0 || ConnectionResolver.ports(invocation, environment).indexOf(',') >= 0) {
            PsqlProgram program = program(psql, known.get(), invocation, "several hosts, tried one after the other");
            Map<String, String> written = new LinkedHashMap<>(program.written());
            written.put("host", host);
            written.put("port", ConnectionResolver.ports(invocation, environment));
            written.values().removeIf(String::isEmpty);
            return Optional.of(found(known.get(), new PsqlProgram(List.of(), psql, false, invocation.options(), written,
                    program.reason()), invocation));
        }
        boolean named = host.startsWith("/") || host.startsWith("@");
        if (!host.isEmpty() && !named) {
            return Optional.empty();
        }
        ConnectionSpec spec = located(known.get(), psql);
        if (known.get().host().isEmpty() && !spec.parameters().containsKey("hostaddr") && LocalPsql.silent(psql)) {
            return Optional.of(impossible(psql + " gave no answer when it was asked where it looks for sockets; see what it"
                    + " waits for, or name the server: -h HOST"));
        }
        // a socket that the text names is meant; the default one only counts when a server is there
        boolean there = named || spec.parameters().containsKey("hostaddr")
                || LocalPsql.listens(spec.host(), spec.port());
        String reason = "the Unix socket in " + spec.host();
        return there ? Optional.of(found(spec, program(psql, spec, invocation, reason), invocation)) : Optional.empty();
    }

    /** The same with the directory in which psql looks for the default socket. */
    private static ConnectionSpec located(ConnectionSpec spec, String psql) {
        if (!spec.host().isEmpty()) {
            return spec;
        }
        String directory = Optional.ofNullable(spec.parameters().get("hostaddr"))
                .orElseGet(() -> LocalPsql.socketDirectory(psql).orElse("/var/run/postgresql"));
        return new ConnectionSpec(directory, spec.port(), spec.user(), spec.database(), spec.parameters(),
                spec.sources());
    }

    private static PsqlProgram program(String psql, ConnectionSpec spec, PsqlInvocation invocation, String reason) {
        Map<String, String> written = new LinkedHashMap<>();
        written.put("host", spec.host());
        written.put("port", Integer.toString(spec.port()));
        written.put("user", spec.user());
        written.put("dbname", spec.database());
        Optional.ofNullable(invocation.assignments().get("PGPASSFILE")).ifPresent(v -> written.put("passfile", v));
        spec.parameters().forEach(written::put);
        written.values().removeIf(String::isEmpty);
        return new PsqlProgram(List.of(), psql, false, invocation.options(), written, reason);
    }

    private static ConnectionPlan found(ConnectionSpec spec, PsqlProgram program, PsqlInvocation invocation) {
        if (program.written().containsKey("sslpassword")) {
            return impossible("sslpassword would stand on the command line of psql, which all users of this machine see ("
                    + program.reason() + "); use a key without a password");
        }
        return new ConnectionPlan(Optional.of(spec.through(program)), List.of(), "", password(invocation));
    }

    private ConnectionPlan needs(Resolution.Needs needs, PsqlInvocation invocation) {
        List<String> options = StartOptions.beyond(invocation.options());
        if (!options.isEmpty()) {
            return impossible("not supported yet without a psql on this machine: " + String.join(" ", options));
        }
        List<ConnectionNeed> out = new ArrayList<>();
        for (String field : needs.fields()) {
            if (field.equals("database")) {
                // libpq's own default, the user's name, holds once the user is known
                continue;
            }
            if (!field.equals("host") && !field.equals("user") && !field.equals("port")) {
                return impossible(needs.why().what());
            }
            out.add(new ConnectionNeed(field, suggestion(field), needs.why().what()));
        }
        return new ConnectionPlan(Optional.empty(), out, out.isEmpty() ? needs.why().what() : "", password(invocation));
    }

    private String suggestion(String field) {
        return switch (field) {
            case "host" -> "localhost";
            case "port" -> "5432";
            default -> osUser;
        };
    }

    private static Optional<char[]> password(PsqlInvocation invocation) {
        return invocation.password().or(() -> Optional.ofNullable(invocation.assignments().get("PGPASSWORD")))
                .filter(password -> !password.isEmpty()).map(String::toCharArray);
    }

    static ConnectionPlan impossible(String why) {
        return new ConnectionPlan(Optional.empty(), List.of(), why, Optional.empty());
    }
}
