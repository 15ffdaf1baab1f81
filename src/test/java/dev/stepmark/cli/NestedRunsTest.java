package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.classify.Reparser;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.Runs;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Desk;
import dev.stepmark.run.Question;
import dev.stepmark.run.Reply;
import dev.stepmark.run.Runner;
import dev.stepmark.run.ScriptedOperator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runbook that sends to another one: it runs here as a run of its own, and only where it belongs. */
class NestedRunsTest {

    @TempDir
    Path root;
    private Path docs;
    private App app;

    @BeforeEach
    void documents() throws IOException {
        docs = Files.createDirectories(root.resolve("site/docs")).toRealPath();
        Files.createDirectories(root.resolve("site/.git"));
        app = new App(new Io(new ByteArrayInputStream(new byte[0]), System.out, System.err, false), Map.of("PATH", "/usr/bin:/bin", "HOME",
                root.toString()), Clock.systemUTC());
        write("main.md", "# Main", "1. First follow [the backup guide](backup.md).", "2. Then:", "   ```bash", "   echo main > done", "   ```");
        write("backup.md", "# Back up", "```bash", "echo backup", "```");
    }

    private Path write(String name, String... lines) throws IOException {
        Path file = docs.resolve(name).normalize();
        Files.createDirectories(file.getParent());
        return Files.write(file, List.of(lines));
    }

    private NestedRuns nested(ScriptedOperator operator, Path... chain) {
        return new NestedRuns(app, RunOptions.NONE, new NamedConnections(app.configuration(docs)), root.resolve("runs"), operator, List.of(chain));
    }

    private ExitCode run(ScriptedOperator operator) {
        Path main = docs.resolve("main.md");
        Desk desk = new RunSetup(app, docs, RunOptions.NONE).begin(RunSetup.Source.read(main), root.resolve("runs"), operator, Map.of());
        try {
            return new Runner(desk, Reparser::reparse, RunSetup::reread, nested(operator, main)).run();
        } finally {
            desk.log().close();
        }
    }

    /** Runs the other runbook at step 1, and confirms everything else; replies at the other one's question first. */
    private static Function<Question, Reply> here(Deque<Reply> at) {
        return q -> q.kind() == Question.Kind.BY_HAND && q.offers('r') ? new Reply.Key('r', "key")
                : q.prompt().contains("echo") || at.isEmpty() || q.kind() == Question.Kind.START ? ScriptedOperator.confirm(q) : at.pop();
    }

    private List<RunState> states() {
        return new Runs(root.resolve("runs")).list().stream().flatMap(e -> e.state().stream()).toList();
    }

    @Test
    void runsAsARunOfItsOwnThatNamesItsParent() {
        ScriptedOperator person = new ScriptedOperator(here(new ArrayDeque<>()));
        assertThat(run(person)).isEqualTo(ExitCode.OK);
        RunState child = states().stream().filter(s -> s.started().path().endsWith("backup.md")).findFirst().orElseThrow();
        RunState parent = states().stream().filter(s -> s.started().path().endsWith("main.md")).findFirst().orElseThrow();
        assertThat(child.started().options()).containsEntry("parent-step", "1").containsKey("parent");
        assertThat(child.executions()).hasSize(1);
        assertThat(parent.executions()).as("only its own").hasSize(1);
        Event.Decided decided = parent.lastDecision(dev.stepmark.journal.Unit.step("1")).orElseThrow();
        assertThat(decided.action()).isEqualTo(Event.Action.DONE_BY_HAND);
        assertThat(decided.evidence()).startsWith("run ").endsWith("backup.md: finished");
        assertThat(person.shown()).anyMatch(l -> l.contains("It is a runbook: ")).anyMatch(l -> l.endsWith("begins, for step 1 ---"))
                .anyMatch(l -> l.startsWith("--- back in "));
    }

    @Test
    void oneThatIsStoppedGoesOnWhereItWas() {
        ScriptedOperator person = new ScriptedOperator(here(new ArrayDeque<>(List.of(new Reply.Key('q', "key"), new Reply.Key('y', "key")))));
        assertThat(run(person)).isEqualTo(ExitCode.OK);
        assertThat(states().stream().filter(s -> s.started().path().endsWith("backup.md"))).as("one run, stopped and gone on with").hasSize(1);
        assertThat(person.shown()).anyMatch(l -> l.contains("not finished, exit 4; r goes on with it"));
    }

    @Test
    void aDocumentThatLeadsBackToItselfIsRefused() throws IOException {
        write("backup.md", "# Back up", "1. Follow [this](main.md).", "2. Then:", "   ```bash", "   echo backup", "   ```");
        NestedRuns inner = nested(new ScriptedOperator(), docs.resolve("main.md"), docs.resolve("backup.md"));
        assertThat(inner.offer("main.md").refusal()).isEqualTo("main.md is being run already: it leads back to itself");
        assertThat(inner.offer("./backup.md").refusal()).contains("leads back to itself");
    }

    @Test
    void nothingOutsideOfTheRepositoryIsRun() throws IOException {
        Files.write(root.resolve("outside.md"), List.of("# Out", "```bash", "echo out", "```"));
        Files.createSymbolicLink(docs.resolve("link.md"), root.resolve("outside.md"));
        Files.createSymbolicLink(docs.resolve("up"), root);
        NestedRuns nested = nested(new ScriptedOperator(), docs.resolve("main.md"));
        for (String path : List.of("../../outside.md", "link.md", "up/outside.md")) {
            assertThat(nested.offer(path).refusal()).as(path).contains("lies outside of");
        }
        for (String path : List.of(root.resolve("outside.md").toString(), "https://example.org/a.md", "{{ page }}", "missing.md", "", "a\0b.md")) {
            assertThat(nested.offer(path).refusal()).as(path).isNotEmpty();
        }
        assertThat(nested.offer("backup.md").refusal()).isEmpty();
        assertThat(nested.offer("backup").steps()).isEqualTo(1);
    }

    @Test
    void whatHasNoStepsIsForAPerson() throws IOException {
        write("words.md", "# Words", "", "Nothing to do.");
        assertThat(nested(new ScriptedOperator(), docs.resolve("main.md")).offer("words.md").refusal()).endsWith("words.md has no steps");
    }
}
