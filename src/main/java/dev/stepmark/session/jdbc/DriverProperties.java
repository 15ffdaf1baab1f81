package dev.stepmark.session.jdbc;

import dev.stepmark.message.Message;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * libpq's connection parameters in the words of the driver. The driver accepts unknown properties silently, so what
 * has no counterpart is refused here: a connection without the asked certificate check would be another connection.
 */
final class DriverProperties {

    /** libpq name to driver name; both take the same values. */
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("sslmode", "sslmode"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("sslrootcert", "sslrootcert"),
            Map.entry("sslcert", "sslcert"),
            Map.entry("sslkey", "sslkey"),
            Map.entry("sslpassword", "sslpassword"),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("krbsrvname", "kerberosServerName"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("require_auth", "requireAuth"),
            Map.entry("options", "options"));

    private static final Set<String> SERVER_TYPES = Set.of("any", "read-write", "primary", "standby", "read-only",
            "prefer-standby");

    private DriverProperties() { }

    /** The driver's address of a database; nothing in it can be taken for anything else. */
    static String url(ConnectionSpec spec) {
        String host = spec.host().indexOf(':') >= 0 ? "[" + spec.host() + "]" : spec.host();
        return "jdbc:postgresql://" + host + ":" + spec.port() + "/"
                + URLEncoder.encode(spec.database(), StandardCharsets.UTF_8);
    }

    /**
     * The driver's properties.
     *
     * @param spec     what to connect to
     * @param password the password or null
     * @param options  our own defaults
     * @throws CannotOpen a parameter has no counterpart in the driver
     */
    static Properties of(ConnectionSpec spec, char[] password, Options options) throws CannotOpen {
        Properties properties = new Properties();
        properties.setProperty("user", spec.user());
        // never null: else the driver would read ~/.pgpass by itself, whatever its mode
        properties.setProperty("password", password == null ? "" : new String(password));
        properties.setProperty("ApplicationName", options.applicationName());
        properties.setProperty("binaryTransfer", "false");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("cancelSignalTimeout", "5");
        timeouts(properties, options.connectSeconds());
        for (Map.Entry<String, String> parameter : spec.parameters().entrySet()) {
            put(properties, parameter.getKey(), parameter.getValue());
        }
        return properties;
    }

    private static void timeouts(Properties properties, int seconds) {
        properties.setProperty("connectTimeout", Integer.toString(seconds));
        // bounds every answer while connecting; switched off as soon as the connection is open
        properties.setProperty("socketTimeout", Integer.toString(seconds));
    }

    private static void put(Properties properties, String name, String value) throws CannotOpen {
        String same = SAME.get(name);
        if (same != null) {
            properties.setProperty(same, value);
            return;
        }
        switch (name) {
            case "application_name" -> properties.setProperty("ApplicationName", value);
            // used before: for several hosts, for the password, and for what the service holds; the last is without effect in libpq too
            case "port", "passfile", "service", "fallback_application_name", "sslcompression" -> { }
            case "connect_timeout" -> connectTimeout(properties, value);
            case "keepalives" -> properties.setProperty("tcpKeepAlive", Boolean.toString(!value.equals("0")));
            case "client_encoding" -> clientEncoding(value);
            case "target_session_attrs" -> known(name, value);
            default -> throw unsupported(name, "The driver has no counterpart for it, and to leave it out could open "
                    + "another connection than the one that was meant.");
        }
    }

    /** As libpq has it: 0 or less waits for ever, 1 counts as 2. */
    private static void connectTimeout(Properties properties, String value) throws CannotOpen {
        try {
            int seconds = Integer.parseInt(value.strip());
            timeouts(properties, seconds <= 0 ? 0 : Math.max(2, seconds));
        } catch (NumberFormatException e) {
            throw unsupported("connect_timeout=" + value, "It must be a number of seconds.");
        }
    }

    private static void clientEncoding(String value) throws CannotOpen {
        String plain = value.replaceAll("[-_]", "").toLowerCase(java.util.Locale.ROOT);
        if (!plain.equals("utf8") && !plain.equals("unicode") && !plain.equals("auto")) {
            throw unsupported("client_encoding=" + value, "The driver speaks UTF-8 only.");
        }
    }

    /** Looked at when the connection is open: the driver takes a primary and a server that can be written for the same. */
    private static void known(String name, String value) throws CannotOpen {
        if (!SERVER_TYPES.contains(value)) {
            throw unsupported(name + "=" + value, "Known are: any, read-write, read-only, primary, standby, "
                    + "prefer-standby.");
        }
    }

    private static CannotOpen unsupported(String what, String why) {
        return new CannotOpen(Message.of("the connection parameter " + what + " is not supported",
                why + " Nothing was connected.", "leave it out, or run this part by hand in psql"), "");
    }
}
