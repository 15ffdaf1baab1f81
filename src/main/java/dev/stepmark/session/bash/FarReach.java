package dev.stepmark.session.bash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The processes of a shell of another host, container or user: a second command at the same place finds them by the
 * cookie in their environment, and signals them. It asks nobody for a password; where it would have to, it does nothing.
 */
final class FarReach implements Reach {

    private static final long LIMIT_SECONDS = 15;
    /**
     * Arguments: the signal, the shell's pid, the tick, the cookie, the shell's own signal. What the shell itself gets comes first, because what
     * follows would otherwise let it go on with the rest of the block. Prints who was found.
     */
    private static final String SCRIPT = """
            case $1 in LIST) ;; *) kill -s "$5" "$2"; sleep 0.02 2>/dev/null;; esac
            for f in $(grep -l "$4" /proc/[0-9]*/environ 2>/dev/null); do
              p=${f#/proc/} p=${p%/environ}
              case $p in "$2"|"$$") continue;; esac
              IFS= read -r l <"/proc/$p/stat" || continue
              n=${l#*\\(} n=${n%)*}
              set -- "$1" "$2" "$3" "$4" "$5" ${l##*) }
              case $6 in Z|X) continue;; esac
              [ "${25}" -ge "$3" ] || continue
              case $1 in LIST) ;; *) kill -s "$1" "$p";; esac
              echo "pid $p $n"
            done 2>/dev/null
            echo done""";

    private final Function<List<String>, Optional<List<String>>> command;
    private final Map<String, String> environment;
    private final Path directory;
    private final String cookie;
    private volatile String shell = "";
    private volatile String own = "URG";
    private volatile long ticks;

    /**
     * @param command     the words that start another command at the same place
     * @param environment of that command here
     * @param directory   where it is started
     * @param cookie      in the environment of all that the shell starts
     */
    FarReach(Function<List<String>, Optional<List<String>>> command, Map<String, String> environment, Path directory,
            String cookie) {
        this.command = command;
        this.environment = environment;
        this.directory = directory;
        this.cookie = cookie;
    }

    /** What the shell said of itself. */
    void shell(String pid, boolean bash) {
        shell = pid;
        // in bash a trap of the framing waits for it, any other shell leaves its line at an interrupt
        own = bash ? "URG" : "INT";
    }

    /** What the clock of its machine said last, in ticks. */
    void tick(long now) {
        ticks = now;
    }

    @Override
    public long now() {
        return ticks;
    }

    @Override
    public void throwOut() {
        // comes with the interrupt: a second connection for it alone takes longer than the block may have
    }

    @Override
    public boolean interrupt(long since) {
        return signal("INT", since).isPresent();
    }

    @Override
    public void end(long since, boolean force) {
        signal(force ? "KILL" : "TERM", since);
    }

    @Override
    public List<String> sweep(long since) {
        Optional<List<String>> left = signal("LIST", since);
        for (int i = 0; i < 4 && left.isPresent() && !left.get().isEmpty(); i++) {
            signal(i == 0 ? "TERM" : "KILL", since);
            left = signal("LIST", since);
        }
        return left.orElse(List.of());
    }

    /** Ends the shell and all that it started. */
    void endAll() {
        signal("KILL", 0);
        run("kill -s KILL \"$1\"; echo done", List.of(shell));
    }

    private Optional<List<String>> signal(String name, long since) {
        return run(SCRIPT, List.of(name, shell, Long.toString(since), cookie, own));
    }

    private Optional<List<String>> run(String script, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        words.addAll(arguments);
        Optional<List<String>> whole = command.apply(words);
        if (whole.isEmpty() || shell.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<String> detached = new ArrayList<>(Programs.detachedPrefix());
            detached.addAll(whole.get());
            ProcessBuilder builder = new ProcessBuilder(detached).directory(directory.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put("SSH_ASKPASS_REQUIRE", "never");
            builder.redirectInput(Path.of("/dev/null").toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
            return said(builder.start());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> said(Process process) throws IOException {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = said.lines().toList();
            boolean whole = !lines.isEmpty() && lines.get(lines.size() - 1).equals("done");
            return whole ? Optional.of(lines.subList(0, lines.size() - 1)) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
