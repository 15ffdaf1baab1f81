package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.session.FakeSession;
import dev.stepmark.session.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /as}: an operator says that a block is something else, for this run, and on request in the document. */
class OverrulingTest {

    private static final String[] UNCLEAR = {"# Count", "Then:", "", "```", "frobnicate the <DISK>", "```", "", "Look:", "", "```bash",
        "agent status", "```"};

    @TempDir
    Path root;

    private Trial trial(String... lines) {
        return new Trial(root.resolve("runs"), lines).shell(() -> new FakeSession().otherwise((request, sink, running) ->
                new Outcome.Done(0, List.of(), List.of(), Outcome.Transaction.NONE, Optional.empty())));
    }

    /** Types commands at the first questions with this id, and confirms everything else. */
    private static ScriptedOperator typing(String id, String... commands) {
        Deque<String> left = new ArrayDeque<>(List.of(commands));
        return new ScriptedOperator(q -> q.id().equals(id) && !left.isEmpty() ? new Reply.Command("as", left.pop())
                : q.id().equals("DISK") ? new Reply.Text("sda", "key") : ScriptedOperator.confirm(q));
    }

    private static List<String> ran(Trial trial) {
        return trial.events(Event.ExecStarted.class).stream().map(e -> new String(trial.log().artefact(e.text())).strip()).toList();
    }

    @Test
    void whatWasUnclearRunsInTheShell() {
        Trial trial = trial(UNCLEAR);
        ScriptedOperator person = typing("block-1.1", "shell");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(ran(trial)).containsExactly("frobnicate the sda", "agent status");
        Event.Decided decided = trial.events(Event.Decided.class).stream().filter(Overruled::overrules).findFirst().orElseThrow();
        assertThat(decided.evidence()).startsWith("overruled as shell: was malformed, text ");
        assertThat(decided.by()).isEqualTo("command");
        assertThat(trial.log().artefact(decided.text())).isNotEmpty();
        assertThat(person.shown()).anyMatch(l -> l.contains("runs in the shell in this run, by your words"));
    }

    @Test
    void aCommandIsSaidToBeOutput() {
        Trial trial = trial("# Count", "```bash", "agent drop all", "```", "", "Look:", "", "```bash", "agent status", "```");
        assertThat(trial.begin(typing("step-1", "1.1 output"))).isEqualTo(ExitCode.OK);
        assertThat(ran(trial)).containsExactly("agent status");
    }

    @Test
    void outputOfAStepThatIsPassedRunsWhenItsNumberIsSaid() {
        Trial trial = trial("# Count", "```bash", "agent one", "```", "", "You should see:", "", "```", "agent --two", "```", "", "Then:", "",
                "```bash", "agent three", "```");
        assertThat(trial.begin(typing("step-1", "1.2 shell"))).isEqualTo(ExitCode.OK);
        assertThat(ran(trial)).containsExactly("agent one", "agent --two", "agent three");
    }

    @Test
    void whatRanIsNotSomethingElseAfterwards() {
        Trial trial = trial("# Count", "1. One", "   ```bash", "   agent one", "   ```", "2. Two", "   ```bash", "   agent two", "   ```");
        ScriptedOperator person = typing("step-2", "1.1 output");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.shown()).anyMatch(l -> l.contains("It has run already. /goto 1"));
        assertThat(trial.events(Event.Decided.class)).noneMatch(Overruled::overrules);
    }

    @Test
    void whatCannotBeReadThatWayStaysAsItIs() {
        Trial trial = trial("# Count", "Then:", "", "```", "for x in; do", "```", "", "Look:", "", "```bash", "agent status", "```");
        ScriptedOperator person = typing("block-1.1", "shell", "cobol", "9.9 shell");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.shown()).anyMatch(l -> l.contains("That way it cannot be run: as a shell script it is not complete"))
                .anyMatch(l -> l.contains("/as shell, sql, mysql, hand or output")).anyMatch(l -> l.contains("Which block?"));
        assertThat(ran(trial)).containsExactly("agent status");
    }

    @Test
    void itHoldsInALaterProcessAndIsReadFromTheLog() {
        Trial trial = trial(UNCLEAR);
        int records = 1;
        while (trial.dieAfter(records, typing("block-1.1", "shell"))) {
            assertThat(trial.resume(typing("block-1.1", "shell"))).isEqualTo(ExitCode.OK);
            assertThat(ran(trial)).contains("frobnicate the sda").contains("agent status");
            assertThat(trial.events(Event.Decided.class).stream().filter(Overruled::overrules)).hasSize(1);
            records++;
        }
        assertThat(records).isGreaterThan(8);
    }

    @Test
    void anAnswerGivenBeforehandSaysIt() {
        var options = Trial.batch(true, false, true, Map.of("block-1.1.as", "output"));
        Trial trial = trial(UNCLEAR).options(options);
        assertThat(trial.begin(new Unattended(options).operator())).isEqualTo(ExitCode.OK);
        assertThat(ran(trial)).containsExactly("agent status");
    }

    @Test
    void theDocumentIsAnnotatedOnlyAfterYes() throws IOException {
        Path file = root.resolve("runbook.md");
        String before = String.join("\n", UNCLEAR) + "\n";
        trial(UNCLEAR).file(file).begin(new ScriptedOperator(refusing(typing("block-1.1", "shell"))));
        assertThat(file).hasContent(before);
        Trial trial = trial(UNCLEAR).file(file);
        ScriptedOperator person = typing("block-1.1", "shell");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.shown()).contains("  + <!-- stepmark: as=shell -->", "    ```");
        assertThat(Files.readString(file)).isEqualTo(before.replaceFirst("```\n", "<!-- stepmark: as=shell -->\n```\n"));
        assertThat(trial.events(Event.QuestionAnswered.class)).anyMatch(e -> e.kind().equals("annotation") && e.answer().equals("yes"));
    }

    private static java.util.function.Function<Question, Reply> refusing(ScriptedOperator person) {
        return q -> q.id().endsWith(".write") ? new Reply.Key('n', "key") : person.ask(q);
    }

    @Test
    void itsPlaceIsTheLineBeforeTheFenceWhereverThatStands() throws IOException {
        Path file = root.resolve("runbook.md");
        String[] nested = {"# Count", "1. First:", "", "   > <!-- stepmark: name=odd -->", "   > ```", "   > frobnicate it", "   > ```", "2. Then:", "",
            "       frobnicate that", ""};
        trial(nested).file(file).begin(typing("block-1.1", "shell", "2.1 shell"));
        assertThat(Files.readString(file)).contains("   > <!-- stepmark: name=odd as=shell -->\n   > ```");
    }

    @Test
    void aDocumentThatChangedSinceIsNotTouched() throws IOException {
        Path file = root.resolve("runbook.md");
        Trial trial = trial(UNCLEAR).file(file);
        Files.writeString(file, "# Another\n");
        ScriptedOperator person = typing("block-1.1", "shell");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(person.asked()).doesNotContain("block-1.1.write");
        assertThat(file).hasContent("# Another\n");
        assertThat(ran(trial)).contains("frobnicate the sda");
    }
}
