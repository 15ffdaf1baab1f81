package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.StepState;
import dev.stepmark.testing.Cli;
import dev.stepmark.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every kind of question, printed as an answers file, filled in, and used by a run that nobody attends. */
class AnswersRoundTripTest extends BadInput {

    private static final Pattern ENTRY = Pattern.compile("(?m)^([^#\\s][^:]*):(.*)$");
    private static final String SECRET = "a-key-of-some-length";

    private final EmbeddedServer server = EmbeddedServer.get();
    private String database;
    private String file;

    @BeforeEach
    void prepare() {
        database = server.freshDatabase();
        server.execute(database, "CREATE TABLE orders (id int, name text)",
                "INSERT INTO orders VALUES (1, 'bolts'), (2, 'bolts'), (3, 'nuts')");
        cli.with("PGPORT", Integer.toString(server.port())).with("ORDERS_KEY", SECRET);
        file = document("---", "title: Every kind of question", "variables:",
                "  AREA: {default: north, description: the area of the plant}",
                "  LINE: {description: the line of the plant}",
                "  ORDERS_KEY: {secret: true, from: {env: ORDERS_KEY}}", "---", "",
                "# Every kind of question", "",
                "1. Tell the people on shift", "",
                "2. (Optional) Say who is on shift", "", "   ```bash", "   touch " + mark("optional"), "   ```", "",
                "3. Write down the area", "", "   ```bash",
                "   echo \"$AREA $LINE ${#ORDERS_KEY}\" > " + mark("values"), "   ```", "",
                "4. Keep a list of the files", "", "   ```sql", "   ls -l " + directory, "   ```", "",
                "5. Open the database", "", "   ```bash", "   psql -d " + database, "   ```", "",
                "6. Look for orders that are there twice", "", "   ```sql",
                "   SELECT name FROM orders GROUP BY name HAVING count(*) > 1;", "   ```", "",
                "7. If there are any, delete those", "", "   ```sql", "   DELETE FROM orders WHERE id = 2;", "   ```",
                "",
                "8. If the plant is closed, switch off the light", "", "   ```bash", "   touch " + mark("closed"),
                "   ```", "",
                "9. Leave", "", "   ```sql", "   exit", "   ```");
    }

    private void environmentNamesTheServer() {
        cli.with("PGHOST", "localhost").with("PGUSER", "postgres");
    }

    /** What {@code plan --questions} prints, with every empty id answered by yes. */
    private String filled() {
        Cli.Result questions = cli.run("plan", file, "--questions");
        assertThat(questions.exit()).isZero();
        assertThat(ids(questions.out())).as("ids").allMatch(id -> id.matches("[A-Za-z0-9._-]+")).doesNotHaveDuplicates();
        return questions.out().replaceAll("(?m)^([A-Za-z0-9._-]+):$", "$1: yes");
    }

    private static List<String> ids(String text) {
        List<String> out = new ArrayList<>();
        Matcher matcher = ENTRY.matcher(text);
        while (matcher.find()) {
            out.add(matcher.group(1));
        }
        return out;
    }

    private Cli.Result run(String answers, String... more) {
        List<String> args = new ArrayList<>(List.of("run", file, "--answers", file("answers.yaml", answers)));
        args.addAll(Arrays.asList(more));
        return cli.run(args.toArray(String[]::new));
    }

    @Test
    void everyQuestionIsAskedOnceAndOnlyKnownValuesArePrefilled() {
        String questions = cli.run("plan", file, "--questions").out();
        assertThat(ids(questions)).containsExactly("AREA", "psql1.host", "psql1.user", "start", "step-1", "step-2",
                "step-3", "step-4.as-shell", "step-4", "step-5.opens-session", "step-5", "step-6", "step-7.condition",
                "step-7", "step-8.applies", "step-8", "step-9");
        assertThat(questions.lines().filter(l -> l.matches("[^#\\s]+: .+"))).containsExactly("AREA: north",
                "psql1.host: localhost", "psql1.user: " + System.getProperty("user.name"), "step-2: no");
        assertThat(questions).contains("# LINE:", "# Secret ORDERS_KEY", "variable ORDERS_KEY",
                "--allow destructive").doesNotContain(SECRET);
        environmentNamesTheServer();
        assertThat(ids(cli.run("plan", file, "--questions").out())).doesNotContain("psql1.host", "psql1.user");
        assertThat(cli.runs()).as("plan runs nothing").isEmpty();
    }

