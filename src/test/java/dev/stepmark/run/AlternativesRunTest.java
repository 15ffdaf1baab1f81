package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.StepState;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.Progress;
import dev.stepmark.session.FakeSession;
import dev.stepmark.session.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which way of a document applies: asked once, remembered, and what does not apply is recorded and not run. */
class AlternativesRunTest {

    private static final String[] DOCUMENT = {"# Restart", "## On Debian", "```bash", "apt-get install <PACKAGE>", "```", "## On RHEL", "```bash",
        "dnf install agent", "```", "## Check", "On RHEL:", "", "```bash", "rpm -q agent", "```", "", "On Debian:", "", "```bash",
        "dpkg -l agent", "```"};
    private static final String ID = "choice.debian-or-rhel";

    @TempDir
    Path runs;

    private Trial trial() {
        return new Trial(runs, DOCUMENT).shell(() -> new FakeSession().otherwise((request, sink, running) -> new Outcome.Done(0, List.of(),
                List.of(), Outcome.Transaction.NONE, Optional.empty())));
    }

    private static Reply choose(Question question, char key) {
        return question.id().equals(ID) ? new Reply.Key(key, "key") : question.id().equals("PACKAGE") ? new Reply.Text("agent", "key") : ScriptedOperator.confirm(question);
    }

    @Test
    void isAskedOnceForAllPlaces() {
        Trial trial = trial();
        ScriptedOperator person = new ScriptedOperator(q -> choose(q, '2'));
        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.asked()).containsOnlyOnce(ID).doesNotContain("PACKAGE", "step-1");
        assertThat(ran(trial)).containsExactly("dnf install agent", "rpm -q agent");
        assertThat(person.shown()).anyMatch(l -> l.contains("for Debian; this run is for RHEL"));
        Progress progress = new Progress(trial.runbook(), trial.log().state());
        assertThat(trial.runbook().mainSteps().stream().map(progress::step)).containsExactly(StepState.NOT_APPLICABLE, StepState.DONE,
                StepState.DONE);
    }

    private static List<String> ran(Trial trial) {
        return trial.events(Event.ExecStarted.class).stream().map(e -> new String(trial.log().artefact(e.text())).strip()).toList();
    }

    @Test
    void allOfThemRunOneAfterTheOther() {
        Trial trial = trial();
        assertThat(trial.begin(new ScriptedOperator(q -> choose(q, 'a')))).isEqualTo(ExitCode.OK);
        assertThat(ran(trial)).hasSize(4);
    }

    @Test
    void theNextRunOffersWhatWasSaid() {
        Trial trial = trial();
        trial.begin(new ScriptedOperator(q -> choose(q, '2')));
        ScriptedOperator again = new ScriptedOperator(q -> q.id().equals(ID) ? new Reply.Key(q.enter(), "enter") : ScriptedOperator.confirm(q));
        trial.begin(again);
        assertThat(again.questions().stream().filter(q -> q.id().equals(ID)).map(Question::prompt)).containsExactly(
                "Which applies? (Enter: 2, as last time)");
        assertThat(ran(trial)).containsExactly("dnf install agent", "rpm -q agent");
    }

    @Test
    void aRunThatGoesOnDoesNotAskAgain() {
        Trial trial = trial();
        int records = 1;
        while (trial.dieAfter(records, new ScriptedOperator(q -> choose(q, '2')))) {
            ScriptedOperator later = new ScriptedOperator(q -> choose(q, '2'));
            boolean answered = !trial.events(Event.QuestionAnswered.class).stream().filter(e -> e.id().equals(ID)).toList().isEmpty();
            assertThat(trial.resume(later)).isEqualTo(ExitCode.OK);
            assertThat(later.asked().contains(ID)).isEqualTo(!answered);
            assertThat(ran(trial)).doesNotContain("dpkg -l agent").contains("dnf install agent", "rpm -q agent");
            records++;
        }
        assertThat(records).isGreaterThan(10);
    }

    @Test
    void withoutAnAnswerNobodyAssumesOne() {
        Trial trial = trial();
        assertThat(trial.options(Trial.batch(true, false, true, Map.of("PACKAGE", "x"))).begin(new Unattended(Trial.batch(true, false, true,
                Map.of())).operator())).isEqualTo(ExitCode.REFUSED);
        assertThat(ran(trial)).isEmpty();
    }

    @Test
    void anAnswerGivenBeforehandDecides() {
        Trial trial = trial();
        var options = Trial.batch(true, false, true, Map.of(ID, "rhel"));
        assertThat(trial.options(options).begin(new Unattended(options).operator())).isEqualTo(ExitCode.OK);
        assertThat(ran(trial)).containsExactly("dnf install agent", "rpm -q agent");
    }
}
