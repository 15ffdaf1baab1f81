package dev.stepmark.session.bash;

import dev.stepmark.message.Message;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Console;
import dev.stepmark.session.Opened;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A shell inside another: of another user, another host, a container. The real program is started as the text has it,
 * with three streams instead of a terminal; what it asks on its terminal (a password, whether a host is known) is put to
 * the person. In the shell that it leads to, bash takes over where there is one, else {@code sh}; only what answered is
 * believed.
 */
public final class NestedShell {

    private static final int MAX_SAID = 4096;
    /** So long nothing may come from a program that asks nobody: connecting takes its time. */
    private static final long LIMIT_SECONDS = 120;
    private static final Path PROC = Path.of("/proc/self/exe");

    private final Options options;
    private final Console console;
    private final BooleanSupplier goesOn;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /**
     * How such a shell is opened.
     *
     * @param words       the program with its arguments, without what wants a terminal
     * @param preamble    what the program wants on its input first; empty for nothing
     * @param asksOnInput whether it asks for a password on its standard input (su)
     * @param command     the words that start another command at the same place; empty where there is no way
     * @param trusted     whether the exit status of the program is that of the shell: not where a connection can break
     * @param directory   where it is started
     * @param environment of the program
     * @param secrets     exported in the shell, as in {@link BashSession.Options}
     * @param cookie      names the run in the environment of everything that the shell starts; empty for none
     * @param opener      the command as the text has it, for people
     */
    public record Options(List<String> words, String preamble, boolean asksOnInput,
            Function<List<String>, Optional<List<String>>> command, boolean trusted, Path directory,
            Map<String, String> environment, Map<String, String> secrets, String cookie, String opener) {

        public Options {
            words = List.copyOf(words);
            environment = Map.copyOf(environment);
            secrets = Map.copyOf(secrets);
        }
    }

    private NestedShell(Options options, Console console, BooleanSupplier goesOn) {
        this.goesOn = goesOn;
        this.options = options;
        this.console = console;
    }

    /**
     * Opens it.
     *
     * @param console the terminal of the person who is asked for a password
     * @param goesOn  whether nobody has asked to stop
     * @throws CannotOpen when the program ends, says nothing, or asks and nobody is there
     */
    public static Session open(Options options, Console console, BooleanSupplier goesOn) throws CannotOpen {
        return open(options, console, goesOn, UnaryOperator.identity());
    }

    static Session open(Options options, Console console, BooleanSupplier goesOn, UnaryOperator<Programs> choice)
            throws CannotOpen {
        return new NestedShell(options, console, goesOn).open(choice);
    }

    private Session open(UnaryOperator<Programs> choice) throws CannotOpen {
        String path = options.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        Programs programs = Programs.find(path).map(choice).orElseThrow(() -> cannot("there is no bash on the PATH ("
                + path + ")", "install bash, or add its directory to PATH"));
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        String nonce = HexFormat.of().formatHex(bytes);
        FarReach reach = new FarReach(options.command(), options.environment(), options.directory(), Shell.cookie(nonce));
        Shell shell;
        try {
            shell = Shell.far(programs, words(), options.asksOnInput(), options.directory(), options.environment(), nonce,
                    reach);
        } catch (IOException e) {
            throw cannot("cannot start " + options.words().get(0) + ": " + e.getMessage(), "install "
                    + options.words().get(0) + ", or do this part by hand");
        }
        try {
            return greet(shell, programs, nonce);
        } catch (CannotOpen e) {
            shell.close(false);
            throw e;
        }
    }

    /** su takes the shell's commands from the pipe, and the password from the terminal. */
    private List<String> words() {
        if (!options.asksOnInput()) {
            return options.words();
        }
        List<String> words = new ArrayList<>(options.words());
        // a session of its own would have no terminal; only the su of Linux can do without one
        words.add(PROC.toFile().exists() && !busybox() ? "--session-command" : "-c");
        words.add("exec sh <&9 9<&-");
        return words;
    }

    private static boolean busybox() {
        try {
            return Path.of("/bin/su").toRealPath().endsWith("busybox");
        } catch (IOException e) {
            return false;
        }
    }

