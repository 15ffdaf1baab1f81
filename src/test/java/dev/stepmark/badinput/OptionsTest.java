package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that cannot be meant. */
class OptionsTest extends BadInput {

    private String simple() {
        return document("# Work", "", "```bash", "echo ran > " + mark("ran"), "```");
    }

    private void refusedUnrun(Cli.Result result, int exit, String... words) {
        refused(result, exit, words);
        assertThat(mark("ran")).doesNotExist();
    }

    @Test
    void aCommandThatIsNone() {
        refused(cli.run("rnu", "work.md"), USAGE, "\"rnu\" is no command", "nearest is run", "stepmark --help");
        refused(cli.run("frobnicate"), USAGE, "\"frobnicate\" is no command", "stepmark --help");
    }

    @Test
    void anOptionThatIsNone() {
        refusedUnrun(cli.run("run", simple(), "--yess"), USAGE, "unknown option: '--yess'", "The nearest is --yes",
                "stepmark run --help");
    }

    @Test
    void anOptionWithoutItsValueAndACommandWithoutItsFile() {
        refusedUnrun(cli.run("run", simple(), "--yes", "--journal"), USAGE, "--journal", "stepmark run --help");
        refused(cli.run("run"), USAGE, "RUNBOOK", "stepmark run --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "0.9.x", "", "0..9", "-3.1"})
    void anInstalledVersionThatIsNone(String version) {
        refusedUnrun(cli.run("run", simple(), "--yes", "--installed-version=" + version), USAGE,
                "\"" + version + "\" is no version", "one to four numbers", "Nothing was run");
    }

    @Test
    void aTargetThatIsNone() {
        refusedUnrun(cli.run("run", simple(), "--yes", "--target", "nonsense"), USAGE,
                "--target nonsense is no target", "Nothing was run", "--target local");
        refusedUnrun(cli.run("run", simple(), "--yes", "--target", "pod/factory-0"), USAGE, "is not supported yet",
                "Nothing was run", "--target local");
        refusedUnrun(cli.run("run", simple(), "--yes", "--target", "shel=local"), USAGE, "there is no session \"shel\"",
                "Nothing was run");
    }

    @Test
    void aSecretOnTheCommandLine() {
        Cli.Result result = cli.run("run", simple(), "--yes", "--set", "DB_PASSWORD=hunter2hunter2");
        refusedUnrun(result, USAGE, "--set DB_PASSWORD=... would put a secret on the command line",
                "Other users can see it", "from: {env: DB_PASSWORD}");
        assertThat(result.all()).doesNotContain("hunter2hunter2");
    }

    @Test
    void aDeclaredSecretByAnyName() {
        String file = document("---", "variables:", "  ORDERS_KEY: {secret: true}", "  CODE: {secret: true}", "---",
                "", "# Work", "", "```bash", "echo ran > " + mark("ran"), "```");
        Cli.Result result = cli.run("run", file, "--yes", "--set", "CODE=hunter2hunter2");
        refusedUnrun(result, USAGE, "--set CODE=... would put a secret on the command line");
        assertThat(result.all()).doesNotContain("hunter2hunter2");
    }

    @Test
    void aValueThatTheRunbookDoesNotHave() {
        String file = document("---", "variables:", "  AREA: {default: north}", "---", "", "# Work", "", "```bash",
                "echo $AREA > " + mark("ran"), "```");
        refusedUnrun(cli.run("run", file, "--yes", "--set", "AERA=south"), USAGE, "has no value AERA",
                "The nearest is AREA", "Nothing was run");
        refusedUnrun(cli.run("run", file, "--yes", "--set", "AREA"), USAGE, "--set AREA has no value",
                "--set NAME=VALUE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "http://localhost/orders", "orders=", "orders=jdbc:postgresql://localhost/x",
        "orders=postgresql://localhost:notaport/x"})
    void anAddressThatIsNone(String connect) {
        String file = document("# Work", "", "```sql {connection=orders}", "SELECT 1;", "```");
        refused(cli.run("run", file, "--yes", "--connect", connect), USAGE, "--connect", "Nothing was run",
                "postgresql://");
    }

    @Test
    void aConnectionThatTheRunbookDoesNotHave() {
        String file = document("# Work", "", "```sql {connection=orders}", "SELECT 1;", "```");
        refused(cli.run("run", file, "--yes", "--connect", "order=postgresql://postgres@localhost/x"), USAGE,
                "there is no connection \"order\"", "The nearest is orders", "Nothing was run");
    }

    @Test
    void aConnectionWithoutAnAddress() {
        String file = document("# Work", "", "```sql {connection=orders}", "SELECT 1;", "```");
        says(cli.run("run", file, "--yes"), REFUSED, "answers are missing, so nothing was run",
                "The host for database session orders?", "--connect orders=URL", "orders.host:");
        assertThat(cli.runs()).isEmpty();
    }

    @Test
    void aPasswordInAnAddress() {
        String file = document("# Work", "", "```sql {connection=orders}", "SELECT 1;", "```");
        Cli.Result result = cli.run("run", file, "--yes", "--connect",
                "orders=postgresql://postgres:hunter2hunter2@localhost/x");
        refused(result, USAGE, "password", "Other users can see it");
        assertThat(result.all()).doesNotContain("hunter2hunter2");
    }

    @Test
    void stepsThatAreNone() {
        refusedUnrun(cli.run("run", simple(), "--yes", "--start-at", "9"), USAGE, "there is no step \"9\"",
                "Nothing was run", "stepmark plan");
        refusedUnrun(cli.run("run", simple(), "--yes", "--skip", "backup"), USAGE, "there is no step \"backup\"");
        refusedUnrun(cli.run("run", simple(), "--yes", "--allow", "all"), USAGE, "--allow all", "--allow destructive");
    }

    @Test
    void aLowerVersionIsRefusedAndNothingRan() {
        String file = document("---", "title: Work", "minimum_version: 0.9.0", "maximum_version: 0.9.10", "---", "",
                "# Work", "", "```bash", "echo ran > " + mark("ran"), "```");
        says(cli.run("run", file, "--yes", "--installed-version", "0.8.12"), REFUSED, "0.9.0", "0.8.12",
                "Nothing was run", "work.md:3");
        assertThat(mark("ran")).doesNotExist();
        log(dev.stepmark.journal.StepState.PENDING);
        assertThat(text(cli.run().resolve("journal.jsonl"))).doesNotContain("ExecStarted");
    }

    @Test
    void aHigherVersionIsRefusedToo() {
        String file = document("---", "title: Work", "maximum_version: 0.9.5", "---", "", "# Work", "", "```bash",
                "echo ran > " + mark("ran"), "```");
        says(cli.run("run", file, "--yes", "--installed-version", "0.9.10"), REFUSED, "0.9.5", "0.9.10",
                "Nothing was run");
        assertThat(mark("ran")).doesNotExist();
    }

    @Test
    void withoutAVersionItRefusesWithALine() {
        String file = document("---", "title: Work", "maximum_version: 0.9.5", "---", "", "# Work", "", "```bash",
                "echo ran > " + mark("ran"), "```");
        says(cli.run("run", file, "--yes"), REFUSED, "1 answer is missing, so nothing was run",
                "--installed-version");
        assertThat(cli.runs()).isEmpty();
        assertThat(mark("ran")).doesNotExist();
    }

    @Test
    void aProgramThatIsRequiredAndMissing() {
        String file = document("---", "title: Work", "requires: {no-such-program-here: \"*\"}", "---", "", "# Work",
                "", "```bash", "echo ran > " + mark("ran"), "```");
        says(cli.run("run", file, "--yes"), REFUSED, "not on the path: no-such-program-here", "requires",
                "No step was started", "install no-such-program-here");
        assertThat(mark("ran")).doesNotExist();
        log(dev.stepmark.journal.StepState.PENDING);
    }
}
