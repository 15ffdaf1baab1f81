package dev.stepmark.session.psql;

import dev.stepmark.session.Outcome.Change;
import dev.stepmark.session.jdbc.PersonAsks;
import dev.stepmark.sql.MetaCommand;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a meta-command changes in psql itself, in the form that brings it back: the command, and its argument as written. */
final class Remembered {

    private static final String NOT_KEPT = "(not kept)";

    private Remembered() { }

    static Optional<Change> of(MetaCommand command, String text) {
        String name = command.name().toLowerCase(Locale.ROOT);
        List<String> arguments = command.arguments();
        String rest = command.query().isEmpty() && text.strip().startsWith(command.name())
                ? text.strip().substring(command.name().length()).strip() : "";
        return switch (name) {
            case "\\gset" -> change(name, NOT_KEPT);
            case "\\getenv" -> arguments.isEmpty() ? Optional.empty() : change("\\set " + arguments.get(0), NOT_KEPT);
            case "\\unset" -> arguments.isEmpty() ? Optional.empty() : change("\\unset " + arguments.get(0), "");
            case "\\cd" -> change(name, literal(rest));
            case "\\set", "\\setenv", "\\pset" -> arguments.isEmpty() ? Optional.empty()
                    : named(name, arguments.get(0), rest);
            default -> Optional.empty();
        };
    }

    /** A variable has a value now; one that sounds like a secret is not kept. */
    static Optional<Change> variable(String name, String value) {
        return change("\\set " + name, PersonAsks.secret(name) ? NOT_KEPT : ClientState.quoted(value));
    }

    private static Optional<Change> named(String command, String name, String rest) {
        boolean plain = rest.startsWith(name) && !PersonAsks.secret(name);
        return change(command + " " + name, plain ? literal(rest.substring(name.length()).strip()) : NOT_KEPT);
    }

    /** What would be another value, or run something, when it is read again is not kept. */
    private static String literal(String text) {
        return text.matches("[^:`\\\\\n]*") ? text : NOT_KEPT;
    }

    private static Optional<Change> change(String command, String argument) {
        return Optional.of(new Change("", List.of(), "", List.of(command + "=" + argument)));
    }
}