    private Session greet(Shell shell, Programs programs, String nonce) throws CannotOpen {
        Said heard = new Said(this::remember);
        Frame frame = shell.frames().begin(heard);
        Execution opening = new Execution(shell, Optional.empty());
        TerminalWatch watch = new TerminalWatch(shell, heard, console);
        shell.write(options.preamble() + boot(nonce));
        String[] which = answer(shell, watch);
        boolean bash = which[0].equals("bash");
        shell.write(bash ? BashScript.farOpening(nonce) : PosixScript.opening(nonce));
        String[] facts = answer(shell, watch);
        if (facts.length < 6) {
            throw silent(shell);
        }
        shell.answered(bash ? Script.FAR_BASH : Script.POSIX, facts[2], facts[5].equals("1"),
                facts.length > 6 ? facts[6] : "");
        Optional<String> refused = new Secrets(shell).export(options.secrets());
        if (refused.isPresent()) {
            throw cannot("cannot open a shell: " + refused.get(), "another name for the variable");
        }
        shell.write(shell.script().end(frame.number, List.of()));
        Execution.End end = opening.await(frame);
        if (end != Execution.End.COMPLETE || frame.end() == null || frame.end().state() == null) {
            throw silent(shell);
        }
        // what an interactive shell says of its missing terminal came before this
        BashOpening.Opening opened = new BashOpening.Opening(shell, opened(facts, bash, shell), bash
                ? new SyntaxCheck(programs.bash()) : SyntaxCheck.none(), frame.end().state());
        return BashSession.of(opened, new BashSession.Way(options.opener(), options.trusted()));
    }

    /** One line that any shell understands; nothing more is written before what it starts has answered. */
    private String boot(String nonce) {
        String run = options.cookie().matches("[A-Za-z0-9_:.+-]+") ? " STEPMARK_RUN=" + options.cookie() : "";
        return "exec sh -c 'export " + Shell.cookie(nonce) + run + "; s=sh; command -v bash >/dev/null 2>&1 && s=bash; "
                + "printf \"\\036%s%sR\\037%s\\036\" " + nonce.substring(0, nonce.length() / 2) + " "
                + nonce.substring(nonce.length() / 2) + " \"$s\" >&2; case $s in bash) exec bash --norc --noprofile"
                + " --noediting -i;; esac; ENV= PS1= PS2= exec sh -i'\n";
    }

    private Opened opened(String[] facts, boolean bash, Shell shell) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("host", facts[0]);
        identity.put("user", facts[1]);
        identity.put("pid", facts[2]);
        identity.put("cwd", facts[3]);
        identity.put("version", facts[4]);
        identity.put("terminal", shell.terminalReaches() ? shell.terminalName() : "none");
        String[] version = facts[4].split("\\.");
        String name = bash ? "bash " + version[0] + (version.length > 1 ? "." + version[1] : "") : "sh";
        String label = name + " on " + facts[0] + " as " + facts[1] + ", in " + facts[3] + ", by " + options.opener();
        return new Opened(bash ? "bash" : "sh", label, identity);
    }

    /** The next answer of the shell; what asks on the way is put to the person. */
    private String[] answer(Shell shell, TerminalWatch watch) throws CannotOpen {
        Frames frames = shell.frames();
        long since = System.nanoTime();
        boolean[] cancelled = {false};
        while (true) {
            String[] answer = frames.takeReady();
            if (answer != null) {
                return answer;
            }
            if (frames.hasExited() && shell.quiet(50)) {
                throw silent(shell);
            }
            if (cancelled[0] || !goesOn.getAsBoolean()) {
                throw cannot("opening the shell was cancelled", options.opener() + "   (by hand, in a terminal)");
            }
            long before = System.nanoTime();
            Optional<Outcome.Stopped> wants = watch.look(() -> !frames.hasExited() && goesOn.getAsBoolean(),
                    () -> cancelled[0] = true);
            since += System.nanoTime() - before;
            if (wants.isPresent()) {
                throw unanswered(wants.get());
            }
            if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                throw silent(shell);
            }
            pause(frames);
        }
    }

    private static void pause(Frames frames) throws CannotOpen {
        synchronized (frames) {
            try {
                frames.wait(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotOpen(Message.of("opening the shell was interrupted", "Nothing was run in it.",
                        "open it again"), "");
            }
        }
    }

    private CannotOpen unanswered(Outcome.Stopped wants) {
        String what = wants.why() == Outcome.Stopped.Why.PASSWORD ? "it asks for a password" : "it asks something";
        return cannot("the shell cannot be opened: " + what + " (" + wants.what() + "), and nobody is there to answer",
                "a key or a rule that needs no password, or a run at a terminal");
    }

    private synchronized void remember(OutputSink.Stream stream, byte[] buffer, int offset, int length) {
        said.write(buffer, offset, Math.min(length, MAX_SAID - Math.min(MAX_SAID, said.size())));
    }

    private CannotOpen silent(Shell shell) {
        String words;
        synchronized (this) {
            words = said.toString(StandardCharsets.UTF_8).lines().map(String::strip).filter(l -> !l.isEmpty())
                    .reduce((a, b) -> b).orElse("");
        }
        String end = shell.running() ? "it does not answer" : "it ended with exit " + shell.exitStatus();
        return cannot("the shell cannot be opened: " + (words.isEmpty() ? end : words), options.opener()
                + "   (by hand, in a terminal, to see more)");
    }

    private CannotOpen cannot(String what, String tryThis) {
        return new CannotOpen(Message.of(what, "It is opened by: " + options.opener() + ". Nothing was run in it, and"
                + " what belongs there is run nowhere else.", tryThis), "");
    }
}
