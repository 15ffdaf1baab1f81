package dev.stepmark.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.testing.EmbeddedServer;
import dev.stepmark.testing.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise P20 for psql: what goes into an argument of a meta-command is that argument to a real psql. */
class PsqlArgumentsTest {

    private static final int STRINGS = 20_000;
    private static final List<Placeholder> X = List.of(new Placeholder("X", "<X>", false));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"\\set v <X>", "\\set v '<X>'", "\\set v a<X>"})
    void anArgumentIsTheValue(String template) throws Exception {
        assumeTrue(Programs.onPath("psql"), "psql is not installed");
        HostileText texts = new HostileText(40);
        List<String> values = new ArrayList<>();
        StringBuilder script = new StringBuilder("\\pset tuples_only on\n\\pset format unaligned\n\\pset recordsep_zero on\n");
        for (int i = 0; i < STRINGS; i++) {
            String value = texts.next();
            Filler.Filled filled = Filler.fill(template, Executor.PSQL, X, name -> value);
            assertThat(filled.problem()).isEmpty();
            script.append(filled.text()).append("\nSELECT :'v';\n");
            values.add((template.endsWith("a<X>") ? "a" : "") + value);
        }
        List<String> printed = psql(script.toString());
        for (int i = 0; i < STRINGS; i++) {
            assertThat(printed.get(i)).as("string " + i).isEqualTo(values.get(i));
        }
        assertThat(printed).hasSize(STRINGS + 1);
    }

    @Test
    void aNameInAPatternFindsItsTableOnly() throws Exception {
        assumeTrue(Programs.onPath("psql"), "psql is not installed");
        String name = "Odd \"name\".*; x";
        String filled = Filler.fill("\\dt <X>", Executor.PSQL, X, n -> name).text();
        List<String> printed = psql("CREATE TABLE \"Odd \"\"name\"\".*; x\" (a int);\nCREATE TABLE x (a int);\n\\pset tuples_only on\n"
                + "\\pset format unaligned\n" + filled + "\n");
        assertThat(printed.toString()).contains("|" + name + "|").doesNotContain("|x|");
    }

    private List<String> psql(String script) throws Exception {
        EmbeddedServer server = EmbeddedServer.get();
        Path file = directory.resolve("script.sql");
        Path out = directory.resolve("out");
        Files.writeString(file, script);
        ProcessBuilder builder = new ProcessBuilder("psql", "-X", "-q", "-h", server.host(), "-p", String.valueOf(server.port()), "-U",
                server.user(), "-d", server.freshDatabase(), "-f", file.toString());
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        builder.redirectErrorStream(true).redirectOutput(out.toFile()).start().waitFor();
        return List.of(Files.readString(out).split("\0", -1));
    }
}
