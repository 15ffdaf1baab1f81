package dev.stepmark.session.psql;

import dev.stepmark.session.Outcome.Change;
import dev.stepmark.session.jdbc.PersonAsks;
import dev.stepmark.sql.MetaCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a meta-command changes in psql itself, in the form that brings it back: the command, and its argument as written. */
final class Remembered {

    private static final String NOT_KEPT = "(not kept)";
    /** Options that are unset by a command without a value. */
    private static final Set<String> BARE = Set.of("title", "tableattr");

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
            case "\\set", "\\setenv" -> arguments.isEmpty() ? Optional.empty()
                    : named(name, arguments.get(0), rest);
            default -> Optional.empty();
        };
    }

    /** The same with what psql says that is other now than before: a switch that was turned, what a script has set. */
    static Optional<Change> of(MetaCommand command, String text, ClientState before, ClientState now, boolean script) {
        Optional<Change> own = of(command, text);
        List<String> settings = new ArrayList<>(own.map(Change::settings).orElse(List.of()));
        Set<String> options = new TreeSet<>(before.options().keySet());
        options.addAll(now.options().keySet());
        for (String option : options) {
            String value = now.options().getOrDefault(option, "");
            if (!value.equals(before.options().getOrDefault(option, "")) && !(option.endsWith("_zero") && value.equals("off"))) {
                settings.add("\\pset " + option + "=" + (value.isEmpty() && BARE.contains(option) ? ""
                        : option.endsWith("_zero") ? "" : ClientState.quoted(value)));
            }
        }
        if (before.timing() != now.timing()) {
            settings.add("\\timing=" + (now.timing() ? "on" : "off"));
        }
        if (script) {
            variables(before, now, settings);
        }
        return settings.isEmpty() ? Optional.empty() : Optional.of(new Change("", List.of(), "", settings));
    }

    private static void variables(ClientState before, ClientState now, List<String> settings) {
        now.variables().forEach((name, value) -> {
            if (!value.equals(before.variables().get(name))) {
                boolean kept = !PersonAsks.secret(name) && value.length() > 1 && value.indexOf('\n') < 0;
                settings.add("\\set " + name + "=" + (kept ? ClientState.quoted(value.substring(1, value.length() - 1))
                        : NOT_KEPT));
            }
        });
        before.variables().keySet().stream().filter(name -> !now.variables().containsKey(name))
                .forEach(name -> settings.add("\\unset " + name + "="));
        if (before.stop() != now.stop()) {
            settings.add("\\set ON_ERROR_STOP=" + (now.stop() ? "on" : "off"));
        }
        if (!before.quiet().equals(now.quiet())) {
            settings.add("\\set QUIET=" + now.quiet());
        }
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
