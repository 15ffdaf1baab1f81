package dev.stepmark.classify;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Manual steps that open or close a session: "Open a shell in the timescale pod", "Close the pod shell". */
final class SessionProse {

    private static final String PLACE = "(pod|container|host|server|node|machine|vm|instance)";
    private static final Pattern OPEN_SHELL = Pattern.compile("(?i)^(?:open|start|launch|get|spawn|create)\\s+(?:up\\s+)?"
            + "(?:an?\\s+|the\\s+|another\\s+)?(?:\\w+\\s+){0,2}?(?:shell|terminal|bash|console|command prompt)(?:\\s+session)?\\s+"
            + "(?:in|inside|into|on|onto|to|within)(?:\\s+of)?\\s+(?:the\\s+|an?\\s+|your\\s+|one of the\\s+)?"
            + "((?:[\\w.`<>-]+\\s+){0,4}?)" + PLACE + "s?\\b");
    private static final Pattern LOG_IN = Pattern.compile("(?i)^(?:ssh|log\\s?in|log on|exec|attach|shell|connect)\\s*(?:in)?\\s*"
            + "(?:to|into|on|onto)\\s+(?:the\\s+|an?\\s+|your\\s+|one of the\\s+)?((?:[\\w.`<>-]+\\s+){0,4}?)" + PLACE + "s?\\b");
    private static final Pattern DATABASE = Pattern.compile("(?i)\\b(database|db|sql|postgres\\w*|mysql)\\b");
    private static final Pattern CLOSE = Pattern.compile("(?i)^(?:close|exit|leave|quit|end|terminate|disconnect|log ?out)\\b"
            + "(?:\\s+(?:from|of|out of))?\\s+(.*)$");
    private static final Pattern CLOSED = Pattern.compile("(?i)\\b(shell|session|terminal|psql|pod|container|host|server|node|"
            + "machine|vm|instance|ssh|connection)\\b");
    private static final Pattern PSQL = Pattern.compile("(?i)\\b(psql|database|sql)\\b");

    private static final Screened NEW_TERMINAL = Screened.of("\\b(?:open|start|launch|switch to|in)\\s+(?:up\\s+)?(?:a|an|another|your)?"
            + "\\s*(?:new|second|third|separate|different|another|other)\\s+(?:local\\s+)?(?:terminal|shell|console|tab|command prompt)\\b"
            + "(?! (?:in|inside|into|on|to) (?:the |a )?(?:\\w+ )?" + PLACE + ")",
            "terminal", "shell", "console", "tab", "command prompt");
    private static final Pattern MYSQL_CONSOLE = Pattern.compile("(?i)\\b(?:connect|log ?in|log on|login)\\b.{0,30}\\b(?:mysql|mariadb)\\b.*");

    private SessionProse() {
    }

    /**
     * A session that a person opens.
     *
     * @param base  of its id: pod, container, host, ...
     * @param label for people: "shell in the timescale pod"
     */
    record Opening(String base, String label) { }

    /** Pattern 28: "open a new terminal", which is one on this machine. */
    static boolean newTerminal(String words) {
        return NEW_TERMINAL.find(words);
    }

    /** "Log in to the MySQL console" */
    static boolean opensMysql(String words) {
        return MYSQL_CONSOLE.matcher(words).matches();
    }

    static Optional<Opening> opening(String title) {
        Matcher shell = OPEN_SHELL.matcher(title);
        if (shell.find()) {
            return Optional.of(opening(shell.group(1), shell.group(2)));
        }
        Matcher login = LOG_IN.matcher(title);
        boolean database = DATABASE.matcher(title).find();
        return login.find() && !database ? Optional.of(opening(login.group(1), login.group(2))) : Optional.empty();
    }

    private static Opening opening(String which, String place) {
        String base = place.toLowerCase(Locale.ROOT);
        boolean inside = base.equals("pod") || base.equals("container");
        String name = (which == null ? "" : which.replace("`", "")) + base;
        return new Opening(base, "shell " + (inside ? "in" : "on") + " the " + name);
    }

    /** The session that a manual step closes, when its words close one that is open. */
    static Optional<String> closing(String title, SessionTracker sessions) {
        Matcher close = CLOSE.matcher(title);
        if (!close.find() || !CLOSED.matcher(close.group(1)).find()) {
            return Optional.empty();
        }
        String what = close.group(1);
        if (PSQL.matcher(what).find()) {
            return sessions.openSql();
        }
        Matcher place = Pattern.compile("(?i)\\b" + PLACE + "\\b").matcher(what);
        if (place.find()) {
            return sessions.openNamed(place.group(1).toLowerCase(Locale.ROOT)).or(sessions::openRemoteShell);
        }
        return sessions.openRemoteShell();
    }
}
