package dev.stepmark.run;

import dev.stepmark.journal.EarlierRuns;
import dev.stepmark.journal.Unit;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long a block took in earlier runs, beside it where that is known. Old journals are read in the background; a
 * question waits for them at most a moment, and once; longer only where they decide and nobody waits.
 */
public final class Earlier {

    private static final long MOMENT_MILLIS = 50;
    private static final long LONGER_MILLIS = 5_000;

    private final Desk desk;
    private final Parts parts;
    private final CompletableFuture<EarlierRuns> runs = new CompletableFuture<>();
    private boolean waited;
    private boolean patient;

    Earlier(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Waits until all is read: for those whom no prompt keeps waiting. */
    void patient() {
        patient = true;
    }

    /** Begins to read. */
    void begin() {
        Path all = desk.directory().toAbsolutePath().getParent();
        String document = desk.log().state().started().path();
        String current = desk.log().runId();
        Thread reader = new Thread(() -> {
            try {
                runs.complete(EarlierRuns.read(all, document, current));
            } finally {
                runs.complete(EarlierRuns.NONE);
            }
        }, "stepmark-earlier-runs");
        reader.setDaemon(true);
        reader.setPriority(Thread.MIN_PRIORITY);
        reader.start();
    }

    /** The times of a block as it would run now; empty when nothing is known, or not yet. */
    Optional<EarlierRuns.Times> of(Step step, Block block) {
        if (!block.executable() || !block.opens().isEmpty() || block.closes()) {
            return Optional.empty();
        }
        List<String> texts = block.statements().stream().map(s -> Texts.sha256(desk.secrets().masker().mask(
                parts.fill(s.text(), block).text()))).toList();
        Map<String, String> here = parts.pool().live(block.session()).map(Session::opened).map(o -> o.identity())
                .orElse(Map.of());
        return known().of(Unit.block(step.id(), block.id()), texts, then -> same(here, then));
    }

    private static boolean same(Map<String, String> here, Map<String, String> then) {
        return List.of("host", "port", "database", "system_identifier").stream().allMatch(fact ->
                here.getOrDefault(fact, "").isEmpty() || then.getOrDefault(fact, "").isEmpty()
                        || here.get(fact).equals(then.get(fact)));
    }

    private EarlierRuns known() {
        boolean first = !waited;
        waited = true;
        boolean decides = patient || desk.batch() && parts.deadline().end().isPresent();
        try {
            return first ? runs.get(decides ? LONGER_MILLIS : MOMENT_MILLIS, TimeUnit.MILLISECONDS)
                    : runs.getNow(EarlierRuns.NONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return EarlierRuns.NONE;
        } catch (ExecutionException | TimeoutException e) {
            return EarlierRuns.NONE;
        }
    }

    /** {@code 0.90 to 1.41 s in 3 runs}. */
    public static String text(EarlierRuns.Times times) {
        String least = Texts.duration(times.least());
        String most = Texts.duration(times.most());
        String range = least.equals(most) ? most : (least.endsWith(" s") && most.endsWith(" s")
                ? least.substring(0, least.length() - 2) : least) + " to " + most;
        return range + " in " + Texts.count(times.runs(), "run");
    }
}
