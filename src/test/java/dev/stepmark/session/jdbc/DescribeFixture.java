package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.testing.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A session on the database with one of everything, made once. */
final class DescribeFixture {

    private static JdbcFixture shared;

    private DescribeFixture() { }

    /** The session; it stays open until the JVM ends. */
    static synchronized JdbcFixture get() throws CannotOpen {
        if (shared == null) {
            JdbcFixture fixture = new JdbcFixture();
            String roles = EmbeddedServer.get().query("postgres", "SELECT 1 FROM pg_roles WHERE rolname = 'describe_boss'");
            if (roles == null) {
                run(fixture, "describe/roles.sql");
            }
            run(fixture, "describe/objects.sql");
            fixture.done("ALTER DEFAULT PRIVILEGES FOR ROLE describe_boss GRANT USAGE ON SCHEMAS TO PUBLIC");
            shared = fixture;
        }
        return shared;
    }

    static void run(JdbcFixture fixture, String resource) {
        for (SqlSplitter.Piece piece : SqlSplitter.split(read(resource))) {
            if (!piece.text().isBlank()) {
                Outcome outcome = fixture.run(piece.text());
                assertThat(outcome).as("%s: %s", piece.text(), fixture.err()).isInstanceOf(Outcome.Done.class);
            }
        }
    }

    /** The commands to try, in a database of that name. */
    static List<String> commands(String database) {
        List<String> commands = new ArrayList<>();
        read("describe/commands.txt").lines().filter(l -> !l.isBlank())
                .map(l -> l.replace("DATABASE", database)).forEach(commands::add);
        assertThat(commands).hasSizeGreaterThan(200);
        return commands;
    }

    static String read(String resource) {
        try (InputStream in = DescribeFixture.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
