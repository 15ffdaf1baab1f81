package dev.stepmark.session.jdbc;

import dev.stepmark.session.Ask;
import dev.stepmark.sql.CommandText;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.MetaArguments.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What {@code \prompt} and {@code \password} ask their operator. */
public final class PersonAsks {

    /** Name of the answer to the first question of {@code \password}. */
    public static final String PASSWORD = "password";
    /** Name of the answer to the second one. */
    public static final String AGAIN = "password.again";

    private PersonAsks() { }

    /** Name of the answer that a variable gets. */
    public static String prompt(String variable) {
        return "prompt." + variable;
    }

    /** Whether the value of a variable must not be seen or kept, as its name sounds. */
    public static boolean secret(String variable) {
        return Changes.looksSecret(variable);
    }

    /**
     * What a command would ask.
     *
     * @param variables psql's variables as they are now
     */
    public static List<Ask> of(CommandText command, Function<String, Optional<String>> variables) {
        return switch (command.name()) {
            case "\\prompt" -> prompt(arguments(command, variables).rest());
            case "\\password" -> password(user(command, variables).or(() -> variables.apply("USER")).orElse(""));
            default -> List.of();
        };
    }

    /** The role that {@code \password} names. */
    public static Optional<String> user(CommandText command, Function<String, Optional<String>> variables) {
        return arguments(command, variables).next(Type.SQL_NAME, true).map(MetaArguments.Argument::text)
                .filter(user -> !user.isEmpty());
    }

    /** The variable that {@code \prompt} sets: its last argument; empty when it has none. */
    public static String variable(List<String> words) {
        return words.isEmpty() ? "" : words.get(words.size() > 1 ? 1 : 0);
    }

    /** The arguments of a command with variables filled in and programs left as they are written. */
    public static MetaArguments arguments(CommandText command, Function<String, Optional<String>> variables) {
        return new MetaArguments(command.arguments(), new MetaArguments.Source() {
            @Override
            public Optional<String> variable(String name) {
                return variables.apply(name);
            }

            @Override
            public String program(String text) {
                return "`" + text + "`";
            }
        });
    }

    private static List<Ask> prompt(List<String> words) {
        String name = variable(words);
        return name.isEmpty() ? List.of() : List.of(new Ask(prompt(name), words.size() > 1 ? words.get(0)
                : "Value of " + name, secret(name)));
    }

    private static List<Ask> password(String user) {
        return List.of(new Ask(PASSWORD, "Enter new password for user \"" + user + "\": ", true),
                new Ask(AGAIN, "Enter it again: ", true));
    }
}
