package dev.stepmark.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.doctor.Finding.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that is looked at, in good and bad order. */
class ProbesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path root;
    private final Map<String, String> environment = new HashMap<>();
    private Path bin;
    private Path runs;
    private Instant now = NOW;
    private String editor = "vi";

    @BeforeEach
    void prepare() throws IOException {
        bin = Files.createDirectories(root.resolve("bin"));
        runs = root.resolve("home/.local/state/stepmark/runs");
        Files.createDirectories(root.resolve("home"));
        environment.put("PATH", bin.toString());
        environment.put("HOME", root.resolve("home").toString());
    }

    private Surroundings place() {
        return new Surroundings(environment, root.resolve("home"), runs, false, editor, "less -FIRX",
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private Programs programs() {
        return new Programs(environment, 20_000);
    }

    /** A program that does what its lines say. */
    private void program(String name, String... lines) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Finding only(List<Probe> probes, String name) {
        List<Finding> found = new Doctor(Duration.ofSeconds(60)).examine(probes.stream().filter(p -> p.name().equals(name))
                .toList());
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private Finding program(String name) {
        return only(new ProgramProbes(place(), programs()).all(), name);
    }

    @Test
    void programsSayTheirVersion() throws IOException {
        program("psql", "echo 'psql (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)'");
        program("bash", "echo 'GNU bash, version 3.2.57(1)-release'");
        assertThat(program("psql")).isEqualTo(Finding.ok("psql", "15.18, " + bin.resolve("psql")));
        assertThat(program("bash").status()).isEqualTo(Status.NOTE);
        assertThat(program("bash").text()).startsWith("3.2.57");
        assertThat(program("pg_dump").status()).isEqualTo(Status.NOTE);
        assertThat(program("pg_dump").text()).contains("not on the path", "backups");
    }

    @Test
    void withoutBashNothingOfAShellRuns() {
        assertThat(program("bash")).isEqualTo(Finding.problem("bash", "not on the path: shell blocks cannot run",
                "install bash, or set PATH"));
    }

    @Test
    void aProgramThatHangsIsEnded() throws Exception {
        Path pid = root.resolve("pid");
        program("psql", "echo $$ > " + pid, "exec sleep 600");
        environment.put("PATH", bin + ":/usr/bin:/bin");
        assertThat(new Programs(environment, 300).version("psql")).isEmpty();
        long process = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(process).ifPresent(p -> assertThat(p.onExit()).succeedsWithin(60, TimeUnit.SECONDS));
    }

    @Test
    void anOldRestoreMayNotReadNewDumps() throws IOException {
        program("pg_dump", "echo 'pg_dump (PostgreSQL) 16.4'");
        program("pg_restore", "echo 'pg_restore (PostgreSQL) 15.18'");
        assertThat(program("pg_restore").text()).contains("15.18, older than pg_dump");
    }

    @Test
    void contextsComeFromTheLocalFile() throws IOException {
        program("kubectl", "case \"$*\" in", "'config get-contexts -o name') echo prod-eu; echo test;;",
                "'config current-context') echo test;;", "*) echo \"contacted: $*\" >&2; exit 1;;", "esac");
        assertThat(program("kubectl")).isEqualTo(Finding.ok("kubectl", "contexts prod-eu, test; current: test"));
        program("kubectl", "exit 0");
        assertThat(program("kubectl").text()).isEqualTo("no contexts are configured");
    }

    @Test
    void anEditorThatIsNotThere() throws IOException {
        editor = "code --wait";
        assertThat(program("editor")).isEqualTo(Finding.note("editor", "code is not on the path: e cannot use it",
                "set EDITOR, or editor in your configuration"));
        program("code", "true");
        assertThat(program("editor")).isEqualTo(Finding.ok("editor", "code --wait"));
    }

    @Test
    void aServerThatIsNewerThanThisMachinesPrograms() throws IOException {
        program("pg_dump", "echo 'pg_dump (PostgreSQL) 15.18'");
        program("psql", "echo 'psql (PostgreSQL) 15.18'");
        Map<String, String> identity = new HashMap<>(Map.of("host", "db1", "port", "5432", "database", "factory", "user",
                "ops", "server_version", "16.4 (Debian)", "in_recovery", "true", "ssl", "true", "system_identifier", "77"));
        List<Finding> findings = new ServerFindings(programs()).of("plant", identity, 12);
        assertThat(findings).containsExactly(
                Finding.note("server", "plant: factory as ops on db1:5432, PostgreSQL 16.4, a standby, system 77, TLS, 12 ms",
                        "it accepts no writes"),
                Finding.problem("pg_dump", "15.18 cannot dump plant, a server of version 16.4: it stops with \"server version"
                        + " mismatch\"", "install pg_dump 16 or newer"),
                Finding.note("psql", "15.18 is older than plant (16.4): \\d and its family may fail", "install psql 16"));
        identity.put("server_version", "15.2");
        identity.put("in_recovery", "false");
        identity.put("ssl", "false");
        assertThat(new ServerFindings(programs()).of("plant", identity, 12)).singleElement().satisfies(f -> {
            assertThat(f.text()).contains("a primary", "no TLS");
            assertThat(f.advice()).isEqualTo("sslmode=require in its address");
        });
    }

    private List<Finding> journal() {
        return new Doctor(Duration.ofSeconds(60)).examine(List.of(new JournalProbe(place()).probe()));
    }

    @Test
    void aJournalThatIsNotThereYetLeavesNothingBehind() throws IOException {
        assertThat(journal()).first().satisfies(f -> {
            assertThat(f.status()).isNotEqualTo(Status.PROBLEM);
            assertThat(f.text()).startsWith("~/.local/state/stepmark/runs (made by the first run), forced to disk in ");
        });
        assertThat(runs).doesNotExist();
        try (var left = Files.list(root.resolve("home"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aJournalThatOthersCanChangeOrSee() throws IOException {
        Files.createDirectories(runs);
        Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(journal()).contains(Finding.problem("journal", "others can move or remove logs: its mode is rwxrwxrwx",
                "chmod 700 ~/.local/state/stepmark/runs"));
        Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(journal()).anySatisfy(f -> assertThat(f.text()).contains("others can see which runs there are"));
        Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwx------"));
        assertThat(journal()).noneSatisfy(f -> assertThat(f.text()).contains("others"));
        assertThat(journal()).extracting(Finding::name).containsExactly("journal", "disk");
    }

    @Test
    void aFileWhereTheJournalShouldBe() throws IOException {
        Files.createDirectories(runs.getParent());
        Files.writeString(runs, "");
        assertThat(journal()).singleElement().satisfies(f -> {
            assertThat(f.status()).isEqualTo(Status.PROBLEM);
            assertThat(f.text()).contains("is no directory");
        });
    }

    private Finding file(String name) {
        return only(new FileProbes(place()).all(), name);
    }

    private void written(String name, String mode, String text) throws IOException {
        Files.setPosixFilePermissions(Files.writeString(root.resolve("home").resolve(name), text),
                PosixFilePermissions.fromString(mode));
    }

    @Test
    void aPasswordFileThatIsIgnored() throws IOException {
        assertThat(file("pgpass").text()).contains("is not there");
        written(".pgpass", "rw-r-----", "*:*:*:*:secret\n");
        assertThat(file("pgpass")).isEqualTo(Finding.problem("pgpass",
                "~/.pgpass has mode rw-r-----, so psql and Stepmark ignore it", "chmod 600 ~/.pgpass"));
        written(".pgpass", "rw-------", "*:*:*:*:secret\n");
        assertThat(file("pgpass")).isEqualTo(Finding.ok("pgpass", "~/.pgpass, mode rw-------"));
    }

    @Test
    void aServiceFileThatOthersCanReadOrChange() throws IOException {
        assertThat(file("services").status()).isEqualTo(Status.OK);
        written(".pg_service.conf", "rw-r--r--", "[plant]\nhost=db1\n");
        assertThat(file("services").status()).isEqualTo(Status.OK);
        written(".pg_service.conf", "rw-r--r--", "[plant]\nhost=db1\npassword=hunter2\n");
        assertThat(file("services").status()).isEqualTo(Status.PROBLEM);
        assertThat(file("services").text()).doesNotContain("hunter2");
        written(".pg_service.conf", "rw-rw-rw-", "[plant]\nhost=db1\n");
        assertThat(file("services").advice()).isEqualTo("chmod go-w ~/.pg_service.conf");
        environment.put("PGSERVICEFILE", root.resolve("none").toString());
        assertThat(file("services").status()).isEqualTo(Status.PROBLEM);
    }

    private Finding machine(String name) {
        return only(new MachineProbes(place(), programs()).all(), name);
    }

    @Test
    void aClockThatIsWrong() throws IOException {
        assertThat(machine("clock").status()).isEqualTo(Status.OK);
        assertThat(machine("clock").text()).startsWith("2026-11-21 12:00 UTC");
        Files.createDirectories(runs.resolve("20261121-1530-abcd"));
        assertThat(machine("clock").status()).isEqualTo(Status.PROBLEM);
        assertThat(machine("clock").text()).contains("the newest run began later: 2026-11-21T15:30:00Z");
        now = Instant.parse("1970-01-01T00:00:10Z");
        assertThat(machine("clock").text()).contains("before this program was made");
    }

    @Test
    void nobodyCanBeAskedHere() {
        assertThat(machine("terminal").status()).isEqualTo(Status.NOTE);
        assertThat(machine("terminal").advice()).contains("stepmark plan RUNBOOK --questions");
        assertThat(machine("java").text()).contains(System.getProperty("java.home"));
    }
}
