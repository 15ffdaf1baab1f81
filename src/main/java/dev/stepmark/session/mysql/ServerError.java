package dev.stepmark.session.mysql;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error as the client prints it: {@code ERROR 1064 (42000): You have an error ...}.
 *
 * @param number of the server or the client; 0 where the client gives none
 * @param state  SQLSTATE, or empty
 * @param text   all that was said
 */
record ServerError(int number, String state, String text) {

    private static final Pattern NUMBERED = Pattern.compile("(?m)^ERROR (\\d+)(?: \\((\\w{5})\\))?: .*");
    private static final Pattern BARE = Pattern.compile("(?m)^ERROR: .*");
    /** The connection is no more: gone away, lost, killed, shut down, ended by the server. */
    private static final Set<Integer> LOST = Set.of(2006, 2013, 2055, 1927, 1053, 1079, 4031, 1152, 3169);
    /** Stopped because somebody asked: interrupted, or a time limit of the server. */
    private static final Set<Integer> INTERRUPTED = Set.of(1317, 1028, 1969, 3024);
    /** The server undid the whole transaction: a deadlock, or its lock table was full. */
    private static final Set<Integer> UNDOES_ALL = Set.of(1213, 1206);

    /** The first error in what was said. */
    static Optional<ServerError> in(String said) {
        Matcher numbered = NUMBERED.matcher(said);
        if (numbered.find()) {
            return Optional.of(new ServerError(Integer.parseInt(numbered.group(1)),
                    Optional.ofNullable(numbered.group(2)).orElse(""), said.strip()));
        }
        return BARE.matcher(said).find() ? Optional.of(new ServerError(0, "", said.strip())) : Optional.empty();
    }

    boolean lost() {
        return LOST.contains(number);
    }

    boolean interrupted() {
        return INTERRUPTED.contains(number);
    }

    boolean undoesAll() {
        return UNDOES_ALL.contains(number);
    }

    /** The server wants a password, or another one. */
    boolean denied() {
        return number == 1045 || number == 1698;
    }
}
