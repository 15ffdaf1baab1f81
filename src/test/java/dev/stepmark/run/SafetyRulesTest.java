package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.binding.Filler;
import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.session.FakeSession;
import dev.stepmark.shell.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Safety rules of the design that no other test looks at: consent for probes, places, gates of steps, secrets. */
class SafetyRulesTest {

    @TempDir
    private Path runs;

    @Test
    void aProbeIsShownBeforeItIsConfirmedWithItsBlock() {
        Trial trial = new Trial(runs, "# V", "1. Do:", "   ```bash {verify=\"test -e done\"}", "   touch done", "   ```")
                .shell(() -> new FakeSession().otherwise((request, sink, running) -> FakeSession.done(0)));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.cards().get(0).facts()).extracting(StepCard.Fact::text)
                .contains("a probe proves it: test -e done");
        assertThat(trial.events(Event.ExecStarted.class)).extracting(Event.ExecStarted::origin)
                .containsExactly(Event.Origin.STEP, Event.Origin.VERIFY);
    }

    @Test
    void frontMatterCannotSendThePodsBlocksToThisMachine() {
        Trial trial = new Trial(runs, "---", "targets: {pod: local}", "---", "# P",
                "1. Open a shell in the storage pod", "2. Do:", "   ```bash", "   print one", "   ```",
                "3. Close the pod shell");
        ScriptedOperator operator = new ScriptedOperator(q -> q.id().startsWith("target.")
                ? new Reply.Key('m', "key") : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.asked()).contains("target.pod");
        assertThat(trial.shells()).isEmpty();
    }

    @Test
    void leavingOutAChangeOfTheSessionIsWarnedOf() {
        RunOptions options = new RunOptions(Map.of(), Map.of(), Map.of(), Map.of(), Optional.empty(), Optional.empty(),
                Set.of(), Set.of("1", "2"), false, false, false, Map.of());
        Trial trial = new Trial(runs, "# L", "1. Go:", "   ```bash", "   cd /srv/plant", "   ```", "2. Look:",
                "   ```bash", "   ls", "   ```", "3. Do:", "   ```bash", "   print one", "   ```").options(options);
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.problems()).extracting(Message::what)
                .containsExactly("step 1 is left out, and it changes the session: cd /srv/plant");
    }

    @Test
    void theGateOfAStepLooksAgainAtWhatWasDiscovered() {
        String[] answers = {"1.4", "1.5"};
        int[] asked = {0};
        Trial trial = new Trial(runs, "---", "maximum_version: 2.0", "version: {shell: \"plant --version\"}", "---", "# G",
                "1. Upgrade:", "   ```bash", "   upgrade", "   ```", "2. After it:",
                "   ```bash {minimum_version=1.5}", "   print new", "   ```")
                .shell(() -> new FakeSession().otherwise((request, sink, running) -> {
                    if (request.text().contains("--version")) {
                        byte[] text = (answers[asked[0]++] + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                        sink.write(dev.stepmark.session.OutputSink.Stream.STDOUT, text, 0, text.length);
                    }
                    return FakeSession.done(0);
                }));

        assertThat(trial.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
        assertThat(trial.events(Event.VersionObserved.class)).extracting(Event.VersionObserved::value)
                .containsExactly("1.4", "1.5");
        assertThat(trial.events(Event.QuestionAnswered.class)).extracting(Event.QuestionAnswered::id)
                .containsOnlyOnce("version.discover");
        assertThat(trial.events(Event.ExecStarted.class)).filteredOn(e -> e.origin() == Event.Origin.STEP).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b", "it's", "do\"llar$HOME", "back`tick\\", "p:w@h/x?y=z%41"})
    void aSecretReachesAnOpenerAsItIs(String secret) {
        assertThat(Words.split(filled("PGPASSWORD=<PW> psql -h db", "<PW>", secret))).isEqualTo(
                Optional.of(List.of("PGPASSWORD=" + secret, "psql", "-h", "db")));
        assertThat(Words.split(filled("PGPASSWORD='<PW>' psql", "<PW>", secret))).isEqualTo(
                Optional.of(List.of("PGPASSWORD=" + secret, "psql")));
        assertThat(Words.split(filled("PGPASSWORD=\"<PW>\" psql", "<PW>", secret))).isEqualTo(
                Optional.of(List.of("PGPASSWORD=" + secret, "psql")));
        String url = filled("psql \"postgres://u:<PW>@h/d\"", "<PW>", secret);
        String encoded = url.substring(url.indexOf("u:") + 2, url.indexOf("@h/d"));
        assertThat(encoded).matches("[A-Za-z0-9._*%-]+");
        assertThat(java.net.URLDecoder.decode(encoded, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(secret);
    }

    private static String filled(String text, String raw, String secret) {
        return Filler.fill(text, Executor.SHELL, List.of(new Placeholder("PW", raw, false)), name -> secret).text();
    }
}
