package dev.stepmark.session.mysql;

import dev.stepmark.session.ClientSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the client is started, for a session and for what has to be asked beside it. */
final class Start {

    /** Seconds for an answer of the server, unless something else is said. */
    private static final String CONNECT_TIMEOUT = "--connect-timeout=10";
    private static final List<String> OWN = List.of("--batch", "--force", "--unbuffered", "--xml", "-vv",
            "--show-warnings", "--skip-reconnect");

    private final ClientSpec spec;
    private final Path directory;
    private final Map<String, String> environment;
    private final char[] password;

    Start(ClientSpec spec, Path directory, Map<String, String> environment, char[] password) {
        this.spec = spec;
        this.directory = directory;
        this.environment = new LinkedHashMap<>(environment);
        this.password = password;
    }

    ClientSpec spec() {
        return spec;
    }

    Path directory() {
        return directory;
    }

    /** A client that has answered its first lines, or has said why it does not. */
    record Started(ClientProcess process, ClientProcess.End end, Exchange first) { }

    /** Starts a client and has it run a statement. */
    Started start(Exchange first, String statement, long limitMillis) throws IOException {
        try (OptionFile file = OptionFile.of(spec.defaults(), password)) {
            ClientProcess process = ClientProcess.start(command(file.options()), environment, directory, first);
            ClientProcess.End end = process.run(process.begin() + process.statement(statement), first, limitMillis);
            return new Started(process, end, first);
        }
    }

    private List<String> command(List<String> defaults) {
        List<String> words = new ArrayList<>(spec.launcher());
        if (!words.isEmpty() && words.get(0).replaceFirst("^.*/", "").equals("sudo") && !words.contains("-n")) {
            // there is no terminal on which it could ask
            words.add(1, "-n");
        }
        words.add(spec.program());
        words.addAll(defaults);
        words.addAll(OWN);
        if (spec.options().stream().noneMatch(o -> o.startsWith("--default-character-set"))) {
            words.add("--default-character-set=utf8mb4");
        }
        if (spec.options().stream().noneMatch(o -> o.startsWith("--connect-timeout"))) {
            words.add(CONNECT_TIMEOUT);
        }
        words.addAll(spec.options());
        add(words, "--host=", spec.host());
        add(words, "--port=", spec.port());
        add(words, "--user=", spec.user());
        add(words, "--socket=", spec.socket());
        add(words, "--database=", spec.database());
        return words;
    }

    private static void add(List<String> words, String name, String value) {
        if (!value.isEmpty()) {
            words.add(name + value);
        }
    }
}
