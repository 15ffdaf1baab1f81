package dev.stepmark.secret;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells from a variable's name whether its value is likely a secret, so that it is asked without echo. */
public final class SecretName {

    private static final Set<String> WORDS = Set.of("pass", "pwd", "passwd", "password", "passphrase", "passcode",
            "secret", "secrets", "token", "tokens", "credential", "credentials", "apikey", "privatekey", "pin",
            "bearer", "jwt");
    private static final Set<String> KEYS_OF = Set.of("api", "private", "secret", "access", "encryption", "signing",
            "master", "ssh", "account", "storage");
    private static final List<String> ENDINGS = List.of("password", "passwd", "passphrase", "secret", "token",
            "credentials", "apikey", "privatekey");
    /** A name that ends so speaks about a secret, and its value is none: PGPASSFILE, SECRET_NAME, TOKEN_TTL. */
    private static final Set<String> ABOUT = Set.of("file", "path", "dir", "name", "namespace", "length", "policy",
            "expiry", "ttl", "id", "count", "url", "age", "type");

    private SecretName() { }

    /** Whether the name sounds like a secret: PGPASSWORD, DB_PASSWORD, apiKey, client-secret. */
    public static boolean looksSecret(String name) {
        String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("[^A-Za-z0-9]+", " ").strip();
        List<String> words = Arrays.asList(spaced.toLowerCase(Locale.ROOT).split(" "));
        String last = words.get(words.size() - 1);
        if (ABOUT.contains(last)) {
            return false;
        }
        if (words.stream().anyMatch(w -> WORDS.contains(w) || ENDINGS.stream().anyMatch(w::endsWith))) {
            return true;
        }
        return words.size() > 1 && last.equals("key") && KEYS_OF.contains(words.get(words.size() - 2));
    }
}
