package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Cli;
import dev.stepmark.testing.MariaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs in which the text opens mysql, on a real MariaDB. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MysqlRunTest {

    private static final String RUNBOOK = """
            # Archive the orders

            1. Connect:

               ```console
               $ %s
               ```

            2. Make the archive:

               ```sql
               CREATE TABLE orders (id int PRIMARY KEY, name varchar(20) NOT NULL);
               INSERT INTO orders VALUES (1, 'bolt'), (2, 'nut');
               DELIMITER //
               CREATE PROCEDURE archive()
               BEGIN
                 CREATE TABLE archived AS SELECT * FROM orders;
                 SELECT count(*) AS kept FROM archived;
               END //
               DELIMITER ;
               CALL archive();
               ```

            3. Look:

               ```mysql {capture=left verify="SELECT count(*) = 2 FROM archived"}
               SELECT id, name FROM archived ORDER BY id;
               ```

            4. Only with orders:

               ```mysql {when="left.rowCount > 1"}
               RENAME TABLE orders TO orders_old;
               ```

            5. Leave:

               ```
               mysql> exit
               ```

            6. Done:

               ```bash
               echo back in the shell
               ```
            """;

    @TempDir
    Path directory;
    private MariaServer server;
    private String database;

    @BeforeEach
    void needsMariaDb() {
        server = MariaServer.get();
        database = server.freshDatabase();
    }

    private Cli.Result run(Cli cli, String opener, String text, String... more) throws IOException {
        Path runbook = Files.writeString(directory.resolve("run.md"), text.formatted(opener));
        String[] all = java.util.stream.Stream.concat(java.util.stream.Stream.of("run", runbook.toString(), "--yes",
                "--answer", "step-1.opens-session=yes"), java.util.stream.Stream.of(more)).toArray(String[]::new);
        return cli.run(all);
    }

    @Test
    void theBlocksBehindTheOpenerRunInItAndItIsLeftByExit() throws Exception {
        Cli cli = new Cli(directory);
        Cli.Result result = run(cli, server.command("mysql", database), RUNBOOK);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("session mysql is open: " + database + " as root@")
                .contains("MariaDB").contains("Query OK, 2 rows affected").contains("|  1 | bolt |").contains("kept as left")
                .contains("verified: its probe says that it worked").contains("session mysql is closed")
                .contains("back in the shell");
        assertThat(server.query(database, "SHOW TABLES").lines()).containsExactlyInAnyOrder("archived", "orders_old");
        String journal = Files.readString(cli.run().resolve("journal.jsonl"));
        assertThat(journal).contains("\"kind\":\"mysql\"").contains("\"product\":\"MariaDB ");
        assertThat(cli.status()).isNotNull();
    }

    @Test
    void aFailedStatementEndsTheRunAndTheNextRunGoesOnBehindWhatWasDone() throws Exception {
        Cli cli = new Cli(directory);
        String text = RUNBOOK.replace("CALL archive();", "CALL archiv();");
        Cli.Result failed = run(cli, server.command("mysql", database), text);
        assertThat(failed.exit()).as(failed.all()).isEqualTo(1);
        assertThat(failed.all()).contains("ERROR 1305 (42000)").contains("SQLSTATE 42000");
        server.run(database, "CREATE PROCEDURE archiv() CALL archive()");
        Cli.Result again = run(cli, server.command("mysql", database), text, "--answer", "resume=yes");
        assertThat(again.exit()).as(again.all()).isZero();
        assertThat(again.all()).doesNotContain("already exists");
        assertThat(server.query(database, "SELECT count(*) FROM archived")).isEqualTo("2");
    }

    @Test
    void aPasswordInTheCommandReachesTheServerAndNoRecord() throws Exception {
        server.run("mysql", "CREATE USER IF NOT EXISTS clerk IDENTIFIED BY 'pw-clerk-4711'; GRANT ALL ON *.* TO clerk");
        Cli cli = new Cli(directory);
        Cli.Result result = run(cli, "mariadb --no-defaults -h 127.0.0.1 -P " + server.port() + " -u clerk -ppw-clerk-4711 "
                + database, RUNBOOK);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).doesNotContain("pw-clerk-4711").contains("as clerk@");
        assertThat(Files.readString(cli.run().resolve("journal.jsonl"))).doesNotContain("pw-clerk-4711");
    }

    @Test
    void aClientInAContainerIsStartedThere() throws Exception {
        server.run("mysql", "CREATE USER IF NOT EXISTS clerk IDENTIFIED BY 'pw-clerk-4711'; GRANT ALL ON *.* TO clerk");
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path docker = Files.writeString(bin.resolve("docker"), "#!/bin/sh\n[ \"$1 $2 $3\" = 'exec -i shop-db' ] || exit 9\n"
                + "shift 3\necho \"$*\" >>" + directory + "/started\nexec \"$@\"\n");
        Files.setPosixFilePermissions(docker, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        Cli cli = new Cli(directory).with("PATH", bin + ":" + System.getenv("PATH"));
        Cli.Result result = run(cli, "docker exec -it shop-db mysql --no-defaults -h 127.0.0.1 -P " + server.port()
                + " -u clerk -ppw-clerk-4711 " + database, RUNBOOK);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("by mysql, by docker exec -i shop-db").contains("|  1 | bolt |");
        assertThat(Files.readString(directory.resolve("started"))).doesNotContain("4711");
    }

    @Test
    void aClientTypedInAShellOfAnotherUserIsStartedThere() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue("root".equals(System.getProperty("user.name"))
                && dev.stepmark.testing.Programs.onPath("sudo"), "needs root and sudo");
        Path runbook = Files.writeString(directory.resolve("nested.md"), """
                # Nested

                1. Become somebody:

                   ```console
                   $ sudo -u nobody bash
                   ```

                2. Connect:

                   ```console
                   $ %s
                   ```

                3. Look:

                   ```sql
                   \\! id -un
                   SELECT 41 + 1 AS answer;
                   ```
                """.formatted(server.command("mariadb", database)).replace("\\\\", "\\"));
        Cli cli = new Cli(directory);
        Cli.Result result = cli.run("run", runbook.toString(), "--yes", "--answer", "step-1.opens-session=yes", "--answer",
                "step-2.opens-session=yes");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("| nobody").contains("|     42 |");
    }

    @Test
    void sudoStartsItAsAnotherUser() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue("root".equals(System.getProperty("user.name"))
                && dev.stepmark.testing.Programs.onPath("sudo"), "needs root and sudo");
        Cli cli = new Cli(directory);
        Cli.Result result = run(cli, "sudo -u nobody " + server.command("mariadb", database), RUNBOOK);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("started by sudo -u nobody").contains("|  1 | bolt |");
    }

    @Test
    void withoutACommandOfTheTextNothingIsOpened() throws Exception {
        Cli cli = new Cli(directory);
        Path runbook = Files.writeString(directory.resolve("bare.md"), "# Bare\n\n1. Look:\n\n   ```mysql\n   SELECT 41 + 1;\n"
                + "   ```\n");
        Cli.Result refused = cli.run("run", runbook.toString(), "--yes");
        assertThat(refused.exit()).as(refused.all()).isEqualTo(3);
        Cli.Result given = cli.run("run", runbook.toString(), "--yes", "--connect", "mysql=" + server.command("mariadb",
                database));
        assertThat(given.exit()).as(given.all()).isZero();
        assertThat(given.all()).contains("|     42 |").contains("by: mariadb --no-defaults");
    }
}
