package dev.stepmark.sql;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** libpq connection strings: {@code key=value} pairs and URLs (libpq documentation, "Connection Strings"). */
final class ConnInfo {

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private String problem = "";

    private ConnInfo() { }

    /** Whether libpq would take a database name for a connection string. */
    static boolean isConnectionString(String database) {
        return isUrl(database) || database.indexOf('=') >= 0;
    }

    private static boolean isUrl(String text) {
        return text.startsWith("postgres://") || text.startsWith("postgresql://");
    }

    static ConnInfo parse(String text) {
        ConnInfo info = new ConnInfo();
        if (isUrl(text)) {
            info.url(text);
        } else {
            info.pairs(text);
        }
        return info;
    }

    /** Parameters by their libpq names (host, port, user, password, dbname, ...), in the order written. */
    Map<String, String> parameters() {
        return parameters;
    }

    /** What is wrong with it, without its values; empty when nothing is. */
    String problem() {
        return problem;
    }

    private void pairs(String text) {
        int i = skipSpace(text, 0);
        while (i < text.length() && problem.isEmpty()) {
            int equals = text.indexOf('=', i);
            String key = equals < 0 ? "" : text.substring(i, equals).strip();
            if (!key.matches("[A-Za-z_]+")) {
                problem = "the connection string has no name=value in place " + (parameters.size() + 1);
                return;
            }
            i = skipSpace(text, equals + 1);
            StringBuilder value = new StringBuilder();
            i = skipSpace(text, value(text, i, value));
            parameters.put(key, value.toString());
        }
    }

    private static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int value(String text, int from, StringBuilder value) {
        boolean quoted = text.startsWith("'", from);
        int i = quoted ? from + 1 : from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                value.append(text.charAt(i + 1));
                i += 2;
            } else if (quoted && c == '\'') {
                return i + 1;
            } else if (!quoted && Character.isWhitespace(c)) {
                return i;
            } else {
                value.append(c);
                i++;
            }
        }
        problem = quoted ? "a quote in the connection string is not closed" : problem;
        return i;
    }

    private void url(String text) {
        String rest = credentials(text.substring(text.indexOf("://") + 3));
        int query = rest.indexOf('?');
        String queryText = query < 0 ? "" : rest.substring(query + 1);
        String main = query < 0 ? rest : rest.substring(0, query);
        int slash = main.indexOf('/');
        hosts(slash < 0 ? main : main.substring(0, slash));
        put("dbname", slash < 0 ? "" : main.substring(slash + 1));
        for (String pair : queryText.isEmpty() ? new String[0] : queryText.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                problem = "the connection URL has a parameter without a value";
                return;
            }
            String key = decode(pair.substring(0, equals));
            // libpq takes the JDBC spelling for sslmode=require
            boolean ssl = key.equals("ssl") && pair.endsWith("=true");
            parameters.put(ssl ? "sslmode" : key, ssl ? "require" : decode(pair.substring(equals + 1)));
        }
    }

    /** Takes {@code user:password@} off, which ends with the first at sign before a slash. */
    private String credentials(String rest) {
        int at = rest.indexOf('@');
        int slash = rest.indexOf('/');
        if (at < 0 || slash >= 0 && slash < at) {
            return rest;
        }
        String user = rest.substring(0, at);
        int colon = user.indexOf(':');
        put("user", colon < 0 ? user : user.substring(0, colon));
        put("password", colon < 0 ? "" : user.substring(colon + 1));
        return rest.substring(at + 1);
    }

    private void hosts(String list) {
        StringBuilder hosts = new StringBuilder();
        StringBuilder ports = new StringBuilder();
        String separator = "";
        for (String one : list.split(",", -1)) {
            int bracket = one.lastIndexOf(']');
            int colon = one.indexOf(':', Math.max(0, bracket));
            String host = colon < 0 ? one : one.substring(0, colon);
            boolean address = host.startsWith("[") && host.endsWith("]");
            hosts.append(separator).append(address ? host.substring(1, host.length() - 1) : host);
            ports.append(separator).append(colon < 0 ? "" : one.substring(colon + 1));
            separator = ",";
        }
        put("host", hosts.toString());
        put("port", ports.toString().replace(",", "").isEmpty() ? "" : ports.toString());
    }

    private void put(String key, String value) {
        if (!value.isEmpty()) {
            parameters.put(key, decode(value));
        }
    }

    private String decode(String text) {
        try {
            // a plus sign is itself here, not a space
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            problem = "the connection URL has a wrong percent sign";
            return text;
        }
    }
}
