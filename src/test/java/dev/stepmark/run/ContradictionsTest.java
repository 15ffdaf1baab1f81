package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Step 1 looks a name up, step 2 has another one written down: that is said before anything runs. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContradictionsTest {

    private static final String QUERY = "SELECT conname FROM pg_constraint WHERE conrelid = 'orders'::regclass AND contype = 'u';";
    private static final String DROP = "ALTER TABLE orders DROP CONSTRAINT orders_old_key;";

    @TempDir
    private Path runs;

    private Trial trial(String query, String second, String column, String... names) {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Key",
                "1. Retrieve the name:", "   ```sql", "   " + query, "   ```", "2. Delete it:", "   ```sql", "   " + second, "   ```");
        trial.database().on(query, new Outcome.Done(0, List.of(), List.of(new Result("SELECT " + names.length, List.of(
                new Result.Column(column, false)), Stream.of(names).map(List::of).toList(), names.length, false)),
                Outcome.Transaction.NONE, Optional.empty()));
        return trial;
    }

    private static ScriptedOperator answering(char key) {
        return new ScriptedOperator(q -> q.id().endsWith(".captured") ? new Reply.Key(key, "key") : ScriptedOperator.confirm(q));
    }

    @Test
    void theNameThatWasFoundIsOfferedAndTakenAsAnEdit() {
        Trial trial = trial(QUERY, DROP, "conname", "Orders Key");
        ScriptedOperator operator = answering('y');

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-2.captured", "step-2");
        assertThat(operator.questions().get(2).prompt()).isEqualTo("Use Orders Key in step 2, for this run?");
        assertThat(operator.shown()).contains("  . Differs    the text says orders_old_key; step 1 returned Orders Key as conname");
        assertThat(trial.database().effects()).containsExactly(
                "factory, alone: ALTER TABLE orders DROP CONSTRAINT \"Orders Key\";");
        assertThat(trial.events(Event.Decided.class)).filteredOn(d -> d.action() == Action.EDIT).singleElement()
                .satisfies(d -> assertThat(d.reason()).isEqualTo("step 1 returned it"));
    }

    @Test
    void whatIsWrittenCanBeKept() {
        Trial trial = trial(QUERY, DROP, "conname", "orders_new_key");
        ScriptedOperator operator = answering('n');

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).containsExactly("factory, alone: " + DROP);
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-2.captured", "step-2");
        assertThat(operator.cards().get(1).before()).anyMatch(l -> l.startsWith("Differs "));
    }

    @Test
    void severalNamesAreSaidAndNoneIsOffered() {
        Trial trial = trial(QUERY, DROP, "conname", "a_key", "b_key");
        ScriptedOperator operator = answering('y');

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-2");
        assertThat(operator.cards().get(1).before()).contains(
                "Differs    the text says orders_old_key; step 1 returned a_key, b_key as conname");
    }

    @Test
    void nothingIsSaidWhereTheNamesAgreeOrSomethingElseIsMeant() {
        List<Trial> quiet = List.of(trial(QUERY, DROP, "conname", "x", "orders_old_key"),
                trial(QUERY, "ALTER TABLE other DROP CONSTRAINT other_key;", "conname", "orders_new_key"),
                trial(QUERY, "ALTER TABLE orders ADD CONSTRAINT orders_old_key UNIQUE (a);", "conname", "orders_new_key"),
                trial(QUERY, "DROP INDEX orders_old_key;", "conname", "orders_new_key"),
                trial(QUERY.replace("conname", "relname"), DROP, "relname", "orders_new_key"));
        for (Trial trial : quiet) {
            ScriptedOperator operator = answering('y');
            assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
            assertThat(operator.asked()).containsExactly("start", "step-1", "step-2");
            assertThat(operator.shown()).noneMatch(l -> l.contains("Differs "));
        }
    }

    @Test
    void indexesAndViewsToo() {
        Trial index = trial("SELECT indexname FROM pg_indexes WHERE NOT valid;", "REINDEX INDEX CONCURRENTLY public.orders_by_day;",
                "indexname", "orders_by_week");
        assertThat(index.begin(answering('y'))).isEqualTo(ExitCode.OK);
        assertThat(index.database().effects()).containsExactly(
                "factory, alone: REINDEX INDEX CONCURRENTLY public.orders_by_week;");
        Trial view = trial("SELECT matviewname FROM pg_matviews;", "REFRESH MATERIALIZED VIEW daily;", "matviewname", "weekly");
        assertThat(view.begin(answering('y'))).isEqualTo(ExitCode.OK);
        assertThat(view.database().effects()).containsExactly("factory, alone: REFRESH MATERIALIZED VIEW weekly;");
    }

    @Test
    void withoutAPersonTheRunStopsUnlessItWasSaidBefore() {
        RunOptions none = Trial.batch(true, true, false, Map.of());
        Trial stopped = trial(QUERY, DROP, "conname", "orders_new_key").options(none);
        Unattended nobody = new Unattended(none);
        assertThat(stopped.begin(nobody.operator())).isEqualTo(ExitCode.REFUSED);
        assertThat(nobody.text()).contains("step 2 names orders_old_key, and step 1 returned orders_new_key",
                "--answer step-2.captured=yes takes what was returned, =no what is written");
        assertThat(stopped.database().effects()).isEmpty();

        RunOptions yes = Trial.batch(true, true, false, Map.of("step-2.captured", "yes"));
        Trial taken = trial(QUERY, DROP, "conname", "orders_new_key").options(yes);
        assertThat(taken.begin(new Unattended(yes).operator())).isEqualTo(ExitCode.OK);
        assertThat(taken.database().effects()).containsExactly(
                "factory, alone: ALTER TABLE orders DROP CONSTRAINT orders_new_key;");
        assertThat(taken.events(Event.Decided.class)).filteredOn(d -> d.action() == Action.EDIT).singleElement()
                .satisfies(d -> assertThat(d.by()).isEqualTo("answer"));
    }
}
