package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** psql 15 of this machine, to compare with. Several commands go through one process; marks keep their output apart. */
final class RealClient {

    private static final String MARK = "\u00a7\u00a7 next \u00a7\u00a7";

    /** What one command printed. */
    record Printed(String out, String err) { }

    private final Path directory;
    private final EmbeddedServer server;
    private final Map<String, String> environment;

    RealClient(Path directory, EmbeddedServer server, Map<String, String> environment) {
        this.directory = directory;
        this.server = server;
        this.environment = environment;
    }

    /** Skips the test where there is no psql 15. */
    static void assume() throws InterruptedException {
        Assumptions.assumeTrue(version().startsWith("psql (PostgreSQL) 15"), "needs psql 15");
    }

    private static String version() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("psql", "--version").redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Runs commands one after the other, whatever comes of them.
     *
     * @param database where
     * @param commands each one as {@code -c} takes it
     */
    List<Printed> run(String database, List<String> commands) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("psql", "-X", "-w", "-h", server.host(), "-p",
                Integer.toString(server.port()), "-U", server.user(), "-d", database));
        for (String command : commands) {
            // \pset must not change the marks
            line.addAll(List.of("-c", command, "-c", "\\echo '" + MARK + "'", "-c", "\\warn '" + MARK + "'"));
        }
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_")
                || name.equals("COLUMNS"));
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        String[] outs = parts(out, commands.size());
        String[] errs = parts(err, commands.size());
        List<Printed> printed = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            printed.add(new Printed(outs[i], errs[i]));
        }
        return printed;
    }

    private static String[] parts(Path file, int count) throws IOException {
        String[] parts = Files.readString(file).split(MARK + "\n", -1);
        assertThat(parts).as(Files.readString(file)).hasSize(count + 1);
        return parts;
    }
}
