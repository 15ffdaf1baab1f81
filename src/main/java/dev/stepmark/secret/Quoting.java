package dev.stepmark.secret;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;

/** How programs quote a text: URLs, JSON, shells, SQL, connection strings, HTML. */
final class Quoting {

    private static final String UNRESERVED = "-._~";
    /** What encodeURI of browsers leaves alone beyond letters and digits (ECMA-262, encodeURI). */
    private static final String URI_RESERVED = "-._~!*'();/?:@&=+$,#";
    /** What application/x-www-form-urlencoded leaves alone (WHATWG URL, 1.3). */
    private static final String FORM_SAFE = "-._*";

    private Quoting() { }

    /** The text in every quoting that differs from it, without the quotes around. */
    static Set<String> variants(String text) {
        Set<String> all = new HashSet<>();
        for (String safe : new String[] {UNRESERVED, URI_RESERVED, FORM_SAFE, ""}) {
            String encoded = percent(text, safe);
            all.add(encoded);
            all.add(lowerEscapes(encoded));
            all.add(encoded.replace("%20", "+"));
            all.add(lowerEscapes(encoded).replace("%20", "+"));
        }
        addJson(all, text);
        addShell(all, text);
        addSql(all, text);
        all.add(each(text, c -> switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        }));
        all.remove(text);
        return all;
    }

    private static void addJson(Set<String> all, String text) {
        String plain = each(text, Quoting::jsonEscape);
        all.add(plain);
        all.add(plain.replace("/", "\\/"));
        String ascii = each(text, c -> c > 0x7e ? "\\u" + hex4(c, false) : jsonEscape(c));
        all.add(ascii);
        all.add(ascii.replace("/", "\\/"));
        all.add(each(text, c -> c > 0x7e ? "\\u" + hex4(c, true) : jsonEscape(c)));
        // encoders that are safe inside HTML: Go, Gson, Rails
        all.add(each(text, c -> "<>&'=".indexOf(c) >= 0 ? "\\u" + hex4(c, false) : jsonEscape(c)));
        all.add(each(text, c -> "<>&".indexOf(c) >= 0 ? "\\u" + hex4(c, false) : jsonEscape(c)));
    }

    private static String jsonEscape(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> c < 0x20 ? "\\u" + hex4(c, false) : null;
        };
    }

    private static void addShell(Set<String> all, String text) {
        all.add(text.replace("'", "'\\''"));
        all.add(text.replace("'", "'\"'\"'"));
        all.add(each(text, c -> "\\\"$`".indexOf(c) >= 0 ? "\\" + (char) c : null));
        all.add(each(text, c -> "\\\"$`!".indexOf(c) >= 0 ? "\\" + (char) c : null));
        // printf %q and the like: every character that is not plain gets a backslash
        all.add(each(text, c -> c < 0x80 && !plainInShell(c, "_@%+=:,./-") ? "\\" + (char) c : null));
        all.add(each(text, c -> c < 0x80 && !plainInShell(c, "_@%+=:./-") ? "\\" + (char) c : null));
        all.add(each(text, c -> c < 0x80 && !plainInShell(c, "_-./") ? "\\" + (char) c : null));
        all.add(each(text, c -> c == '\'' ? "\\'" : c == '"' ? null : jsonEscape(c)));
        all.add(each(text, c -> c == '\'' ? "\\'" : jsonEscape(c)));
    }

    private static boolean plainInShell(int c, String safe) {
        return letterOrDigit(c) || safe.indexOf(c) >= 0;
    }

    private static void addSql(Set<String> all, String text) {
        all.add(text.replace("'", "''"));
        all.add(text.replace("\"", "\"\""));
        all.add(text.replace("\\", "\\\\").replace("'", "''"));
        // connection strings (libpq, 34.1.1.1) and the password file (34.16)
        all.add(text.replace("\\", "\\\\").replace("'", "\\'"));
        all.add(text.replace("\\", "\\\\").replace(":", "\\:"));
    }

    private static String percent(String text, String safe) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            boolean keeps = safe.isEmpty() ? false : letterOrDigit(c) || safe.indexOf(c) >= 0;
            out.append(keeps ? String.valueOf((char) c) : "%" + String.format(Locale.ROOT, "%02X", c));
        }
        return out.toString();
    }

    private static String lowerEscapes(String encoded) {
        StringBuilder out = new StringBuilder(encoded);
        for (int i = 0; i + 2 < out.length(); i++) {
            if (out.charAt(i) == '%') {
                out.replace(i, i + 3, out.substring(i, i + 3).toLowerCase(Locale.ROOT));
                i += 2;
            }
        }
        return out.toString();
    }

    private static boolean letterOrDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static String hex4(int c, boolean upper) {
        return String.format(Locale.ROOT, upper ? "%04X" : "%04x", c);
    }

    /** Replaces each UTF-16 unit for which there is a replacement. */
    private static String each(String text, IntFunction<String> replacement) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        text.chars().forEach(c -> {
            String replaced = replacement.apply(c);
            if (replaced == null) {
                out.append((char) c);
            } else {
                out.append(replaced);
            }
        });
        return out.toString();
    }
}
