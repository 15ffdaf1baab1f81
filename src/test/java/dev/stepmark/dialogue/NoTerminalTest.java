package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.testing.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a terminal nothing is asked: what is missing is listed before anything runs, or the run goes through. */
class NoTerminalTest {

    private static final String RUN = "stepmark run migrate-ordertable.md";
    private static final String ANSWERED = RUN + " --installed-version 0.9.5 --yes --allow destructive --assume-manual";

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).withDatabase().with(WalkTest.RUNBOOK);
    }

    @Test
    void whatIsMissingIsListedAndNothingHasChanged() {
        Finished closed = Finished.of(place, RUN + " --installed-version 0.9.5 </dev/null");
        assertThat(closed.exit()).isEqualTo(3);
        assertThat(closed.out()).isEmpty();
        assertThat(closed.err()).contains("answers are missing, so nothing was run");
        Golden.check("dialogue/no-terminal-missing.txt", Normal.of(closed.err()));
        Finished piped = Finished.of(place, "yes | " + RUN + " --installed-version 0.9.5 2>&1 | cat");
        assertThat(piped.exit()).isNotZero();
        assertThat(piped.out()).isEqualTo(closed.err());
        unchanged();
    }

    @Test
    void inCiNobodyIsAskedEvenAtATerminal() {
        place.env("CI", "true");
        try (Tmux terminal = place.terminal(80, 24)) {
            assertThat(terminal.type(RUN + " --installed-version 0.9.5", Tmux.SHELL)).contains("answers are missing")
                    .doesNotContain("Start on");
            assertThat(terminal.type("echo exit $?", "exit \\d+\n" + Tmux.SHELL)).contains("exit 3");
        }
        unchanged();
    }

    @Test
    void answersGivenBeforehandWalkTheWholeWay() {
        place.env("CI", "true");
        Finished questions = Finished.of(place, "stepmark plan migrate-ordertable.md --questions > answers.yaml");
        assertThat(questions.exit()).as(questions.err()).isZero();
        Finished run = Finished.of(place, ANSWERED + " --answers answers.yaml --answer start=yes </dev/null");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("\u001b", "running ");
        Golden.check("dialogue/no-terminal-answers.txt", Normal.of(run.err()));
        assertThat(place.query("SELECT conname FROM pg_constraint WHERE conrelid = 'ordertable'::regclass"
                + " AND contype = 'u'")).containsExactly("ordertable_asset_id_order_name_key");
        assertThat(place.records()).filteredOn(r -> r.event() instanceof Event.RunEnded)
                .extracting(r -> ((Event.RunEnded) r.event()).status()).containsExactly("finished");
    }

    @Test
    void aVersionBeyondTheBoundIsRefused() {
        Finished run = Finished.of(place, ANSWERED.replace("0.9.5", "0.10.2") + " </dev/null");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("0.10.2", "maximum_version: 0.9.5");
        Golden.check("dialogue/no-terminal-version.txt", Normal.of(run.err()));
        assertThat(place.runs().isEmpty() || place.records().stream().noneMatch(r ->
                r.event() instanceof Event.ExecStarted)).isTrue();
        unchanged();
    }

    @Test
    void noColourAndPlainLocalesGiveTheSameWordsInAscii() {
        String plan = "stepmark plan migrate-ordertable.md";
        Finished usual = Finished.of(place, plan);
        Finished plain = Finished.of(place, "NO_COLOR=1 LANG=C LC_ALL=C " + plan);
        assertThat(plain.out()).isEqualTo(usual.out()).matches("\\A[\\x0a\\x20-\\x7e]+\\z");
        Finished run = Finished.of(place, "NO_COLOR=1 LC_ALL=C " + RUN + " </dev/null");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).matches("\\A[\\x0a\\x20-\\x7e]+\\z");
    }

    private void unchanged() {
        assertThat(place.query("SELECT count(*) FROM ordertable")).containsExactly("43");
        assertThat(place.query("SELECT conname FROM pg_constraint WHERE conrelid = 'ordertable'::regclass"
                + " AND contype = 'u'")).containsExactly("ordertable_asset_id_order_id_key");
        assertThat(place.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).containsExactly("1");
    }
}
