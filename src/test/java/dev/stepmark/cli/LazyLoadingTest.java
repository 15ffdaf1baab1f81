package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A library that a command does not need is not loaded: each would cost every start. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LazyLoadingTest {

    @TempDir
    private Path directory;

    /** The classes that a command of the program loads, in a JVM of its own. */
    private List<String> loadedBy(int exit, String... args) throws IOException, InterruptedException {
        Path log = directory.resolve("classes.log");
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-Xlog:class+load:file=" + log, "-cp", path, "dev.stepmark.cli.Main"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
        builder.environment().put("CI", "true");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(exit);
        try (Stream<String> lines = Files.lines(log)) {
            List<String> loaded = lines.map(l -> l.replaceFirst(".*\\] ", "").replaceFirst(" .*", "")).toList();
            assertThat(loaded).contains("dev.stepmark.cli.Main");
            return loaded;
        }
    }

    private static List<String> of(List<String> classes, String... packages) {
        return classes.stream().filter(c -> Stream.of(packages).anyMatch(c::startsWith)).toList();
    }

    @Test
    void planLoadsNeitherTerminalNorDriverNorJsonNorExpressionsNorOptions() throws Exception {
        List<String> loaded = loadedBy(0, "plan", "runbooks/migrate-ordertable.md");
        assertThat(of(loaded, "com.vladsch.flexmark.parser.Parser")).isNotEmpty();
        assertThat(of(loaded, "org.postgresql.", "org.jline.", "com.fasterxml.", "dev.cel.", "com.google.",
                "io.fabric8.", "io.zonky.", "picocli.CommandLine$Model", "org.slf4j.")).isEmpty();
    }

    @Test
    void planWithOptionsLoadsOnlyItsOwnCommand() throws Exception {
        List<String> loaded = loadedBy(0, "plan", "runbooks/migrate-ordertable.md", "--questions");
        assertThat(of(loaded, "picocli.CommandLine")).isNotEmpty();
        assertThat(of(loaded, "dev.stepmark.cli.PlanCommand")).isNotEmpty();
        assertThat(of(loaded, "org.postgresql.", "org.jline.", "dev.cel.", "com.google.", "io.zonky.",
                "dev.stepmark.cli.RunCommand", "dev.stepmark.cli.DemoCommand")).isEmpty();
    }

    @Test
    void aShellRunWithoutATerminalLoadsNoDriverAndNoExpressions() throws Exception {
        Path runbook = Files.writeString(directory.resolve("book.md"), "# Book\n\n```bash\ntrue\n```\n");
        List<String> loaded = loadedBy(0, "run", runbook.toString(), "--yes");
        assertThat(of(loaded, "dev.stepmark.session.bash.BashSession")).isNotEmpty();
        assertThat(of(loaded, "org.postgresql.", "dev.cel.", "com.google.", "io.zonky.", "org.jline.reader.")).isEmpty();
    }
}
