package dev.stepmark.session.bash;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Console;
import dev.stepmark.session.Session;
import dev.stepmark.shell.ShellOpener;
import dev.stepmark.shell.Words;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Opens nested shells for tests, by the commands that documents have. */
final class Nested {

    private Nested() { }

    static Session open(String opener) throws CannotOpen {
        return open(opener, Map.of(), Console.nobody());
    }

    static Session open(String opener, Map<String, String> variables, Console console) throws CannotOpen {
        ShellOpener found = ShellOpener.of(Words.split(opener).orElseThrow()).orElseThrow();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        return NestedShell.open(new NestedShell.Options(found.shell(), "", found.asksOnInput(), found::command, found.here(),
                Path.of("/"), environment, Map.of(), "run-of-a-test", opener), console,
                () -> true);
    }
}
