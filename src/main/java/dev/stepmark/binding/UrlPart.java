package dev.stepmark.binding;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A hole in a URL: which component it is, and how a value is written there (RFC 3986). */
enum UrlPart {

    /** In front of the colon. */ SCHEME,
    /** User or password. */ USERINFO,
    /** The host. */ HOST,
    /** The port. */ PORT,
    /** A part of the path. */ PATH,
    /** A name or a value of the query, or the fragment. */ QUERY;

    /** URLs whose readers undo the percent-encoding; s3:// and its like take every character as it is. */
    private static final Set<String> DECODED = Set.of("http", "https", "ftp", "ftps", "ws", "wss", "postgres",
            "postgresql", "mysql", "mariadb", "mongodb", "mongodb+srv", "redis", "rediss", "amqp", "amqps", "ssh", "git",
            "ldap", "ldaps", "sftp");
    private static final Pattern SCHEME_END = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)$");
    private static final Pattern HOST_NAME = Pattern.compile("[\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern HOST_AND_PORT = Pattern.compile("([\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}");

    /** The component that a hole is in a word; null when the word is no URL, or the hole is the whole of it. */
    static UrlPart of(String word, char hole) {
        int at = word.indexOf(hole);
        int begin = word.lastIndexOf("://", at);
        if (begin < 0) {
            return at >= 0 && word.startsWith("://", at + 1) ? SCHEME : null;
        }
        Matcher scheme = SCHEME_END.matcher(word.substring(0, begin));
        if (!scheme.find() || !DECODED.contains(scheme.group(1).toLowerCase(java.util.Locale.ROOT))) {
            return null;
        }
        int end = authorityEnd(word, begin + 3);
        if (at >= end) {
            String before = word.substring(end, at);
            return before.indexOf('?') >= 0 || before.indexOf('#') >= 0 ? QUERY : PATH;
        }
        int user = word.lastIndexOf('@', end - 1);
        if (user > at) {
            return USERINFO;
        }
        String before = word.substring(Math.max(begin + 3, user + 1), at);
        return before.matches(".*:|\\[.*]:.*|[^\\[]*:.*") ? PORT : HOST;
    }

    private static int authorityEnd(String word, int from) {
        int end = from;
        while (end < word.length() && "/?#".indexOf(word.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** The value as this component has it; throws when it can be none. */
    String write(Filling filling, char mark, String word, String value) {
        boolean postgres = word.contains("postgres://") || word.contains("postgresql://");
        return switch (this) {
            case SCHEME -> require(filling, mark, value, "[A-Za-z][A-Za-z0-9+.-]*", "is no scheme of a URL");
            case PORT -> require(filling, mark, value, "[0-9]{1,5}", "is no port");
            case HOST -> host(filling, mark, word, value, postgres);
            case PATH -> percentEncoded(value).replace("%2F", "/");
            default -> percentEncoded(value);
        };
    }

    private static String host(Filling filling, char mark, String word, String value, boolean postgres) {
        boolean portFollows = word.startsWith(":", word.indexOf(mark) + 1);
        if (HOST_NAME.matcher(value).matches() || !portFollows && HOST_AND_PORT.matcher(value).matches()) {
            return value;
        }
        if (postgres) {
            return percentEncoded(value);
        }
        throw filling.unfit(mark, "is no host of a URL");
    }

    private static String require(Filling filling, char mark, String value, String pattern, String otherwise) {
        if (!value.matches(pattern)) {
            throw filling.unfit(mark, otherwise);
        }
        return value;
    }

    /** Every character but the unreserved ones. */
    static String percentEncoded(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean unreserved = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-'
                    || b == '.' || b == '_' || b == '~';
            out.append(unreserved ? String.valueOf((char) b) : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return out.toString();
    }
}
