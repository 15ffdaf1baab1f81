package dev.stepmark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command line of mysql or mariadb: where it connects to and what else it asks for. Nothing is filled in from option
 * files or the environment: the client itself reads those.
 *
 * @param program     its name or path
 * @param host        or empty
 * @param port        as written
 * @param user        or empty
 * @param database    or empty
 * @param socket      or empty
 * @param password    written into the command: a secret
 * @param askPassword {@code -p} without a password: the client would ask for one
 * @param interactive whether it would read statements from its standard input
 * @param defaults    options about option files, which have to stand first
 * @param options     further options as the client takes them again, without those that only say how results look
 * @param problem     why the command cannot be understood, lower case without a full stop; else empty
 */
public record MysqlInvocation(String program, Optional<String> host, Optional<String> port, Optional<String> user,
        Optional<String> database, Optional<String> socket, Optional<String> password, boolean askPassword,
        boolean interactive, List<String> defaults, List<String> options, String problem) {

    private static final Set<String> NAMES = Set.of("mysql", "mariadb");
    /** Options that end by themselves. */
    private static final Set<String> ENDING = Set.of("--execute", "--version", "--help");
    /** Options that say how results look or how lines are read, which is Stepmark's business. */
    private static final Set<String> LOOKS = Set.of("--table", "--batch", "--silent", "--html", "--xml", "--vertical",
            "--auto-vertical-output", "--raw", "--verbose", "--unbuffered", "--skip-column-names", "--column-names",
            "--line-numbers", "--skip-line-numbers", "--force", "--quick", "--pager", "--no-pager", "--skip-pager",
            "--prompt", "--show-warnings", "--sigint-ignore", "--wait", "--reconnect", "--skip-reconnect", "--no-beep",
            "--auto-rehash", "--no-auto-rehash", "--skip-auto-rehash", "--named-commands", "--skip-named-commands",
            "--comments", "--skip-comments", "--column-type-info", "--tee", "--no-tee", "--skip-tee");
    private static final Set<String> VALUED = Set.of("--host", "--port", "--user", "--database", "--socket", "--protocol",
            "--default-character-set", "--ssl-ca", "--ssl-cert", "--ssl-key", "--ssl-capath", "--ssl-cipher", "--ssl-crl",
            "--ssl-crlpath", "--ssl-mode", "--tls-version", "--connect-timeout", "--max-allowed-packet", "--init-command",
            "--plugin-dir", "--default-auth", "--character-sets-dir", "--net-buffer-length", "--execute", "--delimiter",
            "--prompt", "--pager", "--tee", "--select-limit", "--max-join-size", "--bind-address");
    private static final String SHORT_VALUED = "huPSDe";
    private static final String SHORT_LOOKS = "tBsHXErvnNfqAbiGLc";

    public MysqlInvocation {
        defaults = List.copyOf(defaults);
        options = List.copyOf(options);
    }

    /** Whether the words run mysql or mariadb, also by a path. */
    public static boolean isMysql(List<String> words) {
        return !words.isEmpty() && NAMES.contains(words.get(0).replaceFirst("^.*/", ""));
    }

    /**
     * Reads a command.
     *
     * @param words unquoted words for which {@link #isMysql} holds
     */
    public static MysqlInvocation parse(List<String> words) {
        Reader reader = new Reader(words);
        return reader.read();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return program + " host=" + host + " port=" + port + " user=" + user + " database=" + database;
    }

    private static final class Reader {

        private final List<String> words;
        private final List<String> defaults = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private String host;
        private String port;
        private String user;
        private String database;
        private String socket;
        private String password;
        private boolean asks;
        private boolean interactive = true;
        private String problem = "";
        private int at = 1;

        Reader(List<String> words) {
            this.words = words;
        }

        MysqlInvocation read() {
            boolean onlyNames = false;
            while (at < words.size()) {
                String word = words.get(at++);
                if (onlyNames || !word.startsWith("-") || word.equals("-")) {
                    problem = database == null || problem.isEmpty() && database.equals(word) ? problem
                            : "it names two databases";
                    database = word;
                } else if (word.equals("--")) {
                    onlyNames = true;
                } else if (word.startsWith("--")) {
                    longOption(word);
                } else {
                    shortOptions(word);
                }
            }
            return new MysqlInvocation(words.get(0), Optional.ofNullable(host), Optional.ofNullable(port),
                    Optional.ofNullable(user), Optional.ofNullable(database), Optional.ofNullable(socket),
                    Optional.ofNullable(password), asks, interactive, defaults, options, problem);
        }

        private void longOption(String word) {
            int equals = word.indexOf('=');
            String name = (equals < 0 ? word : word.substring(0, equals)).replace('_', '-');
            String value = equals >= 0 ? word.substring(equals + 1) : VALUED.contains(name) ? next(name) : null;
            if (name.startsWith("--defaults-") || name.equals("--no-defaults") || name.equals("--login-path")) {
                defaults.add(equals >= 0 || name.equals("--no-defaults") ? word : name + "=" + next(name));
            } else if (name.equals("--password")) {
                password(value);
            } else if (ENDING.contains(name)) {
                interactive = false;
            } else if (name.equals("--delimiter")) {
                problem = "--delimiter is not supported: a DELIMITER line in the text is";
            } else if (!LOOKS.contains(name) && !known(name, value)) {
                options.add(value == null ? name : name + "=" + value);
            }
        }

        private boolean known(String name, String value) {
            switch (name) {
                case "--host" -> host = value;
                case "--port" -> port = value;
                case "--user" -> user = value;
                case "--database" -> database = value;
                case "--socket" -> socket = value;
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void shortOptions(String word) {
            for (int i = 1; i < word.length(); i++) {
                char letter = word.charAt(i);
                String rest = word.substring(i + 1);
                if (letter == 'p') {
                    password(rest.isEmpty() ? null : rest);
                    return;
                }
                if (SHORT_VALUED.indexOf(letter) >= 0) {
                    shortValue(letter, rest.isEmpty() ? next("-" + letter) : rest);
                    return;
                }
                if (letter == 'V' || letter == '?' || letter == 'I') {
                    interactive = false;
                } else if (SHORT_LOOKS.indexOf(letter) < 0) {
                    options.add("-" + letter);
                }
            }
        }

        private void shortValue(char letter, String value) {
            switch (letter) {
                case 'h' -> host = value;
                case 'u' -> user = value;
                case 'P' -> port = value;
                case 'S' -> socket = value;
                case 'D' -> database = value;
                default -> interactive = false;
            }
        }

        private void password(String value) {
            password = value == null || value.isEmpty() ? null : value;
            asks |= password == null;
        }

        private String next(String name) {
            if (at < words.size()) {
                return words.get(at++);
            }
            problem = name + " has no value";
            return "";
        }
    }
}
