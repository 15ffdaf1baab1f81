package dev.stepmark.cli;

import dev.stepmark.message.StepmarkException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Many runbooks: read on all processors, taken in their order by the thread that asked. */
final class EachRunbook {

    /** How many results may wait for the one before them, for each processor: what is read is kept until then. */
    private static final int WAITING = 4;

    private EachRunbook() { }

    /**
     * Gives what becomes of each file to a consumer, in the order of the files.
     *
     * @param files    the files
     * @param reading  done for each, on any thread
     * @param taking   takes a result
     * @param refusing takes why a file has none
     */
    static <T> void of(List<Path> files, Function<Path, T> reading, BiConsumer<Path, T> taking,
            Consumer<StepmarkException> refusing) {
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), files.size());
        if (processors < 2) {
            files.forEach(file -> take(file, () -> reading.apply(file), taking, refusing));
            return;
        }
        ExecutorService readers = Executors.newFixedThreadPool(processors, EachRunbook::thread);
        try {
            Deque<Future<T>> begun = new ArrayDeque<>();
            int next = 0;
            for (Path file : files) {
                while (next < files.size() && begun.size() < processors * WAITING) {
                    Path one = files.get(next++);
                    begun.add(readers.submit(() -> reading.apply(one)));
                }
                Future<T> first = begun.remove();
                take(file, () -> result(first), taking, refusing);
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private interface Reading<T> {
        T get();
    }

    private static <T> void take(Path file, Reading<T> reading, BiConsumer<Path, T> taking,
            Consumer<StepmarkException> refusing) {
        T result;
        try {
            result = reading.get();
        } catch (StepmarkException e) {
            refusing.accept(e);
            return;
        }
        taking.accept(file, result);
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while runbooks were read", e);
        }
    }

    /** One that does not keep the process, with the stack that the parser of a nested document needs. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "reader", 8L << 20);
        thread.setDaemon(true);
        return thread;
    }
}
