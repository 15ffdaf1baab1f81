package dev.stepmark.dialogue;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.Runs;
import dev.stepmark.testing.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an operator sits: an empty home, a directory with a runbook, the program on the path, a database with orders
 * that conflict. Nothing of the caller's environment gets in.
 */
final class Workplace {

    static final String DATABASE = "factoryinsight";

    private final Path root;
    private final Map<String, String> environment = new TreeMap<>();

    /**
     * @param root an empty directory
     */
    Workplace(Path root) {
        this.root = root;
        try {
            Path bin = Files.createDirectories(root.resolve("bin"));
            Path home = Files.createDirectories(root.resolve("home"));
            Files.createDirectories(work());
            Path program = Files.writeString(bin.resolve("stepmark"), program());
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            environment.put("PATH", bin + ":/usr/local/bin:/usr/bin:/bin");
            environment.put("HOME", home.toString());
            environment.put("XDG_STATE_HOME", state().toString());
            environment.put("TMPDIR", root.toString());
            environment.put("TERM", "xterm-256color");
            environment.put("LANG", "C.UTF-8");
            environment.put("TZ", "UTC");
            environment.put("HISTFILE", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String program() {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '" + classes
                + "' dev.stepmark.cli.Main \"$@\"\n";
    }

    /** The directory that the operator works in. */
    Path work() {
        return root.resolve("work");
    }

    private Path state() {
        return root.resolve("home").resolve(".local").resolve("state");
    }

    /** Puts a file into the working directory. */
    Workplace with(String name, String text) {
        try {
            Files.writeString(work().resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a runbook of the project into the working directory. */
    Workplace with(Path runbook) {
        try {
            return with(String.valueOf(runbook.getFileName()), Files.readString(runbook));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another variable of the environment. */
    Workplace env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Whether a program is on the path of this place. */
    boolean has(String program) {
        return Arrays.stream(environment.get("PATH").split(":")).anyMatch(d -> Files.isExecutable(Path.of(d, program)));
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** A database with orders of which some have the same name, and PG* that lead there. */
    Workplace withDatabase() {
        EmbeddedServer server = EmbeddedServer.get();
        server.execute("postgres", "DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)", "CREATE DATABASE " + DATABASE);
        server.execute(DATABASE, "CREATE TABLE ordertable (order_id integer PRIMARY KEY, order_name text NOT NULL,"
                        + " asset_id integer NOT NULL,"
                        + " CONSTRAINT ordertable_asset_id_order_id_key UNIQUE (asset_id, order_id))",
                "INSERT INTO ordertable SELECT n, 'WO-' || n, 1 + n % 4 FROM generate_series(1, 40) n",
                "INSERT INTO ordertable VALUES (41, 'WO-10', 3), (42, 'WO-10', 3), (43, 'WO-17', 2)");
        return env("PGHOST", server.host()).env("PGPORT", Integer.toString(server.port())).env("PGUSER", server.user());
    }

    /** What a query returns, rows as lines, columns with a bar. */
    List<String> query(String sql) {
        try (Connection connection = EmbeddedServer.get().connect(DATABASE);
                Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            List<String> out = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                out.add(String.join("|", row));
            }
            return out;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A terminal at this place. */
    Tmux terminal(int columns, int rows) {
        return Tmux.start(columns, rows, work(), environment);
    }

    /** The runs in the log, the newest first. */
    List<Runs.Entry> runs() {
        return new Runs(state().resolve("stepmark").resolve("runs")).list();
    }

    /** The records of the newest run. */
    List<Envelope> records() {
        return JournalReader.read(runs().get(0).directory().journal()).events();
    }
}
