package dev.stepmark.session.jdbc;

import dev.stepmark.secret.SecretName;
import dev.stepmark.session.Outcome.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What changed in a session by a command of psql, in a form that brings it back: the command up to an equals sign, and
 * its argument behind it ({@code \set table='work_orders'}).
 */
final class Changes {

    /** A longer value is no setting any more. Characters. */
    private static final int LONGEST = 4000;
    private static final String NOT_KEPT = "(not kept)";

    private Changes() { }

    /** A command whose repetition brings the state back. */
    static Optional<Change> of(String command, String argument) {
        return Optional.of(new Change("", List.of(), "", List.of(command + "=" + quoted(argument))));
    }

    /** A command whose repetition brings the state back, its argument as it is to be written. */
    static Optional<Change> raw(String command, String argument) {
        return Optional.of(new Change("", List.of(), "", List.of(command + "=" + argument)));
    }

    /** State that the log must not or cannot keep. */
    static Optional<Change> notKept(String command) {
        return Optional.of(new Change("", List.of(), "", List.of(command + "=" + NOT_KEPT)));
    }

    /** A variable has a value now; one that sounds like a secret is not kept. */
    static Optional<Change> variable(String name, String value) {
        boolean kept = !looksSecret(name) && value.length() <= LONGEST;
        return kept ? of("\\set " + name, value) : notKept("\\set " + name);
    }

    /** A variable has none any more. */
    static Optional<Change> unset(String name) {
        return Optional.of(new Change("", List.of(), "", List.of("\\unset " + name + "=")));
    }

    static boolean looksSecret(String name) {
        return SecretName.looksSecret(name);
    }

    /** Both, the second one later. */
    static Change then(Change first, Change second) {
        List<String> names = new ArrayList<>(first.names());
        names.addAll(second.names());
        List<String> settings = new ArrayList<>(first.settings());
        if (!second.database().isEmpty()) {
            // another connection knows nothing of the settings before
            settings.removeIf(s -> !s.startsWith("\\"));
        }
        settings.addAll(second.settings());
        return new Change(second.cwd().isEmpty() ? first.cwd() : second.cwd(), names,
                second.database().isEmpty() ? first.database() : second.database(), settings);
    }

    /** Without what the server was told after the first settings; psql's own stay. */
    static Change rolledBack(Change change, int first) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < change.settings().size(); i++) {
            if (i < first || change.settings().get(i).startsWith("\\")) {
                settings.add(change.settings().get(i));
            }
        }
        return new Change(change.cwd(), change.names(), change.database(), settings);
    }

    /** As one argument of a meta-command. */
    static String quoted(String value) {
        StringBuilder out = new StringBuilder("'");
        value.codePoints().forEach(c -> {
            switch (c) {
                case '\'' -> out.append("''");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.appendCodePoint(c);
            }
        });
        return out.append('\'').toString();
    }
}
