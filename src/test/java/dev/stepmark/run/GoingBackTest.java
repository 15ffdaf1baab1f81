package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.StepState;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.Outcome;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /goto} and {@code /rerun}: what runs, what stays, what becomes stale, and what a crash leaves of it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GoingBackTest {

    private static final String[] DOCUMENT = {"---", "connections: {factory: \"postgresql://localhost/factory\"}", "---",
        "# Move", "1. Look for rows:", "   ```sql {capture=found}", "   SELECT 1;", "   ```",
        "2. Copy them:", "   ```sql {when=\"found.rowCount > 0\"}", "   INSERT INTO b SELECT 1;", "   ```",
        "3. Change them:", "   ```sql {name=change}", "   UPDATE a SET x = 1;", "   ```",
        "4. Tell the team", "5. Note it:", "   ```sql {needs=change}", "   INSERT INTO log VALUES (1);", "   ```"};
    private static final String COPY = "factory, alone: INSERT INTO b SELECT 1;";
    private static final String CHANGE = "factory, alone: UPDATE a SET x = 1;";
    private static final String NOTE = "factory, alone: INSERT INTO log VALUES (1);";

    @TempDir
    private Path runs;

    /** A person who answers some questions by a list, one after the other, and confirms the rest. */
    private static final class Person extends ScriptedOperator {

        private Person(Map<String, Deque<Reply>> answers) {
            super(q -> {
                Deque<Reply> own = answers.getOrDefault(q.id(), new ArrayDeque<>());
                return own.isEmpty() ? confirm(q) : own.poll();
            });
        }

        /** Question ids, each followed by what is answered: a key, or a command with its slash. */
        static Person saying(String... script) {
            Map<String, Deque<Reply>> answers = new HashMap<>();
            for (int i = 0; i < script.length; i += 2) {
                answers.computeIfAbsent(script[i], k -> new ArrayDeque<>()).add(reply(script[i + 1]));
            }
            return new Person(answers);
        }

        private static Reply reply(String text) {
            if (text.startsWith("/")) {
                String[] words = text.substring(1).split(" ", 2);
                return new Reply.Command(words[0], words.length < 2 ? "" : words[1]);
            }
            return text.length() == 1 ? new Reply.Key(text.charAt(0), "key") : new Reply.Text(text, "key");
        }

        String said() {
            return String.join("\n", shown());
        }
    }

    private Trial trial() {
        return new Trial(runs, DOCUMENT);
    }

    private static StepState state(Trial trial, String id) {
        Step step = trial.runbook().step(id).orElseThrow();
        return new Progress(trial.runbook(), trial.log().state()).step(step);
    }

    @Test
    void forwardPassesOverAndTheRunDoesNotFinishWithoutThem() {
        Trial trial = trial();
        Person person = Person.saying("step-2", "/goto 5", "remaining", "r");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.said()).contains("Passed over, still to do: 2, 3, 4.", "3 steps are left",
                "    2  Copy them: passed over");
        assertThat(trial.database().effects()).containsExactly(NOTE, COPY, CHANGE, NOTE);
        assertThat(person.asked()).as("what needs a step that was done later is stale").contains("step-5.stale");
        assertThat(trial.events(Event.WentTo.class)).extracting(Event.WentTo::to, Event.WentTo::again)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("5", false),
                        org.assertj.core.groups.Tuple.tuple("2", false),
                        org.assertj.core.groups.Tuple.tuple("5", true));
    }

    @Test
    void whatIsLeftDoesNotBecomePartOfAnOpenTransaction() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---",
                "# Open", "1. Copy them:", "   ```sql", "   INSERT INTO b SELECT 1;", "   ```", "2. Change them:",
                "   ```sql", "   BEGIN;", "   UPDATE a SET x = 1;", "   ```");
        Person person = Person.saying("step-1", "/goto 2", "remaining", "r", "remaining", "q", "stop", "y");

        assertThat(trial.begin(person)).as(person.said()).isEqualTo(ExitCode.STOPPED);
        assertThat(person.said()).contains("A transaction is open that began after step 1", "q rolls it back");
        assertThat(trial.events(Event.WentTo.class)).extracting(Event.WentTo::to).containsExactly("2");
        assertThat(trial.database().effects()).isEmpty();
        assertThat(trial.resume(Person.saying("step-2", "/goto 1", "step-2", "q", "stop", "y")))
                .isEqualTo(ExitCode.STOPPED);
        assertThat(trial.database().effects()).as("before the transaction").containsExactly(COPY);
    }

    @Test
    void whatIsLeftCanBeSkippedEachWithAReason() {
        Trial trial = trial();
        Person person = Person.saying("step-2", "/goto 5", "remaining", "s", "step-2.reason", "not today");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).containsExactly(NOTE);
        assertThat(trial.events(Event.Decided.class)).filteredOn(d -> d.action() == Event.Action.SKIP)
                .extracting(d -> d.unit().step() + ": " + d.reason())
                .containsExactly("2: not today", "3: because of the test", "4: because of the test");
    }

    @Test
    void stoppedAtTheEndTheRunGoesOnWithWhatIsLeft() {
        Trial trial = trial();
        assertThat(trial.begin(Person.saying("step-2", "/goto 5", "remaining", "q", "stop", "y")))
                .isEqualTo(ExitCode.STOPPED);
        Person person = Person.saying("remaining", "r", "step-5.stale", "m", "step-5.reason", "it says the same");

        assertThat(trial.resume(person)).isEqualTo(ExitCode.OK);
        assertThat(person.asked()).doesNotContain("step-1").containsSubsequence("remaining", "step-2", "step-3",
                "step-4", "step-5.stale");
        assertThat(trial.database().effects()).containsExactly(NOTE, COPY, CHANGE);
        assertThat(trial.events(Event.StillValid.class)).extracting(Event.StillValid::reason)
                .containsExactly("it says the same");
        assertThat(person.said()).contains("5  stale, said to be valid: \"it says the same\"");
    }

    @Test
    void nothingIsDoneAgainWithoutTwoConfirmations() {
        Trial trial = trial();
        Person person = Person.saying("step-4", "/goto 3", "goto-3", "n", "step-4", "/goto 3", "goto-3", "y",
                "step-3", "r", "step-3", "s");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.said()).contains("Going back undoes nothing: what 3 did stays as it is", "Nothing was changed.",
                "skipped 3  not done again: it stays as it was");
        assertThat(trial.database().effects()).as("left as it was by s").containsExactly(COPY, CHANGE, NOTE);
        assertThat(state(trial, "3")).isEqualTo(StepState.DONE);
        assertThat(trial.events(Event.WentTo.class)).hasSize(1);
    }

    @Test
    void whatRestsOnAResultThatIsNewIsStaleAndSaysSo() {
        Trial trial = trial();
        Person person = Person.saying("step-3", "/goto 1", "goto-1", "y", "step-2.stale", "/list");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.said()).contains("Becomes stale when it runs: 2, which rests on it.",
                "    2  stale           Copy them", "Stale: step 1 ran at ", "its condition looks at the result");
        assertThat(person.cards()).extracting(StepCard::right).contains("STALE, write, SQL");
        assertThat(trial.database().effects()).containsExactly(COPY, COPY, CHANGE, NOTE);
        assertThat(trial.events(Event.ExecStarted.class)).extracting(e -> e.unit().step() + "#" + e.attempt())
                .containsExactly("1#1", "2#1", "1#2", "2#2", "3#1", "5#1");
    }

    @Test
    void aStepThatDidNotApplyIsLookedAtAgainWhenTheResultIsNew() {
        Trial trial = trial();
        Outcome none = new Outcome.Done(0, List.of(), List.of(new dev.stepmark.session.Result("SELECT 0", List.of(),
                List.of(), 0, false)), Outcome.Transaction.NONE, Optional.empty());
        trial.database().onceOn("SELECT 1;", none);
        Person person = Person.saying("step-3", "/goto 1", "goto-1", "y");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.asked()).contains("step-2.stale");
        assertThat(trial.database().effects()).containsExactly(COPY, CHANGE, NOTE);
        assertThat(state(trial, "2")).isEqualTo(StepState.DONE);
    }

    @Test
    void rerunComesBack() {
        Trial trial = trial();
        Person person = Person.saying("step-2", "/goto 4", "step-5", "/rerun 1", "goto-1", "y", "remaining", "s");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.asked()).containsSubsequence("step-5", "goto-1", "step-1", "step-5", "remaining");
        assertThat(trial.database().effects()).containsExactly(NOTE);
    }

    @Test
    void fromAFailureToTheStepThatItRestsOn() {
        Trial trial = trial();
        trial.database().onceOn("INSERT INTO b SELECT 1;", new Outcome.Failed("23505", "ERROR: duplicate",
                Outcome.Transaction.NONE));
        Person person = Person.saying("step-2.failed", "/goto 1", "goto-1", "y");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.results()).anyMatch(r -> r.facts().contains(new StepCard.Fact("To do",
                "look again with step 1: /goto 1")));
        assertThat(trial.database().effects()).containsExactly(COPY, CHANGE, NOTE);
        assertThat(person.asked()).as("confirmed anew after the failure").containsSubsequence("step-2.failed", "step-1",
                "step-2");
    }

    @Test
    void whereNobodyCanGo() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Move",
                "1. Look:", "   ```sql", "   SELECT 1;", "   ```", "2. Open:", "   ```sql", "   BEGIN;", "   ```",
                "3. Keep:", "   ```sql", "   COMMIT;", "   ```", "", "## Rollback", "", "1. Undo:", "   ```sql",
                "   DELETE FROM a;", "   ```");
        Person person = Person.saying("step-1", "/goto 9", "step-1", "/goto 1", "step-1", "/goto 4", "step-1",
                "/rerun 2", "step-3.commit", "/goto 1");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.said()).contains("There is no step \"9\"; /list shows them.",
                "Step 1 is the one that this question is about.", "Step 4 stands in a section that a plain run leaves out.",
                "Step 2 has not run yet: /goto 2 goes there.", "A transaction is open; it is ended or undone as a whole");
        assertThat(trial.events(Event.WentTo.class)).isEmpty();
    }

    @Test
    void aTextForOneDatabaseDoesNotReachAnother() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Move",
                "1. Change:", "   ```sql", "   UPDATE a SET x = 1;", "   ```", "2. Go on:", "   ```sql", "   \\c other",
                "   ```", "3. There:", "   ```sql", "   UPDATE c SET x = 1;", "   ```");
        Person person = Person.saying("step-3", "/goto 1", "step-3", "/goto 2", "goto-2", "y");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.said()).contains("Step 1 ran in database factory, and session ", " is in other now.");
        assertThat(trial.database().effects()).containsExactly("factory, alone: UPDATE a SET x = 1;",
                "other, alone: UPDATE c SET x = 1;");
    }

    @Test
    void aStepThatMovesItsSessionMakesLaterOnesStale() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Move",
                "1. Set:", "   ```sql", "   SET work_mem TO '64MB';", "   ```", "2. Change:", "   ```sql",
                "   UPDATE a SET x = 1;", "   ```", "3. Tell the team", "4. Copy:", "   ```sql",
                "   INSERT INTO b SELECT 1;", "   ```");
        Person person = Person.saying("step-4", "/goto 1", "goto-1", "y", "step-2.stale", "m");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.asked()).contains("step-2.stale").doesNotContain("step-3.stale");
        assertThat(trial.database().effects()).containsExactly("factory, alone: UPDATE a SET x = 1;", COPY);
    }

    @Test
    void unattendedNothingThatAPersonLeftIsDecided() {
        Trial trial = trial();
        assertThat(trial.begin(Person.saying("step-2", "/goto 5", "remaining", "q", "stop", "y")))
                .isEqualTo(ExitCode.STOPPED);
        trial.options(Trial.batch(true, false, true, Map.of()));
        Unattended nobody = new Unattended(Trial.batch(true, false, true, Map.of()));

        assertThat(trial.resume(nobody.operator())).isEqualTo(ExitCode.REFUSED);
        assertThat(nobody.text()).contains("3 steps of this run were left for a person to decide", "2  Copy them: passed"
                + " over");
        assertThat(trial.database().effects()).containsExactly(NOTE);
    }

    /** The person decides by the log alone, as one who comes back after a crash does. */
    private static ScriptedOperator goesBackOnce(Trial trial) {
        return new ScriptedOperator(q -> {
            boolean moved = trial.log().state().wentTo().isPresent();
            if (q.id().equals("step-4") && !moved) {
                return new Reply.Command("goto", "1");
            }
            return ScriptedOperator.confirm(q);
        });
    }

    @Test
    void diesAfterAnyRecordAndIsAsIfNothingHadHappened() {
        Trial calm = trial();
        assertThat(calm.begin(goesBackOnce(calm))).isEqualTo(ExitCode.OK);
        List<String> expected = calm.database().effects();
        assertThat(expected).containsExactly(COPY, CHANGE, COPY, NOTE);
        int died = 0;
        for (int n = 2; ; n++) {
            Trial trial = trial();
            if (!trial.dieAfter(n, goesBackOnce(trial))) {
                break;
            }
            died++;
            boolean sent = trial.log().state().inDoubt().isEmpty();
            ScriptedOperator operator = goesBackOnce(trial);
            assertThat(trial.resume(operator)).as("died after record %d", n).isEqualTo(ExitCode.OK);
            assertThat(decisions(trial)).as("died after record %d", n).isEqualTo(decisions(calm));
            if (sent) {
                assertThat(trial.database().effects()).as("died after record %d: %s", n, operator.asked())
                        .isEqualTo(expected);
            }
        }
        assertThat(died).isGreaterThan(25);
    }

    private static List<String> decisions(Trial trial) {
        List<String> out = new ArrayList<>();
        for (Envelope envelope : trial.log().events()) {
            if (envelope.event() instanceof Event.Decided d) {
                out.add(d.unit() + " " + d.action());
            } else if (envelope.event() instanceof Event.WentTo w) {
                out.add(w.toString());
            }
        }
        return out.stream().collect(Collectors.toList());
    }
}
