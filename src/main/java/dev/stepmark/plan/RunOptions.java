package dev.stepmark.plan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator gave beforehand, on the command line and in files.
 *
 * @param connect          connection name to URL; the empty name is the only or default one
 * @param targets          session id to target ({@code local}, {@code by-hand}); the empty name is every session
 * @param set              values of {@code --set}
 * @param vars             values of {@code --vars} files
 * @param installedVersion the operator's statement about the version
 * @param startAt          id or name of the first step, or empty
 * @param only             ids or names of the only steps, or empty for all
 * @param skip             ids or names of steps to leave out
 * @param yes              ordinary confirmations are answered
 * @param allowDestructive destructive steps are answered
 * @param assumeManual     steps by hand are taken as done
 * @param answers          answers by id, of {@code --answers} files and {@code --answer}
 * @param window           the time that the run has
 */
public record RunOptions(Map<String, String> connect, Map<String, String> targets, Map<String, String> set,
        Map<String, String> vars, Optional<String> installedVersion, Optional<String> startAt, Set<String> only,
        Set<String> skip, boolean yes, boolean allowDestructive, boolean assumeManual, Map<String, String> answers,
        Window window) {

    /** Nothing was given. */
    public static final RunOptions NONE = new RunOptions(Map.of(), Map.of(), Map.of(), Map.of(), Optional.empty(),
            Optional.empty(), Set.of(), Set.of(), false, false, false, Map.of());

    public RunOptions {
        connect = Map.copyOf(connect);
        targets = Map.copyOf(targets);
        set = Map.copyOf(set);
        vars = Map.copyOf(vars);
        only = Set.copyOf(only);
        skip = Set.copyOf(skip);
        answers = Map.copyOf(answers);
    }

    /** The same with other connections. */
    public RunOptions connecting(Map<String, String> others) {
        return new RunOptions(others, targets, set, vars, installedVersion, startAt, only, skip, yes, allowDestructive,
                assumeManual, answers, window);
    }

    /** Options of a run without a window. */
    public RunOptions(Map<String, String> connect, Map<String, String> targets, Map<String, String> set,
            Map<String, String> vars, Optional<String> installedVersion, Optional<String> startAt, Set<String> only,
            Set<String> skip, boolean yes, boolean allowDestructive, boolean assumeManual,
            Map<String, String> answers) {
        this(connect, targets, set, vars, installedVersion, startAt, only, skip, yes, allowDestructive, assumeManual,
                answers, Window.UNSAID);
    }

    /** The target of a session, if the operator named one. */
    public Optional<String> target(String session) {
        String own = targets.get(session);
        return Optional.ofNullable(own != null ? own : targets.get(""));
    }

    /** The URL of a connection, if the operator gave one. */
    public Optional<String> connection(String name) {
        String own = connect.get(name);
        return Optional.ofNullable(own != null ? own : connect.get(""));
    }

    /** Whether the answer for an id says yes; empty when there is none. */
    public Optional<Boolean> yesNo(String id) {
        String answer = answers.get(id);
        return answer == null || answer.isBlank() ? Optional.empty() : Optional.of(isYes(answer));
    }

    private static boolean isYes(String answer) {
        return answer.equalsIgnoreCase("yes") || answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("true");
    }
}
