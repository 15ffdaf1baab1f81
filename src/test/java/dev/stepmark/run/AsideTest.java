package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.session.FakeSession;
import dev.stepmark.session.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sections that a plain run leaves out are offered when they matter: cleanup at the end, troubleshooting at its error. */
class AsideTest {

    private static final String[] DOCUMENT = {"# Move", "```bash", "agent move", "```", "", "## Check", "```bash", "agent check", "```",
        "## Troubleshooting", "### The lock", "When you see", "", "```", "agent: lock \"main\" is held by pid 17", "```", "", "remove it:", "",
        "```bash", "agent unlock", "```", "## Clean up", "```bash", "agent forget <NAME>", "```"};

    @TempDir
    Path runs;
    private boolean fails;

    private Trial trial() {
        return new Trial(runs, DOCUMENT).shell(() -> new FakeSession().otherwise((request, sink, running) -> {
            boolean failed = fails && request.text().contains("move");
            if (failed) {
                fails = false;
                byte[] text = "agent: lock \"other\" is held by pid 4711\n".getBytes(StandardCharsets.UTF_8);
                sink.write(dev.stepmark.session.OutputSink.Stream.STDERR, text, 0, text.length);
            }
            return new Outcome.Done(failed ? 1 : 0, List.of(), List.of(), Outcome.Transaction.NONE, Optional.empty());
        }));
    }

    private static Function<Question, Reply> cleaning(char answer) {
        return q -> q.id().equals("cleanup") ? new Reply.Key(answer, "key") : q.id().equals("NAME") ? new Reply.Text("old", "key")
                : ScriptedOperator.confirm(q);
    }

    private static List<String> ran(Trial trial) {
        return trial.events(Event.ExecStarted.class).stream().map(e -> new String(trial.log().artefact(e.text())).strip()).toList();
    }

    @Test
    void theCleanupIsOfferedAfterTheLastStep() {
        Trial trial = trial();
        ScriptedOperator person = new ScriptedOperator(cleaning('y'));
        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(ran(trial)).containsExactly("agent move", "agent check", "agent forget old");
        assertThat(person.asked()).containsSubsequence("step-2", "cleanup", "NAME", "step-5");
    }

    @Test
    void enterLeavesItOutAndThatIsRecorded() {
        Trial trial = trial();
        ScriptedOperator person = new ScriptedOperator(cleaning('n'));
        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.questions()).anyMatch(q -> q.id().equals("cleanup") && q.enter() == 'n');
        assertThat(trial.events(Event.QuestionAnswered.class)).anyMatch(e -> e.id().equals("cleanup") && e.answer().equals("no"));
        assertThat(ran(trial)).hasSize(2);
    }

    @Test
    void aRunThatWasCutOffInTheCleanupGoesOnWithIt() {
        Trial trial = trial();
        for (int records = 1; trial.dieAfter(records, new ScriptedOperator(cleaning('y'))); records++) {
            assertThat(trial.resume(new ScriptedOperator(cleaning('y')))).isEqualTo(ExitCode.OK);
            assertThat(ran(trial)).contains("agent forget old");
        }
    }

    @Test
    void nobodyThereMeansNoCleanupUnlessSaid() {
        var none = Trial.batch(true, true, true, Map.of());
        Trial trial = trial().options(none);
        Unattended operator = new Unattended(none);
        assertThat(trial.begin(operator.operator())).isEqualTo(ExitCode.OK);
        assertThat(operator.text()).contains("--answer cleanup=yes");
        assertThat(ran(trial)).hasSize(2);
    }

    @Test
    void anErrorThatTheDocumentTellsAboutNamesItsLine() {
        fails = true;
        Trial trial = trial();
        Deque<Reply> failed = new ArrayDeque<>(List.of(new Reply.Command("goto", "4"), new Reply.Key('r', "key")));
        ScriptedOperator person = new ScriptedOperator(q -> q.id().equals("step-1.failed") ? failed.pop() : cleaning('n').apply(q));
        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.results()).flatExtracting(ResultCard::facts).contains(new StepCard.Fact("Known",
                "line 15 tells about this error: The lock; /goto 4 does what it says"));
        assertThat(ran(trial)).containsExactly("agent move", "agent unlock", "agent move", "agent check");
    }

    @Test
    void whatOccursIsComparedLoosely() {
        assertThat(Troubles.occurs("ERROR: relation \"<name>\" already exists", "psql: ERROR: relation \"a\" already exists")).isTrue();
        assertThat(Troubles.occurs("... connection to server failed ...", "x connection to server failed: y")).isTrue();
        assertThat(Troubles.occurs("ERROR: relation \"a\" already exists", "ERROR: relation \"a\" does not exist")).isFalse();
        assertThat(Troubles.occurs("failed", "it failed")).as("too short to mean anything").isFalse();
        assertThat(Troubles.occurs("\"a\" 'b' <c> 12345678", "anything at all 1")).as("nothing in it is fixed").isFalse();
    }
}
