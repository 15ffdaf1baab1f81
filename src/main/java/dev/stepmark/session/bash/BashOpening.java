package dev.stepmark.session.bash;

import dev.stepmark.message.Message;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Opened;
import dev.stepmark.session.OutputSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Opens a shell: finds the programs, starts it, and believes it only after it has answered. */
final class BashOpening {

    private static final int MAX_SAID = 4096;

    private final BashSession.Options options;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /** What was opened. */
    record Opening(Shell shell, Opened opened, SyntaxCheck syntax, ShellState state) { }

    BashOpening(BashSession.Options options) {
        this.options = options;
    }

    /** Opens it by these programs of the machine; with a controlling terminal where they have one. */
    Opening open(UnaryOperator<Programs> choice) throws CannotOpen {
        Path directory = options.directory().toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            throw cannot("cannot open a shell in " + directory + ": there is no such directory",
                    "a directory that exists");
        }
        String path = options.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        Programs programs = Programs.find(path).map(choice).orElseThrow(() ->
                cannot("there is no bash on the PATH (" + path + ")", "install bash, or add its directory to PATH"));
        Shell shell = start(programs, directory);
        try {
            return greet(shell, programs);
        } catch (CannotOpen e) {
            shell.close(true);
            throw e;
        }
    }

    private Shell start(Programs programs, Path directory) throws CannotOpen {
        byte[] nonce = new byte[16];
        new SecureRandom().nextBytes(nonce);
        Map<String, String> environment = new HashMap<>(options.environment());
        if (!options.cookie().isEmpty()) {
            environment.put("STEPMARK_RUN", options.cookie());
        }
        try {
            return Shell.start(programs, directory, environment, HexFormat.of().formatHex(nonce));
        } catch (IOException | IllegalArgumentException e) {
            throw cannot("cannot start bash: " + e.getMessage(), "start " + programs.bash() + " by hand");
        }
    }

    private Opening greet(Shell shell, Programs programs) throws CannotOpen {
        Frame frame = shell.frames().begin(this::remember);
        Secrets secrets = new Secrets(shell);
        String[] facts = secrets.answer();
        shell.opened();
        if (facts == null || facts.length < 5) {
            throw silent();
        }
        Optional<String> refused = secrets.export(options.secrets());
        if (refused.isPresent()) {
            throw cannot("cannot open a shell: " + refused.get(), "another name for the variable");
        }
        shell.write(BashScript.end(frame.number, List.of()));
        Execution.End end = new Execution(shell, Optional.empty()).await(frame);
        if (end != Execution.End.COMPLETE || frame.end() == null || frame.end().state() == null) {
            throw silent();
        }
        return new Opening(shell, opened(facts, shell), new SyntaxCheck(programs.bash()), frame.end().state());
    }

    private static Opened opened(String[] facts, Shell shell) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("host", facts[0]);
        identity.put("user", facts[1]);
        identity.put("pid", facts[2]);
        identity.put("cwd", facts[3]);
        identity.put("version", facts[4]);
        identity.put("terminal", shell.terminalName());
        String[] version = facts[4].split("\\.");
        String label = "bash " + version[0] + (version.length > 1 ? "." + version[1] : "") + " on " + facts[0] + " as "
                + facts[1] + ", in " + facts[3];
        return new Opened("bash", label, identity);
    }

    private synchronized void remember(OutputSink.Stream stream, byte[] buffer, int offset, int length) {
        said.write(buffer, offset, Math.min(length, MAX_SAID - Math.min(MAX_SAID, said.size())));
    }

    private synchronized CannotOpen silent() {
        String words = said.toString(StandardCharsets.UTF_8).strip();
        return cannot("bash does not answer" + (words.isEmpty() ? "" : ": " + words.lines().findFirst().orElse("")),
                "start bash by hand, in the same directory");
    }

    private static CannotOpen cannot(String what, String tryThis) {
        return new CannotOpen(Message.of(what, "No shell was opened, and nothing was run.", tryThis), "");
    }
}
