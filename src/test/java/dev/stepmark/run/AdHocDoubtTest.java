package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.session.Outcome;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was typed in besides the plan and has no outcome: an answer that was given beforehand can say what became of it. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdHocDoubtTest {

    @TempDir
    private Path runs;

    /** A run that a person left with a DELETE of their own in doubt. */
    private Trial doubtful() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Look",
                "1. Look:", "   ```sql", "   SELECT 1;", "   ```", "2. Look again:", "   ```sql", "   SELECT 2;", "   ```");
        trial.database().on("DELETE FROM a;", new Outcome.Lost("the server went away"));
        ScriptedOperator person = new ScriptedOperator(q -> {
            if (q.id().equals("step-2")) {
                return trial.log().state().inDoubt().isEmpty() ? new Reply.Sql("DELETE FROM a;") : new Reply.Key('q', "key");
            }
            return q.id().equals("stop") ? new Reply.Key('y', "key") : ScriptedOperator.confirm(q);
        });
        assertThat(trial.begin(person)).isEqualTo(ExitCode.IN_DOUBT);
        return trial;
    }

    private static ExitCode unattended(Trial trial, Unattended[] nobody, Map<String, String> answers) {
        trial.options(Trial.batch(true, false, false, answers));
        nobody[0] = new Unattended(Trial.batch(true, false, false, answers));
        return trial.resume(nobody[0].operator());
    }

    @Test
    void withoutAnAnswerItStaysInDoubtAndTheIdIsNamed() {
        Trial trial = doubtful();
        Unattended[] nobody = new Unattended[1];

        assertThat(unattended(trial, nobody, Map.of())).isEqualTo(ExitCode.IN_DOUBT);
        assertThat(nobody[0].text()).contains("nobody can say what became of a1", "--answer a1.doubt=done, or =not-done");
        assertThat(trial.events(Event.DoubtResolved.class)).isEmpty();
    }

    @Test
    void withAnAnswerTheRunGoesOnAndNothingOfItRunsAgain() {
        Trial trial = doubtful();
        Unattended[] nobody = new Unattended[1];

        assertThat(unattended(trial, nobody, Map.of("a1.doubt", "not-done", "a1.doubt.reason", "the rows are there")))
                .isEqualTo(ExitCode.OK);
        assertThat(trial.events(Event.DoubtResolved.class)).extracting(e -> e.exec() + " " + e.verdict() + " " + e.by()
                + ": " + e.reason()).containsExactly("x2 not-done answer: the rows are there");
        assertThat(trial.database().asked()).filteredOn(t -> t.startsWith("DELETE")).hasSize(1);
    }
}
