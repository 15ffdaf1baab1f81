package dev.stepmark.doctor;

import dev.stepmark.message.StepmarkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs all probes at the same time and waits for none of them longer than the limit. */
public final class Doctor {

    /** Longer than anything healthy takes. */
    public static final Duration LIMIT = Duration.ofSeconds(3);

    private final Duration limit;

    /** @param limit how long to wait, for all probes together */
    public Doctor(Duration limit) {
        this.limit = limit;
    }

    /** The findings in the order of the probes. */
    public List<Finding> examine(List<Probe> probes) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "stepmark-probe");
            // a disk or a name server that does not answer must not keep the process alive
            thread.setDaemon(true);
            return thread;
        });
        long end = System.nanoTime() + limit.toNanos();
        List<Future<List<Finding>>> running = new ArrayList<>();
        probes.forEach(p -> running.add(threads.submit(p.look())));
        List<Finding> out = new ArrayList<>();
        for (int i = 0; i < probes.size(); i++) {
            out.addAll(result(probes.get(i).name(), running.get(i), end - System.nanoTime()));
        }
        threads.shutdownNow();
        return out;
    }

    private List<Finding> result(String name, Future<List<Finding>> running, long nanos) {
        try {
            return running.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return List.of(Finding.problem(name, "no answer within " + limit.toSeconds() + " s",
                    "whatever is behind it hangs: a network, a disk, a program"));
        } catch (ExecutionException e) {
            return List.of(failed(name, e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.problem(name, "interrupted", ""));
        }
    }

    private static Finding failed(String name, Throwable cause) {
        if (cause instanceof StepmarkException known) {
            return Finding.problem(name, known.message().what(), String.join("; ", known.message().tries()));
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return Finding.problem(name, "it could not be looked at: " + why, "");
    }
}