    @Test
    void withEveryAnswerItRuns() {
        environmentNamesTheServer();
        says(run(filled(), "--set", "LINE=7", "--allow", "destructive"), DONE, "Finished Every kind of question");
        allDone();
        assertThat(text(mark("values"))).isEqualTo("north 7 " + SECRET.length() + "\n");
        assertThat(answers()).contains("psql1").as("kept with who said it");
    }

    @Test
    void withoutTheServerInTheEnvironmentTheFileNamesIt() {
        String answers = filled().replaceFirst("psql1.user: .*", "psql1.user: postgres") + "LINE: \"seven: 7\"\n";
        says(run(answers, "--allow", "destructive"), DONE, "Finished Every kind of question");
        allDone();
        assertThat(text(mark("values"))).startsWith("north seven: 7 ");
    }

    private void allDone() {
        log(StepState.DONE, StepState.SKIPPED, StepState.DONE, StepState.DONE, StepState.DONE, StepState.DONE,
                StepState.DONE, StepState.DONE, StepState.DONE);
        assertThat(mark("optional")).doesNotExist();
        assertThat(mark("closed")).exists();
        assertThat(orders()).isEqualTo(2);
        assertThat(text(cli.run().resolve("journal.jsonl"))).doesNotContain(SECRET);
    }

    private String answers() {
        return events(cli.run()).stream().map(Envelope::event).filter(Event.SessionOpened.class::isInstance)
                .map(e -> ((Event.SessionOpened) e).session()).reduce("", (a, b) -> a + " " + b);
    }

    @Test
    void withoutTheFileTheListCanBePasted() {
        environmentNamesTheServer();
        Cli.Result refused = cli.run("run", file);
        says(refused, REFUSED, "answers are missing, so nothing was run", "# LINE:");
        assertThat(cli.runs()).isEmpty();
        String list = refused.err().substring(refused.err().indexOf('\n') + 1);
        assertThat(ids(list)).containsExactlyInAnyOrder("start", "step-1", "step-3", "step-4.as-shell", "step-4",
                "step-5.opens-session", "step-5", "step-6", "step-7.condition", "step-7", "step-8.applies", "step-8",
                "step-9");
        String pasted = list.replaceAll("(?m)^([A-Za-z0-9._-]+):$", "$1: yes").replace("# LINE:", "LINE: 7");
        says(run(pasted, "--allow", "destructive"), DONE, "Finished Every kind of question");
        allDone();
    }

    @Test
    void oneMissingAnswerIsNamedAloneAndNothingIsChanged() {
        environmentNamesTheServer();
        String complete = filled() + "LINE: 7\n";
        List<String> needed = new ArrayList<>(ids(complete));
        needed.removeAll(List.of("AREA", "step-2")); // these have a default
        assertThat(needed).hasSize(14);
        for (String id : needed) {
            Cli.Result result = run(complete.replaceFirst("(?m)^" + Pattern.quote(id) + ": .*\\n", ""), "--allow",
                    "destructive");
            says(result, REFUSED, "1 answer is missing, so nothing was run");
            assertThat(ids(result.err().replace("# LINE:", "LINE:"))).as(id).containsExactly("error", id);
        }
        Cli.Result notAllowed = run(complete);
        says(notAllowed, REFUSED, "step 7, destructive: give --allow destructive");
        assertThat(cli.runs()).isEmpty();
        assertThat(mark("values")).doesNotExist();
        assertThat(orders()).isEqualTo(3);
    }

    @Test
    void aNoIsObeyed() {
        environmentNamesTheServer();
        String answers = filled().replace("step-8.applies: yes", "step-8.applies: no").replace("step-1: yes",
                "step-1: no").replace("step-2: no", "step-2: yes").replace("AREA: north", "AREA: south");
        says(run(answers, "--set", "LINE=7", "--allow", "destructive"), DONE, "does not apply");
        log(StepState.SKIPPED, StepState.DONE, StepState.DONE, StepState.DONE, StepState.DONE, StepState.DONE,
                StepState.DONE, StepState.NOT_APPLICABLE, StepState.DONE);
        assertThat(mark("optional")).exists();
        assertThat(mark("closed")).doesNotExist();
        assertThat(text(mark("values"))).startsWith("south 7");
    }

    @Test
    void noToTheStartRunsNothing() {
        environmentNamesTheServer();
        Cli.Result result = run(filled().replace("start: yes", "start: no"), "--set", "LINE=7", "--allow",
                "destructive");
        assertThat(result.exit()).as(result.all()).isIn(REFUSED, 4);
        assertThat(result.err()).contains("Nothing was run");
        assertThat(mark("values")).doesNotExist();
    }

    private int orders() {
        try (Connection connection = server.connect(database); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM orders")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
