package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.testing.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A procedure as found, for two servers: what remains of a schema is dumped and restored, definitions that a query returns
 * are created again one by one, statistics are made. On a plain PostgreSQL the definitions are refused, as they would be.
 */
class PostDataTest {

    private static final String DOCUMENT = "copy-post-data.md";
    private static final String SOURCE_PASSWORD = "old-Server-4711";
    private static final String TARGET_PASSWORD = "new/Server@4712";
    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";

    @TempDir
    Path root;
    private Workplace place;
    private TlsServer server;

    @BeforeEach
    void twoDatabases() throws IOException {
        Path place0 = Files.createDirectories(root.resolve("place"));
        place = new Workplace(place0);
        Assumptions.assumeTrue(place.has("pg_dump") && place.has("pg_restore"), "needs pg_dump and pg_restore on the path");
        server = TlsServer.start(root);
        server.execute("postgres", "CREATE ROLE keeper LOGIN PASSWORD '" + SOURCE_PASSWORD + "'",
                "CREATE ROLE tsdbadmin LOGIN PASSWORD '" + TARGET_PASSWORD + "'", "CREATE DATABASE plant OWNER keeper",
                "CREATE DATABASE tsdb OWNER tsdbadmin");
        String table = "CREATE TABLE fill_measurements (sensor_id integer NOT NULL, fill_level numeric)";
        server.execute("plant", "SET ROLE keeper", table, "CREATE INDEX fill_by_sensor ON fill_measurements (sensor_id)",
                "CREATE SCHEMA timescaledb_information",
                "CREATE VIEW timescaledb_information.continuous_aggregates AS SELECT * FROM (VALUES"
                        + " ('avg_fill_levels', E' SELECT round(avg(m.fill_level), 2) AS avg_fill_level,\\n    m.sensor_id\\n"
                        + "   FROM fill_measurements m\\n  GROUP BY m.sensor_id;'),"
                        + " ('Daily output', E' SELECT count(*) AS n\\n   FROM fill_measurements m;'))"
                        + " AS v(view_name, view_definition)",
                "CREATE VIEW timescaledb_information.jobs AS SELECT 'Refresh Policy [1000]'::text AS application_name,"
                        + " '01:00:00'::interval AS schedule_interval, '00:05:00'::interval AS retry_period,"
                        + " '{\"drop_after\": \"7 days\"}'::jsonb AS config, 'fill_measurements'::text AS hypertable_name,"
                        + " 'keeper'::text AS owner");
        server.execute("tsdb", "SET ROLE tsdbadmin", table);
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private Workplace with(String document) throws IOException {
        Path own = Path.of("src/test/resources/documents", document);
        return place.with(DOCUMENT, Files.readString(own));
    }

    private List<Event> events() {
        return place.records().stream().map(Envelope::event).toList();
    }

    @Test
    void byHand() throws IOException {
        with(DOCUMENT);
        try (Tmux terminal = place.terminal(100, 50)) {
            terminal.type("stepmark run " + DOCUMENT, "SOURCE_DB_USERNAME:");
            terminal.type("keeper", "SOURCE_DB_HOST:");
            terminal.type("localhost", "SOURCE_DB_PORT:");
            terminal.type(String.valueOf(server.port()), "DATABASE_NAME:");
            terminal.type("plant", "HOST:");
            terminal.type("localhost", "PORT:");
            terminal.type(String.valueOf(server.port()), "SOURCE_DB_PASSWORD .*:");
            terminal.type(SOURCE_PASSWORD, "SOURCE_DB_NAME:");
            terminal.type("plant", "(?<!_)PASSWORD .*:");
            terminal.type(TARGET_PASSWORD, "Start on .*" + KEY);
            terminal.type("y", "Run 1 on .*" + KEY);
            terminal.type("r", "1 asks \"Password:\" .*:");
            assertThat(terminal.type(SOURCE_PASSWORD, "to run it " + KEY)).contains("ok 1");
            terminal.type("pg_restore 2.1", "2 asks \"Password:\" .*:");
            assertThat(terminal.type(TARGET_PASSWORD, "Run 4: open the session\\? " + KEY)).contains("ok 2");
            terminal.type("r", "Run 5 on plant\\? " + KEY);
            terminal.type("r", "Run 6: open the session\\? " + KEY);
            String asked = terminal.type("r", "Use view_definition as SQL text in all 2 rows\\? \\[y,n,o,q,\\?\\]");
            assertThat(asked).contains("  . For each of the 2 rows of step 5:  avg_fill_levels, Daily output",
                    "  . view_name as an identifier, view_definition as SQL text (raw), from step 5",
                    "  > CREATE MATERIALIZED VIEW avg_fill_levels");
            terminal.type("y", "Run 7, row 1 of 2, on tsdb\\? \\[r, a all 2, s this row, e, w, q, \\?\\]");
            String failed = terminal.type("a", "What now\\? \\[r row 1 again, e edit row 1, s skip row 1, q quit, \\?\\]");
            assertThat(failed).contains("unrecognized parameter namespace \"timescaledb\"", "  1/2  avg_fill_levels  FAILED   SQLSTATE 22023",
                    "FAILED 7  0 of 2 rows done; row 1 (avg_fill_levels) failed");
            terminal.type("s", "Why skip 7 row 1\\? .*:");
            String second = terminal.type("no TimescaleDB here", "Run 7, row 2 of 2, on tsdb\\? " + KEY);
            assertThat(second).contains("  > CREATE MATERIALIZED VIEW \"Daily output\"");
            terminal.type("s", "Why skip 7 row 2\\? .*:");
            terminal.type("nor here", "Run 8: open the session\\? " + KEY);
            terminal.type("r", "Run 9 on plant\\? " + KEY);
            assertThat(terminal.type("r", "Run 10: open the session\\? " + KEY)).contains("Refresh Policy [1000]");
            terminal.type("r", "Done\\? " + KEY);
            terminal.type("m", "What did you see\\? .*:");
            terminal.type("one policy, made", "Run 12 on tsdb\\? " + KEY);
            assertThat(terminal.type("r", Tmux.SHELL)).contains("WARNING:  skipping \"pg_subscription\" --- only superuser can analyze it",
                    "ok 12", "Finished");
            assertThat(terminal.all()).doesNotContain(SOURCE_PASSWORD, TARGET_PASSWORD);
        }
        copied();
    }

    @Test
    void unattended() throws IOException {
        with(DOCUMENT).with("answers.yaml", String.join("\n", "SOURCE_DB_USERNAME: keeper", "SOURCE_DB_HOST: localhost",
                "SOURCE_DB_PORT: " + server.port(), "SOURCE_DB_NAME: plant", "DATABASE_NAME: plant", "HOST: localhost",
                "PORT: " + server.port(), "step-4.opens-session: yes", "step-6.opens-session: yes", "step-8.opens-session: yes",
                "step-10.as-shell: yes", "step-10.opens-session: yes", "step-7.raw: yes", "step-11: yes", ""));
        place.env("STEPMARK_VALUE_SOURCE_DB_PASSWORD", SOURCE_PASSWORD).env("STEPMARK_VALUE_PASSWORD", TARGET_PASSWORD);
        String run = "stepmark run " + DOCUMENT + " --answers answers.yaml --yes --allow destructive </dev/null";
        Finished without = Finished.of(place, run);
        assertThat(without.exit()).isEqualTo(3);
        assertThat(without.err()).contains("STEPMARK_PASSWORD_1", "STEPMARK_PASSWORD_2").doesNotContain("VIEW_NAME");

        place.env("STEPMARK_PASSWORD_1", SOURCE_PASSWORD).env("STEPMARK_PASSWORD_2", TARGET_PASSWORD);
        Finished first = Finished.of(place, run);
        assertThat(first.exit()).as(first.err()).isEqualTo(1);
        assertThat(first.err()).contains("unrecognized parameter namespace \"timescaledb\"", "1/2  avg_fill_levels  FAILED");
        Finished rest = Finished.of(place, run.replace(" </dev", " --answer resume=yes --skip 7 </dev"));
        assertThat(rest.exit()).as(rest.err()).isZero();
        assertThat(rest.err()).contains("Refresh Policy [1000]", "only superuser can analyze it");
        assertThat(first.err() + rest.err()).doesNotContain(SOURCE_PASSWORD, TARGET_PASSWORD);
        copied();
    }

    /** What was to be copied is there, and no password is kept anywhere. */
    private void copied() throws IOException {
        assertThat(server.query("tsdb", "SELECT indexdef FROM pg_indexes WHERE indexname = 'fill_by_sensor'"))
                .contains("fill_measurements USING btree (sensor_id)");
        assertThat(server.query("tsdb", "SELECT reltuples >= 0 FROM pg_class WHERE relname = 'fill_measurements'")).isEqualTo("t");
        assertThat(events()).filteredOn(Event.LoopPlanned.class::isInstance).hasSize(1);
        try (Stream<Path> files = Files.walk(root.resolve("place").resolve("home"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)).as(file.toString())
                        .doesNotContain(SOURCE_PASSWORD, TARGET_PASSWORD);
            }
        }
    }
}
