package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Journal;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.plan.Window;
import dev.stepmark.secret.Masker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long a step took before, and the end of the window that a run has. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowTest {

    private static final String SQL = "SELECT 1;";
    private static final Instant NOW = Instant.parse("2026-11-20T22:00:00Z");
    private static final ZonedDateTime ELEVEN = ZonedDateTime.of(2026, 11, 20, 23, 0, 0, 0, ZoneId.of("Europe/Berlin"));

    @TempDir
    private Path runs;

    private Trial trial() {
        return new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Look",
                "1. Look:", "   ```sql", "   " + SQL, "   ```").at(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static RunOptions options(boolean yes, Optional<Instant> end, boolean none, boolean late) {
        return new RunOptions(Map.of(), Map.of(), Map.of(), Map.of(), Optional.empty(), Optional.empty(), Set.of(),
                Set.of(), yes, false, false, Map.of(), new Window(end, none, late));
    }

    private static RunOptions until(Instant end) {
        return options(false, Optional.of(end), false, false);
    }

    /** A run of the same document in which the text took this long. */
    private RunDirectory earlier(String path, String text, long millis, Map<String, String> identity) {
        RunDirectory run = RunDirectory.create(runs, Clock.fixed(NOW.minusSeconds(86_400), ZoneOffset.UTC));
        try (Journal journal = Journal.create(run.path(), run.id(), "test@here", Clock.systemUTC(), Masker.none())) {
            Log log = new Log(journal, Masker.none(), null);
            log.append(new Event.RunStarted(path, "", "", "", "Look", "test", Map.of(), Map.of(), false));
            log.append(new Event.SessionOpened("factory", "", "jdbc", "", identity, -1));
            Unit unit = Unit.block("1", "1.1").statement(0);
            log.append(new Event.ExecStarted("x1", "", Event.Origin.STEP, unit, 1, "factory", "", log.text(text), "",
                    "read-only", false, ""));
            log.append(new Event.ExecFinished("x1", "done", 0, List.of(), "", 1, List.of(), List.of(), "", millis,
                    List.of(), List.of()));
        }
        return run;
    }

    private static List<StepCard.Fact> facts(ScriptedOperator operator) {
        return operator.cards().stream().flatMap(c -> c.facts().stream()).toList();
    }

    @Test
    void whatItTookBeforeStandsBesideIt() {
        earlier("/runbook.md", SQL, 900, Map.of());
        earlier("/runbook.md", SQL, 1_410, Map.of("database", "factory"));
        earlier("/runbook.md", SQL, 99_000, Map.of("database", "staging"));
        earlier("/runbook.md", "SELECT 2;", 98_000, Map.of());
        earlier("/other.md", SQL, 97_000, Map.of());
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial().begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(facts(operator)).containsExactly(new StepCard.Fact("Earlier", "0.90 to 1.41 s in 2 runs"));
    }

    @Test
    void theNewestTwentyRunsAreLookedAt() {
        for (int i = 0; i < 25; i++) {
            earlier("/runbook.md", SQL, 1_000, Map.of());
        }
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial().begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(facts(operator)).containsExactly(new StepCard.Fact("Earlier", "1.00 s in 20 runs"));
    }

    @Test
    void whatCannotBeReadSaysNothing() throws IOException {
        RunDirectory damaged = earlier("/runbook.md", SQL, 900, Map.of());
        Files.writeString(damaged.journal(), Files.readString(damaged.journal()).replace("\"attempt\":1", "\"attempt\":2"));
        RunDirectory torn = earlier("/runbook.md", SQL, 901, Map.of());
        Files.writeString(torn.journal(), "not a record\n");
        Files.createDirectory(runs.resolve("20261101-0000-aaaa"));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial().begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(facts(operator)).isEmpty();
    }

    @Test
    void aStepThatUsuallyTakesLongerThanWhatIsLeftWantsALetter() {
        earlier("/runbook.md", SQL, 1_860_000, Map.of());
        Trial trial = trial().options(until(NOW.plusSeconds(1_200)));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(facts(operator)).contains(new StepCard.Fact("Window",
                "late: 00:20:00 left, and it took 00:31:00 in 1 run"));
        assertThat(operator.questions()).filteredOn(q -> q.id().equals("step-1")).extracting(Question::enter)
                .containsExactly((char) 0);
        assertThat(trial.events(Event.Decided.class)).extracting(Event.Decided::evidence)
                .containsExactly("late: 00:20:00 left, and it took 00:31:00 in 1 run");
    }

    @Test
    void withTimeEnoughNothingChanges() {
        earlier("/runbook.md", SQL, 1_000, Map.of());
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial().options(until(NOW.plusSeconds(1_200))).begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.shown().get(0)).contains("Window", "00:20:00 left");
        assertThat(operator.questions()).filteredOn(q -> q.id().equals("step-1")).extracting(Question::enter)
                .containsExactly('r');
    }

    @Test
    void aRunThatGoesOnKeepsItsWindowOrGetsAnother() {
        Trial trial = trial().options(until(NOW.plusSeconds(1_200)));
        ScriptedOperator stops = new ScriptedOperator(q -> new Reply.Key(q.id().equals("step-1") ? 'q' : 'y', "key"));
        assertThat(trial.begin(stops)).isEqualTo(ExitCode.STOPPED);

        ScriptedOperator later = new ScriptedOperator(q -> new Reply.Key(q.id().equals("step-1") ? 'q' : 'y', "key"));
        trial.options(RunOptions.NONE).at(Clock.fixed(NOW.plusSeconds(1_930), ZoneOffset.UTC));
        assertThat(trial.resume(later)).isEqualTo(ExitCode.STOPPED);
        assertThat(String.join("\n", later.shown())).contains("; over 00:12:10 ago", "  . Window     over since ",
                "late: the window is over");

        ScriptedOperator without = new ScriptedOperator();
        assertThat(trial.options(options(false, Optional.empty(), true, false)).resume(without)).isEqualTo(ExitCode.OK);
        assertThat(String.join("\n", without.shown())).doesNotContain("Window");
    }

    @Test
    void withNobodyThereItDoesNotBeginUnlessThatIsAllowed() {
        earlier("/runbook.md", SQL, 1_860_000, Map.of());
        RunOptions given = options(true, Optional.of(NOW.plusSeconds(1_200)), false, false);
        Unattended nobody = new Unattended(given);

        assertThat(trial().options(given).begin(nobody.operator())).isEqualTo(ExitCode.REFUSED);
        assertThat(nobody.text()).contains("step 1 is too late: 00:20:00 left, and it took 00:31:00 in 1 run",
                "The step was not started.", "--allow late");
        RunOptions allowed = options(true, Optional.of(NOW.plusSeconds(1_200)), false, true);
        assertThat(trial().options(allowed).begin(new Unattended(allowed).operator())).isEqualTo(ExitCode.OK);
    }

    private static Instant parse(String text, ZonedDateTime now) {
        return Window.parse(text, false, now).end().orElseThrow();
    }

    @Test
    void aTimeOfDayIsTheNextOne() {
        assertThat(parse("04:00", ELEVEN)).isEqualTo("2026-11-21T03:00:00Z");
        assertThat(parse("04:00", ELEVEN.withHour(4).withMinute(10))).isEqualTo("2026-11-21T03:00:00Z");
        assertThat(parse("04:00", ELEVEN.withHour(3))).isEqualTo("2026-11-20T03:00:00Z");
        assertThat(parse("23:30", ELEVEN)).isEqualTo("2026-11-20T22:30:00Z");
        assertThat(parse("2026-11-22T04:00", ELEVEN)).isEqualTo("2026-11-22T03:00:00Z");
        assertThat(parse("2026-11-22T04:00Z", ELEVEN)).isEqualTo("2026-11-22T04:00:00Z");
        assertThat(parse("+2h", ELEVEN)).isEqualTo("2026-11-21T00:00:00Z");
        assertThat(parse("+1h30m", ELEVEN)).isEqualTo("2026-11-20T23:30:00Z");
        ZonedDateTime beforeSummerTime = ZonedDateTime.of(2026, 3, 28, 23, 0, 0, 0, ZoneId.of("Europe/Berlin"));
        assertThat(parse("04:00", beforeSummerTime)).as("four hours away, not five").isEqualTo("2026-03-29T02:00:00Z");
        for (String wrong : List.of("", "4", "25:00", "+", "+x", "tomorrow", "2026-11-19T04:00", "+0m")) {
            assertThatThrownBy(() -> Window.parse(wrong, false, ELEVEN)).as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
