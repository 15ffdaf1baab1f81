package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.sql.PsqlInvocation;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.testing.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of a psql command that say how its session looks: over the driver the same bytes as from psql 15. */
class StartOptionsTest {

    private static final String SCRIPT = """
            SELECT 1 AS a, 'x|y' AS b, NULL AS c, 'gr\u00fc\u00df' AS d;
            SELECT g AS id, repeat('*', g) AS stars FROM generate_series(1, 3) g;
            SELECT 1 WHERE false;
            CREATE TEMP TABLE t (id int);
            \\echo :name :{?gone}
            \\x
            SELECT 12 AS one, 'two' AS "two words";
            \\pset
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "-A", "-A -t", "-t", "-x", "-A -F ;", "-A -F \\t", "-A -R / -F ,", "-A -z", "-A -0", "--csv",
        "--csv -t", "-P format=csv -P csv_fieldsep=;", "-P null=-", "-P border=2 -P linestyle=unicode", "-P footer=off -P tuples_only",
        "-v name=plant -v gone", "-q", "-qAtX", "--no-align --tuples-only --field-separator=:", "--pset=expanded=auto", "-T border=1"})
    void printsWhatPsqlPrints(String options) throws Exception {
        RealClient.assume();
        EmbeddedServer server = EmbeddedServer.get();
        List<String> words = new ArrayList<>(List.of("psql"));
        words.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
        Path script = Files.writeString(directory.resolve("script.sql"), SCRIPT);
        List<String> command = new ArrayList<>(words);
        command.addAll(List.of("-X", "-h", server.host(), "-p", Integer.toString(server.port()), "-U", server.user(), "-d",
                "postgres", "-f", script.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.equals("COLUMNS"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process real = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String expected = new String(real.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(real.waitFor()).isZero();
        PsqlInvocation invocation = PsqlInvocation.parse(words);
        assertThat(StartOptions.beyond(invocation.options())).isEmpty();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ConnectionSpec spec = new ConnectionSpec(server.host(), server.port(), server.user(), "postgres", Map.of(), Map.of())
                .with(invocation.options());
        try (JdbcSession session = JdbcSession.open(spec, (char[]) null, Options.DEFAULT)) {
            for (SqlSplitter.Piece piece : SqlSplitter.split(SCRIPT)) {
                session.run(Request.of(piece.text()), (stream, buffer, offset, length) -> {
                    if (stream != OutputSink.Stream.SENT) {
                        all.write(buffer, offset, length);
                    }
                });
            }
        }
        assertThat(all.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    @Test
    void whatOnlyPsqlHasIsNamed() {
        assertThat(StartOptions.beyond(List.of("-A", "-H", "-o", "out", "-L", "log", "-P", "format=latex", "-v",
                "SINGLESTEP=on", "-E", "-b"))).containsExactly("-H", "-o out", "-L log", "-P format=latex", "-v SINGLESTEP=on");
        assertThat(StartOptions.problem(List.of("-v", "-P", "-P", "format=pdf"))).contains(
                "could not set printing parameter \"format\" (-P format=pdf)");
        assertThat(StartOptions.problem(List.of("-P", "border=2"))).isEmpty();
    }
}
