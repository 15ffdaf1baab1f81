package dev.stepmark.session.jdbc;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.sql.PsqlInvocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * psql's rules for what to connect to, as far as TCP goes: an option, then the connection string, then PG* variables,
 * then defaults. Nothing is guessed: what only the machine of the runbook's author can know is asked for.
 */
public final class ConnectionResolver {

    /** PostgreSQL's registered port. */
    static final int DEFAULT_PORT = 5432;

    /** libpq's variables (PostgreSQL documentation, 34.15), by the parameter they stand for. */
    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("host", "PGHOST"), Map.entry("hostaddr", "PGHOSTADDR"), Map.entry("port", "PGPORT"),
            Map.entry("dbname", "PGDATABASE"), Map.entry("user", "PGUSER"),
            Map.entry("options", "PGOPTIONS"), Map.entry("application_name", "PGAPPNAME"),
            Map.entry("sslmode", "PGSSLMODE"), Map.entry("sslcert", "PGSSLCERT"), Map.entry("sslkey", "PGSSLKEY"),
            Map.entry("sslrootcert", "PGSSLROOTCERT"), Map.entry("sslcrl", "PGSSLCRL"),
            Map.entry("sslcrldir", "PGSSLCRLDIR"), Map.entry("sslsni", "PGSSLSNI"),
            Map.entry("sslnegotiation", "PGSSLNEGOTIATION"), Map.entry("requirepeer", "PGREQUIREPEER"),
            Map.entry("require_auth", "PGREQUIREAUTH"), Map.entry("channel_binding", "PGCHANNELBINDING"),
            Map.entry("gssencmode", "PGGSSENCMODE"), Map.entry("krbsrvname", "PGKRBSRVNAME"),
            Map.entry("connect_timeout", "PGCONNECT_TIMEOUT"), Map.entry("client_encoding", "PGCLIENTENCODING"),
            Map.entry("target_session_attrs", "PGTARGETSESSIONATTRS"),
            Map.entry("load_balance_hosts", "PGLOADBALANCEHOSTS"),
            Map.entry("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"),
            Map.entry("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"));

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final String osUser;

    private ConnectionResolver(Map<String, String> environment, String osUser) {
        this.environment = environment;
        this.osUser = osUser;
    }

    /**
     * Resolves a psql command.
     *
     * @param invocation  the command as it was read
     * @param environment of the shell that would run it
     * @param osUser      the user who would run it
     */
    public static Resolution resolve(PsqlInvocation invocation, Map<String, String> environment, String osUser) {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.putAll(invocation.assignments());
        return new ConnectionResolver(variables, osUser).resolve(invocation, "the psql command");
    }

    /**
     * What a psql command connects to when psql itself opens the connection: also a Unix socket (a host that begins with
     * a slash, or none for the default one), several hosts, and parameters that the driver does not know.
     *
     * @return empty when it cannot be read, or a service or user is missing
     */
    public static Optional<ConnectionSpec> forPsql(PsqlInvocation invocation, Map<String, String> environment,
            String osUser) {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.putAll(invocation.assignments());
        ConnectionResolver resolver = new ConnectionResolver(variables, osUser);
        Resolution read = resolver.resolve(invocation, "the psql command");
        resolver.put("user", Optional.of(osUser), "operating system user");
        String user = resolver.values.getOrDefault("user", "");
        boolean unread = !invocation.problem().isEmpty() || user.isEmpty()
                || read instanceof Resolution.Needs needs && needs.fields().contains("port");
        String service = resolver.values.getOrDefault("service", "");
        if (unread || !service.isEmpty() && resolver.service(service).isPresent()) {
            return Optional.empty();
        }
        resolver.put("dbname", Optional.of(user), "same as user");
        String ports = resolver.values.getOrDefault("port", "");
        String first = ports.split(",", 2)[0];
        return Optional.of(resolver.spec(resolver.values.getOrDefault("host", ""),
                port(first.isEmpty() ? Integer.toString(DEFAULT_PORT) : first).orElse(DEFAULT_PORT)));
    }

    /** The ports of several hosts as they are written; empty for the default. */
    public static String ports(PsqlInvocation invocation, Map<String, String> environment) {
        return invocation.port().orElseGet(() -> environment.getOrDefault("PGPORT", ""));
    }

    private Resolution resolve(PsqlInvocation invocation, String source) {
        if (!invocation.problem().isEmpty()) {
            return new Resolution.Needs(List.of("host", "user"), Message.of(source + " cannot be read: "
                    + invocation.problem(), "Nothing was connected.", "--connect postgresql://user@host:5432/database"));
        }
        put("host", invocation.host(), source);
        put("port", invocation.port(), source);
        put("user", invocation.user(), source);
        put("dbname", invocation.database(), source);
        invocation.parameters().forEach((name, value) -> put(name, Optional.of(value), source));
        invocation.password().ifPresent(password -> values.put("password", password));
        return finish();
    }

    /**
     * Resolves an address given on the command line.
     *
     * @param url         {@code postgresql://user@host:port/database?parameters}
     * @param environment of Stepmark itself
     * @param osUser      the user who runs it
     * @throws StepmarkException it cannot be read, or it holds a password
     */
    public static Resolution resolve(String url, Map<String, String> environment, String osUser) {
        if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
            throw new StepmarkException(ExitCode.USAGE, Message.of("a connection must begin with postgresql://",
                    "Nothing was connected.", "--connect postgresql://user@host:5432/database"));
        }
        PsqlInvocation invocation = PsqlInvocation.parse(List.of("psql", "-d", url));
        if (!invocation.problem().isEmpty()) {
            // the address is not repeated: it may hold a password
            throw new StepmarkException(ExitCode.USAGE, Message.of("--connect cannot be read: " + invocation.problem(),
                    "Nothing was connected.", "--connect postgresql://user@host:5432/database"));
        }
        if (invocation.password().isPresent() || invocation.parameters().containsKey("sslpassword")) {
            throw new StepmarkException(ExitCode.USAGE, Message.of(
                    "--connect with a password in it would put a secret on the command line",
                    "Other users can see it there, and the shell has it in its history.",
                    "leave it out and be asked; or PGPASSWORD; or an entry in ~/.pgpass"));
        }
        return new ConnectionResolver(environment, osUser).resolve(invocation, "--connect");
    }

    /** Resolves an address given on the command line in this process's own environment. */
    public static Resolution resolve(String url) {
        return resolve(url, System.getenv(), System.getProperty("user.name", ""));
    }

    private void put(String name, Optional<String> value, String source) {
        if (value.isPresent() && !value.get().isEmpty() && values.putIfAbsent(name, value.get()) == null) {
            sources.put(name, source);
        }
    }

    private Resolution finish() {
        put("service", Optional.ofNullable(environment.get("PGSERVICE")), "PGSERVICE");
        if (values.containsKey("service")) {
            Optional<Resolution.Needs> missing = service(values.get("service"));
            if (missing.isPresent()) {
                return missing.get();
            }
        }
        VARIABLES.forEach((name, variable) -> put(name, Optional.ofNullable(environment.get(variable)), variable));
        String host = values.getOrDefault("host", "");
        if (host.isEmpty() || host.startsWith("/") || host.startsWith("@")) {
            return socket(host);
        }
        if (host.indexOf(',') >= 0) {
            return several(host);
        }
        if (!host.matches("[\\p{L}\\p{N}._:%-]+")) {
            return new Resolution.Needs(List.of("host"), Message.of("\"" + host + "\" is no name of a host",
                    "Nothing was connected.", "--connect postgresql://user@host/database"));
        }
        return tcp(host);
    }

    /** One port for all hosts or one for each; an empty one is the default. */
    private Resolution several(String hosts) {
        String[] names = hosts.split(",", -1);
        String[] ports = values.getOrDefault("port", "").split(",", -1);
        List<String> numbers = new ArrayList<>();
        for (String text : ports) {
            port(text.isEmpty() ? Integer.toString(DEFAULT_PORT) : text).ifPresent(n -> numbers.add(n.toString()));
        }
        boolean counted = ports.length == 1 || ports.length == names.length;
        if (!counted || numbers.size() < ports.length) {
            return new Resolution.Needs(List.of("port"), Message.of(counted ? "\"" + values.get("port")
                    + "\" is no list of ports" : "there are " + names.length + " hosts and " + ports.length + " ports",
                    "One port holds for all hosts, else each has its own. Nothing was connected.",
                    "--connect postgresql://user@host1:5432,host2:5433/database"));
        }
        for (String name : names) {
            if (!name.matches("[\\p{L}\\p{N}._:%-]+")) {
                // the socket of this machine among them: only psql goes there
                return new Resolution.Needs(List.of("host"), Message.of("\"" + name + "\" among several hosts is no name of"
                        + " a host", "Nothing was connected.", "--connect postgresql://user@host1,host2/database"));
            }
        }
        values.put("port", numbers.get(0));
        Resolution first = tcp(hosts);
        return first instanceof Resolution.Resolved resolved ? with(resolved, numbers) : first;
    }

    private static Resolution with(Resolution.Resolved resolved, List<String> ports) {
        ConnectionSpec one = resolved.spec();
        Map<String, String> parameters = new LinkedHashMap<>(one.parameters());
        parameters.put("port", String.join(",", ports));
        return new Resolution.Resolved(new ConnectionSpec(one.host(), one.port(), one.user(), one.database(), parameters,
                one.sources()), resolved.passwordSourceName());
    }

    private Resolution tcp(String host) {
        Optional<Integer> port = port(values.getOrDefault("port", Integer.toString(DEFAULT_PORT)));
        if (port.isEmpty()) {
            return new Resolution.Needs(List.of("port"), Message.of("\"" + values.get("port") + "\" is no port",
                    "A port is a number from 1 to 65535. Nothing was connected.",
                    "--connect postgresql://user@host:5432/database"));
        }
        put("user", Optional.of(osUser), "operating system user");
        if (!values.containsKey("user")) {
            return new Resolution.Needs(List.of("user"), Message.of("no user is named for the connection to " + host,
                    "The operating system names none either. Nothing was connected.", "-U or PGUSER"));
        }
        String user = values.get("user");
        put("dbname", Optional.of(user), "same as user");
        put("port", Optional.of(port.get().toString()), "default");
        return resolved(host, port.get());
    }

    private Resolution resolved(String host, int port) {
        Optional<String> password = Optional.ofNullable(values.get("password"));
        ConnectionSpec spec = spec(host, port);
        Passwords passwords = new Passwords(environment, home(), password, whose -> Optional.empty());
        return new Resolution.Resolved(spec, passwords.find(spec).map(Passwords.Found::source));
    }

    private ConnectionSpec spec(String host, int port) {
        Map<String, String> parameters = new LinkedHashMap<>(values);
        parameters.remove("password");
        parameters.keySet().removeAll(List.of("host", "port", "user", "dbname"));
        Map<String, String> shown = new LinkedHashMap<>();
        for (String name : List.of("host", "port", "user", "dbname")) {
            shown.put(name.equals("dbname") ? "database" : name, sources.getOrDefault(name, "default"));
        }
        return new ConnectionSpec(host, port, values.get("user"), values.get("dbname"), parameters, shown);
    }

    private Path home() {
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "")));
    }

    private static Optional<Integer> port(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535
                ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private Resolution.Needs socket(String host) {
        List<String> fields = new ArrayList<>(List.of("host"));
        if (!values.containsKey("user")) {
            fields.add("user");
        }
        if (!values.containsKey("dbname")) {
            fields.add("database");
        }
        String where = host.isEmpty() ? "the default Unix socket" : "the Unix socket in " + host;
        return new Resolution.Needs(fields, Message.of(where + " is not supported yet",
                "psql without -h connects to a socket of this machine; Stepmark connects by TCP only, and which host and "
                + "user that would be is not guessed. Nothing was connected.",
                "--connect postgresql://user@host:5432/database"));
    }

    private Optional<Resolution.Needs> service(String name) {
        Optional<Map<String, String>> found = new ServiceFile(environment, home()).find(name);
        // its password stays in the file: Passwords looks there
        found.ifPresent(service -> service.forEach((key, value) -> put(key,
                key.equals("password") ? Optional.empty() : Optional.of(value), "service " + name)));
        return found.isPresent() ? Optional.empty() : Optional.of(new Resolution.Needs(List.of("host", "user"),
                Message.of("there is no service " + name, "Looked at: PGSERVICEFILE, ~/.pg_service.conf, "
                        + "PGSYSCONFDIR/pg_service.conf. Nothing was connected.",
                        "--connect postgresql://user@host:5432/database")));
    }
}
