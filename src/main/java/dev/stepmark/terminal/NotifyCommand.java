package dev.stepmark.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A command of the operator's that is started beside the run: it has no terminal, its output goes nowhere, it is ended
 * when it takes too long, and the run never waits for it. What happened is in its environment, never in its text; of
 * the environment of the run it gets what a desktop needs, and no password.
 */
public final class NotifyCommand {

    private static final long PATIENCE_MILLIS = 10_000;
    /** At the end of the run, where the process would end before its command. */
    private static final long LAST_PATIENCE_MILLIS = 3_000;
    private static final int MOST_AT_ONCE = 4;
    private static final Set<String> PASSED = Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ",
            "TERM", "TMUX", "TMPDIR", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS",
            "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_SESSION_TYPE");

    private final String command;
    private final Map<String, String> environment;
    private final long patienceMillis;
    private final List<Process> running = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> complaint = new AtomicReference<>("");
    private boolean complained;

    /**
     * @param command     for /bin/sh
     * @param environment of the run
     */
    public NotifyCommand(String command, Map<String, String> environment) {
        this(command, environment, PATIENCE_MILLIS);
    }

    NotifyCommand(String command, Map<String, String> environment, long patienceMillis) {
        this.command = command;
        this.environment = environment;
        this.patienceMillis = patienceMillis;
    }

    /** Starts it and returns at once. */
    void start(Map<String, String> facts) {
        if (running.size() >= MOST_AT_ONCE) {
            return;
        }
        try {
            Process process = builder(facts).start();
            running.add(process);
            Thread watch = new Thread(() -> watch(process), "stepmark-notify");
            watch.setDaemon(true);
            watch.start();
        } catch (IOException e) {
            complaint.compareAndSet("", "it cannot be started");
        }
    }

    private ProcessBuilder builder(Map<String, String> facts) {
        List<String> words = new ArrayList<>();
        // without it Ctrl-C at the terminal would reach the command, too
        setsid().ifPresent(words::add);
        words.addAll(List.of("/bin/sh", "-c", command));
        Map<String, String> passed = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (PASSED.contains(name) || name.startsWith("LC_")) {
                passed.put(name, value);
            }
        });
        passed.putAll(facts);
        ProcessBuilder builder = new ProcessBuilder(words).redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(passed);
        return builder;
    }

    private Optional<String> setsid() {
        for (String directory : environment.getOrDefault("PATH", "").split(":")) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, "setsid");
            if (candidate.isAbsolute() && Files.isExecutable(candidate)) {
                return Optional.of(candidate.toString());
            }
        }
        return Optional.empty();
    }

    private void watch(Process process) {
        try {
            if (!process.waitFor(patienceMillis, TimeUnit.MILLISECONDS)) {
                end(process);
                complaint.compareAndSet("", "it did not end within " + patienceMillis / 1000 + " s and was ended");
            } else if (process.exitValue() != 0) {
                complaint.compareAndSet("", "exit status " + process.exitValue());
            }
        } catch (InterruptedException e) {
            end(process);
        } finally {
            running.remove(process);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** What went wrong first; said once. */
    synchronized Optional<String> complaint() {
        String why = complaint.get();
        if (why.isEmpty() || complained) {
            return Optional.empty();
        }
        complained = true;
        return Optional.of("The command for notifications failed: " + why + ". This is said once.");
    }

    /** Gives what still runs a moment. */
    void close() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(patienceMillis, LAST_PATIENCE_MILLIS));
        for (Process process : running) {
            try {
                if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    end(process);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
