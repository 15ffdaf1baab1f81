package dev.stepmark.session.bash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The programs that a session needs, found once.
 *
 * @param bash     the shell itself
 * @param sh       a POSIX shell, for signals that Java cannot send
 * @param detached command that runs another in a terminal session of its own, setsid(1) or perl; empty when there is
 *                 none. Without it an interactive bash would take the operator's terminal for its own
 * @param terminal whether the shell can have a controlling terminal
 * @param proc     where the kernel tells of processes; a directory that need not be there (macOS)
 */
record Programs(String bash, String sh, List<String> detached, boolean terminal, Path proc) {

    private static final String STANDARD = "/usr/local/bin:/usr/bin:/bin";
    /** What setsid(1) does, where there is none (macOS). */
    private static final String SETSID = "POSIX::setsid(); exec @ARGV";
    /** The same with a controlling terminal: BSD gives none by opening it; TIOCSCTTY is 0x540E on Linux. */
    private static final String SETSID_WITH_TERMINAL = "POSIX::setsid(); open(T, '+<', shift) or die; "
            + "ioctl(T, $^O eq 'linux' ? 0x540E : 0x20007461, 0) or die; exec @ARGV";
    private static final String INTERACTIVE = " --norc --noprofile --noediting -i";

    /** Finds them on a search path; all but bash also where they always are. Empty without a bash. */
    static Optional<Programs> find(String path) {
        Optional<String> sh = search("sh", STANDARD).or(() -> search("sh", path));
        Optional<String> setsid = search("setsid", STANDARD).or(() -> search("setsid", path));
        List<String> detached = setsid.map(List::of).orElseGet(() -> search("perl", STANDARD).map(
                Programs::perl).orElse(List.of()));
        return search("bash", path).map(bash -> new Programs(bash, sh.orElse(bash), detached, !detached.isEmpty(),
                Path.of("/proc")));
    }

    /** Words that start a command in a terminal session of its own; none where there is no such program. */
    static List<String> detachedPrefix() {
        return search("setsid", STANDARD).map(List::of).orElseGet(() -> search("perl", STANDARD).map(
                Programs::perl).orElse(List.of()));
    }

    private static List<String> perl(String perl) {
        return List.of(perl, "-MPOSIX", "-e", SETSID);
    }

    /** The same programs with perl in the place of setsid(1); empty when there is none. */
    Optional<Programs> withPerl() {
        return search("perl", STANDARD).map(perl -> new Programs(bash, sh, perl(perl), true, proc));
    }

    /** The same programs for a shell without a terminal. */
    Programs withoutTerminal() {
        return new Programs(bash, sh, detached, false, proc);
    }

    /** The same programs where the kernel tells nothing. */
    Programs withoutProc() {
        return new Programs(bash, sh, detached, terminal, Path.of("/nonexistent"));
    }

    private static Optional<String> search(String name, String path) {
        for (String directory : path.split(File.pathSeparator)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, name);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return Optional.of(candidate.toAbsolutePath().toString());
            }
        }
        return Optional.empty();
    }

    /** The command of an interactive shell; a session leader that opens a terminal gains it as controlling terminal. */
    List<String> command(String terminal) {
        List<String> command = new ArrayList<>(detached);
        if (terminal != null && detached.contains(SETSID)) {
            command.set(command.indexOf(SETSID), SETSID_WITH_TERMINAL);
            command.addAll(List.of(terminal, bash));
            command.addAll(List.of(INTERACTIVE.strip().split(" ")));
        } else if (terminal != null) {
            command.addAll(List.of(sh, "-c", ": <\"$0\"; exec \"$1\"" + INTERACTIVE, terminal, bash));
        } else {
            command.add(bash);
            command.addAll(List.of(INTERACTIVE.strip().split(" ")));
        }
        return command;
    }

    /**
     * The command of another program with a terminal of its own.
     *
     * @param terminal the controlling terminal, or null
     * @param words    the program and its arguments
     * @param asks     whether it asks on its standard input: then that is the terminal, and the pipe is descriptor 9
     */
    List<String> command(String terminal, List<String> words, boolean asks) {
        List<String> command = new ArrayList<>(detached);
        if (terminal != null && detached.contains(SETSID)) {
            command.set(command.indexOf(SETSID), SETSID_WITH_TERMINAL);
            command.add(terminal);
            command.addAll(List.of(sh, "-c", asks ? "exec \"$@\" 9<&0 </dev/tty" : "exec \"$@\"", sh));
        } else if (terminal != null) {
            command.addAll(List.of(sh, "-c", asks ? ": <\"$0\"; exec \"$@\" 9<&0 <\"$0\"" : ": <\"$0\"; exec \"$@\"",
                    terminal));
        }
        command.addAll(words);
        return command;
    }

    /** Makes a named pipe that only its owner can open. */
    void makeFifo(Path path) throws IOException {
        run("mkfifo -m 600 \"$0\"", path.toString());
        if (!Files.exists(path)) {
            throw new IOException("mkfifo made no pipe in " + path.getParent());
        }
    }

    /** Sends a signal by its name; whoever is gone gets none. */
    void signal(String name, long pid) {
        try {
            run("kill -s \"$0\" \"$1\"", name, Long.toString(pid));
        } catch (IOException e) {
            // No process can be started: the escalation that follows needs none.
        }
    }

    private void run(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(sh, "-c", script));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
