package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.session.FakeSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values: asked once, checked where they go, remembered for the document, and confirmed where they become code. */
class ValuesTest {

    private static final String[] DOCUMENT = {"# Move", "", "## Look", "", "```bash", "ls /srv/<SITE>", "echo \"<SITE>\" <OWNER>", "```",
        "", "## Fetch", "", "```bash", "curl https://<HOST>/x", "```"};

    @TempDir
    Path runs;

    @Test
    void eachIsAskedOnceBeforeTheFirstStepAndQuotedForItsPlace() {
        Trial trial = trial(DOCUMENT);
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.TEXT
                ? new Reply.Text(q.id().equals("HOST") ? "db1.example.org" : "it's " + q.id(), "key") : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.asked().subList(0, 4)).containsExactly("SITE", "OWNER", "HOST", "start");
        assertThat(operator.asked()).doesNotHaveDuplicates();
        assertThat(operator.shown()).contains("3 values are needed. Enter takes the one in brackets; ? explains; q stops.");
        assertThat(texts(trial)).containsExactly("ls /srv/'it'\\''s SITE'\necho \"it's SITE\" 'it'\\''s OWNER'",
                "curl https://db1.example.org/x");
        Question site = operator.questions().get(0);
        assertThat(site.about()).containsExactly("step 1, line 6, as a word: ls /srv/<SITE>",
                "step 1, line 7, as a word: echo \"<SITE>\" <OWNER>");
        assertThat(site.offers('q')).isTrue();
    }

    @Test
    void theLastRunsValuesAreOfferedWithTheirSource() {
        Trial trial = trial(DOCUMENT);
        trial.begin(new ScriptedOperator(q -> q.kind() == Question.Kind.TEXT ? new Reply.Text("one", "key")
                : ScriptedOperator.confirm(q)));
        ScriptedOperator second = new ScriptedOperator(q -> q.kind() == Question.Kind.TEXT
                ? new Reply.Text(q.value(), "enter") : ScriptedOperator.confirm(q));

        assertThat(trial.begin(second)).isEqualTo(ExitCode.OK);
        assertThat(second.questions().subList(0, 3)).allSatisfy(q -> {
            assertThat(q.value()).isEqualTo("one");
            assertThat(q.source()).isEqualTo("from last run");
        });
        assertThat(trial.events(Event.ValueBound.class)).extracting(Event.ValueBound::source).containsOnly("last run");
    }

    @Test
    void nothingOfTheLastRunIsTakenWithoutAPerson() {
        Trial trial = trial(DOCUMENT);
        trial.begin(new ScriptedOperator(q -> q.kind() == Question.Kind.TEXT ? new Reply.Text("one", "key")
                : ScriptedOperator.confirm(q)));
        RunOptions options = Trial.batch(true, false, true, Map.of("SITE", "a", "OWNER", "b", "HOST", "c"));
        trial.options(options);
        assertThat(trial.begin(new Unattended(options).operator())).isEqualTo(ExitCode.OK);
        assertThat(trial.events(Event.ValueBound.class)).extracting(Event.ValueBound::value).containsExactly("a", "b", "c");
    }

    @Test
    void aValueThatDoesNotFitIsAskedForAgain() {
        Trial trial = trial(DOCUMENT);
        int[] asked = {0};
        ScriptedOperator operator = new ScriptedOperator(q -> q.id().equals("HOST")
                ? new Reply.Text(asked[0]++ == 0 ? "db 1" : asked[0] == 2 ? "" : "db1", "key") : q.kind() == Question.Kind.TEXT
                ? new Reply.Text("one", "key") : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.shown()).contains("  the value of HOST is no host of a URL (step 2, line 13)",
                "  Nothing was typed, and HOST needs a value. ? explains; q stops.");
        assertThat(texts(trial)).contains("curl https://db1/x");
    }

    @Test
    void aValueFromAnOptionThatDoesNotFitStopsBeforeTheFirstStep() {
        Trial trial = trial(DOCUMENT);
        trial.options(new RunOptions(Map.of(), Map.of(), Map.of("HOST", "a b"), Map.of(), Optional.empty(), Optional.empty(),
                Set.of(), Set.of(), false, false, false, Map.of()));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.REFUSED);
        assertThat(operator.problems()).extracting(Object::toString).first().asString().contains("no host of a URL");
        assertThat(texts(trial)).isEmpty();
    }

    @Test
    void aStepThatIsLeftOutNeedsNoValue() {
        Trial trial = trial(DOCUMENT);
        trial.options(new RunOptions(Map.of(), Map.of(), Map.of(), Map.of(), Optional.empty(), Optional.empty(),
                Set.of(), Set.of("1"), false, false, false, Map.of()));
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.TEXT ? new Reply.Text("db", "key")
                : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.asked()).contains("HOST").doesNotContain("SITE", "OWNER");
    }

    @Test
    void whatBecomesCodeIsConfirmedByItself() {
        String[] raw = {"# Clean", "", "## Run", "", "```bash", "<COMMAND> --all", "```"};
        Trial trial = trial(raw);
        int[] asked = {0};
        ScriptedOperator operator = new ScriptedOperator(q -> {
            if (q.id().equals("COMMAND")) {
                return new Reply.Text("nice make", "key");
            }
            return q.id().equals("step-1.raw") ? new Reply.Key(asked[0]++ == 0 ? 'n' : 'y', "key")
                    : ScriptedOperator.confirm(q);
        });

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.asked()).containsSubsequence("step-1.raw", "step-1", "step-1.raw");
        assertThat(texts(trial)).containsExactly("nice make --all");
        assertThat(trial.events(Event.QuestionAnswered.class)).filteredOn(a -> a.kind().equals("raw"))
                .extracting(Event.QuestionAnswered::answer).containsExactly("no", "yes");
    }

    @Test
    void aPasswordInAUrlGoesIntoTheEnvironmentOfTheClient() {
        String[] document = {"# Dump", "", "## Dump it", "", "```bash", "pg_dump postgres://me:<DB_PASSWORD>@db/factory -f x.sql",
            "curl -u me:<DB_PASSWORD> https://db", "```"};
        Trial trial = trial(document);
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(texts(trial)).containsExactly("PGPASSWORD=\"${STEPMARK_SECRET_DB_PASSWORD}\" pg_dump postgres://me@db/factory -f"
                + " x.sql\ncurl -u me:\"${STEPMARK_SECRET_DB_PASSWORD}\" https://db");
        assertThat(operator.cards().toString()).contains("warning: the secret DB_PASSWORD becomes an argument of curl");
    }

    private Trial trial(String... lines) {
        return new Trial(runs, lines).shell(() -> new FakeSession().otherwise((request, sink, running) -> FakeSession.done(0)));
    }

    private static List<String> texts(Trial trial) {
        return trial.events(Event.ExecStarted.class).stream().filter(e -> e.origin() == Event.Origin.STEP)
                .map(e -> new String(trial.log().artefact(e.text()), StandardCharsets.UTF_8)).toList();
    }
}
