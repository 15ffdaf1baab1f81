package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.session.FakeSession;
import dev.stepmark.session.OutputSink.Stream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step's bound is evaluated again when somebody goes back to it, and when the run goes on later. */
class GateAgainTest {

    @TempDir
    private Path runs;

    private Trial trial(String... versions) {
        Deque<String> answers = new ArrayDeque<>(List.of(versions));
        return new Trial(runs, "---", "maximum_version: 2.0", "version: {shell: \"plant --version\"}", "---", "# G",
                "1. After an upgrade:", "   ```bash {minimum_version=1.5}", "   print new", "   ```", "2. Note it:",
                "   ```bash", "   print noted", "   ```").shell(() -> new FakeSession().otherwise((request, sink, run) -> {
                    if (request.text().contains("--version")) {
                        byte[] text = (answers.poll() + "\n").getBytes(StandardCharsets.UTF_8);
                        sink.write(Stream.STDOUT, text, 0, text.length);
                    }
                    return FakeSession.done(0);
                }));
    }

    private static ScriptedOperator person(String question, Reply... replies) {
        Deque<Reply> left = new ArrayDeque<>(List.of(replies));
        return new ScriptedOperator(q -> q.id().equals(question) && !left.isEmpty() ? left.poll()
                : ScriptedOperator.confirm(q));
    }

    private static List<String> verdicts(Trial trial) {
        return trial.events(Event.GateEvaluated.class).stream().filter(g -> g.scope().startsWith("step-1"))
                .map(g -> g.version() + " " + g.verdict()).toList();
    }

    @Test
    void goingBackAfterAnUpgradeFindsTheStepApplicable() {
        Trial trial = trial("1.4", "1.4", "1.5");
        ScriptedOperator person = person("step-2", new Reply.Command("goto", "1"));

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(verdicts(trial)).containsExactly("1.4 refused", "1.5 passes");
        assertThat(trial.events(Event.ExecStarted.class)).filteredOn(e -> e.origin() == Event.Origin.STEP)
                .extracting(e -> e.unit().step()).containsExactly("1", "2");
    }

    @Test
    void aRunThatGoesOnLooksAgain() {
        Trial trial = trial("1.5", "1.5", "1.4");
        assertThat(trial.begin(new ScriptedOperator(q -> switch (q.id()) {
            case "step-1" -> new Reply.Key('q', "key");
            case "stop" -> new Reply.Key('y', "key");
            default -> ScriptedOperator.confirm(q);
        }))).isEqualTo(ExitCode.STOPPED);
        assertThat(trial.resume(new ScriptedOperator())).isEqualTo(ExitCode.OK);
        assertThat(verdicts(trial)).containsExactly("1.5 passes", "1.4 refused");
        assertThat(trial.events(Event.ExecStarted.class)).filteredOn(e -> e.origin() == Event.Origin.STEP)
                .extracting(e -> e.unit().step()).containsExactly("2");
    }
}
