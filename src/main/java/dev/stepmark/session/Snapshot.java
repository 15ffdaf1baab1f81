package dev.stepmark.session;

import java.util.Map;

/**
 * State of a session between two executions. In memory only: it may hold secrets.
 *
 * @param cwd       working directory of a shell, or empty
 * @param variables exported variables of a shell
 */
public record Snapshot(String cwd, Map<String, String> variables) {

    public Snapshot {
        variables = Map.copyOf(variables);
    }
}
