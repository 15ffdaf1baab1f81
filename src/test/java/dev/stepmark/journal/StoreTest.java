package dev.stepmark.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.secret.Masker;
import dev.stepmark.secret.Secrets;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.OutputSink.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artefacts, outputs and the list of runs. */
class StoreTest {

    @TempDir
    Path runs;

    private static void write(OutputSink sink, Stream stream, String text) {
        byte[] bytes = ("<<" + text + ">>").getBytes(StandardCharsets.UTF_8);
        sink.write(stream, bytes, 2, bytes.length - 4);
    }

    private static List<String> names(Path directory) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anArtefactIsKeptOnceUnderItsHash() throws IOException {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        String hash = run.artefacts().put("abc");
        assertThat(hash).as("FIPS 180-2, appendix B.1")
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(run.artefacts().put("abc")).isEqualTo(hash);
        assertThat(names(run.artefactFiles())).containsExactly(hash);
        assertThat(run.artefacts().text(hash)).isEqualTo("abc");
    }

    @Test
    void aChangedArtefactIsNotHandedOutAndNoOtherFileIsReached() throws IOException {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        String hash = run.artefacts().put("abc");
        Files.writeString(run.artefacts().path(hash), "abd");
        assertThatThrownBy(() -> run.artefacts().get(hash)).isInstanceOfSatisfying(StepmarkException.class,
                e -> assertThat(e.message().tries()).containsExactly("stepmark verify k7qd"));
        assertThatThrownBy(() -> run.artefacts().get("0".repeat(64))).isInstanceOf(StepmarkException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> run.artefacts().get("../journal.jsonl"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void outputsAreMaskedShownHashedAndKeptByStream() throws IOException {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        Secrets secrets = new Secrets();
        secrets.add("A", "hunter2-more");
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        OutputRecorder recorder = new OutputRecorder(run, "x1", secrets.masker(), 1000,
                (stream, buffer, offset, length) -> shown.write(buffer, offset, length));
        write(recorder, Stream.STDERR, "warn\n");
        write(recorder, Stream.STDOUT, "key hunt");
        assertThat(Files.readString(run.outputs().resolve("x1.stdout"))).as("a crash leaves what came")
                .isEqualTo("key ");
        write(recorder, Stream.STDOUT, "er2-more end\u0000");
        List<Event.Output> outputs = recorder.finish();
        assertThat(outputs).extracting(Event.Output::stream).containsExactly("stdout", "stderr");
        assertThat(run.artefacts().text(outputs.get(0).artefact())).isEqualTo("key *** end\u0000");
        assertThat(outputs.get(0).bytes()).isEqualTo(12);
        assertThat(outputs.get(0).truncated()).isFalse();
        assertThat(shown).hasToString("warn\nkey *** end\u0000");
        assertThat(names(run.outputs())).isEmpty();
    }

    /** A flood in pieces of all sizes, with secrets across them, NUL, no end of the last line, and interrupts. */
    @Test
    void aFloodIsKeptWhole() throws Exception {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        Secrets secrets = new Secrets();
        secrets.add("A", "hunter2-more");
        OutputRecorder recorder = new OutputRecorder(run, "x1", secrets.masker());
        Random random = new Random(7);
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        while (came.size() < 5 * OutputFile.FLOOD) {
            byte[] noise = new byte[random.nextInt(5000)];
            random.nextBytes(noise);
            came.write(noise);
            came.write("\u0000hunter2-more\n\u00e4\u20ac".getBytes(StandardCharsets.UTF_8));
        }
        byte[] all = came.toByteArray();
        byte[] buffer = new byte[1 << 16];
        for (int at = 0; at < all.length; ) {
            int length = Math.min(all.length - at, random.nextInt(4) == 0 ? 1 + random.nextInt(9)
                    : random.nextInt(buffer.length));
            System.arraycopy(all, at, buffer, 0, length);
            if (random.nextInt(20) == 0) {
                Thread.currentThread().interrupt();
            }
            recorder.write(Stream.STDOUT, buffer, 0, length);
            Arrays.fill(buffer, (byte) '#');
            at += length;
        }
        boolean interrupted = Thread.interrupted();
        byte[] expected = new String(all, StandardCharsets.ISO_8859_1).replace("hunter2-more", "***")
                .getBytes(StandardCharsets.ISO_8859_1);
        Event.Output output = recorder.finish().get(0);
        assertThat(interrupted).as("an interrupt is left to whoever waits for it").isTrue();
        assertThat(output.bytes()).isEqualTo(expected.length);
        assertThat(run.artefacts().get(output.artefact())).isEqualTo(expected);
    }

    /** What came is in the file while the program thinks, also after a flood: a crash leaves it. */
    @Test
    void aPauseInAFloodLeavesNothingInMemory() throws Exception {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        OutputRecorder recorder = new OutputRecorder(run, "x1", Masker.none());
        String line = "one line of many\n";
        long bytes = 0;
        while (bytes < 2 * OutputFile.FLOOD) {
            write(recorder, Stream.STDOUT, line);
            bytes += line.length();
        }
        Path file = run.outputs().resolve("x1.stdout");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Files.size(file) < bytes && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertThat(Files.size(file)).isEqualTo(bytes);
        assertThat(recorder.finish()).singleElement().satisfies(o -> assertThat(o.truncated()).isFalse());
    }

    @Test
    void outputBeyondTheLimitIsCutAndSaysSo() {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        OutputRecorder exact = new OutputRecorder(run, "x1", Masker.none(), 10, OutputSink.none());
        write(exact, Stream.STDOUT, "0123456789");
        assertThat(exact.finish()).singleElement().satisfies(o -> assertThat(o.truncated()).isFalse());

        List<String> shown = new ArrayList<>();
        OutputRecorder over = new OutputRecorder(run, "x2", Masker.none(), 10,
                (stream, buffer, offset, length) -> shown.add(new String(buffer, offset, length)));
        write(over, Stream.STDOUT, "01234567");
        write(over, Stream.RESULT, "abcd");
        write(over, Stream.STDOUT, "89");
        write(over, Stream.TTY, "tty");
        List<Event.Output> outputs = over.finish();
        assertThat(outputs).extracting(Event.Output::stream).containsExactly("stdout", "tty", "result");
        assertThat(outputs).allMatch(Event.Output::truncated);
        assertThat(run.artefacts().text(outputs.get(0).artefact()))
                .startsWith("01234567\n[cut here by Stepmark: 2 more bytes came; 10 bytes");
        assertThat(run.artefacts().text(outputs.get(2).artefact())).startsWith("ab\n[cut here by Stepmark: 2 more");
        assertThat(shown).as("the screen gets all").containsExactly("01234567", "abcd", "89", "tty");
    }

    @Test
    void streamsMayWriteAtTheSameTime() throws InterruptedException {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        OutputRecorder recorder = new OutputRecorder(run, "x1", Masker.none());
        List<Thread> threads = new ArrayList<>();
        for (Stream stream : List.of(Stream.STDOUT, Stream.STDERR)) {
            for (int t = 0; t < 2; t++) {
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < 500; i++) {
                        write(recorder, stream, stream + "\n");
                    }
                });
                thread.start();
                threads.add(thread);
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (Event.Output output : recorder.finish()) {
            assertThat(run.artefacts().text(output.artefact()))
                    .isEqualToIgnoringCase((output.stream() + "\n").repeat(1000));
        }
    }

    @Test
    void outputThatCannotBeKeptIsAProblemAndNoOutput() throws IOException {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        Files.delete(run.outputs());
        OutputRecorder recorder = new OutputRecorder(run, "x1", Masker.none());
        write(recorder, Stream.STDOUT, "text");
        assertThat(recorder.failure()).isPresent();
        assertThat(recorder.finish()).isEmpty();
        assertThat(recorder.problem()).hasValueSatisfying(e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.JOURNAL);
            assertThat(e.message().what()).contains("is gone");
        });
    }

    private RunDirectory run(String id, String runbook, String status) {
        RunDirectory run = Sample.directory(runs, id);
        try (Journal journal = Sample.create(run)) {
            journal.append(Sample.started(runbook, ""));
            if (!status.isEmpty()) {
                journal.append(new Event.RunEnded(status, 0, List.of()));
            }
        }
        return run;
    }

    @Test
    void runsAreListedNewestFirstAndWhatCannotBeReadIsReported() throws IOException {
        run("20261119-0900-aaaa", "/a.md", "finished");
        RunDirectory broken = run("20261120-0900-bbbb", "/a.md", "finished");
        Files.writeString(broken.journal(), "x" + Files.readString(broken.journal()));
        run("20261120-0901-cccc", "/b.md", "");
        Sample.directory(runs, "20261121-0000-dddd");
        Files.createFile(Sample.directory(runs, "20261121-0001-eeee").journal());
        Files.createDirectory(runs.resolve("something else"));
        List<Runs.Entry> list = new Runs(runs).list();
        assertThat(list).extracting(Runs.Entry::shortId).containsExactly("eeee", "dddd", "cccc", "bbbb", "aaaa");
        assertThat(list.get(0).problem()).isEqualTo("never began");
        assertThat(list.get(1).problem()).isEqualTo("has no log");
        assertThat(list.get(2).problem()).isEmpty();
        assertThat(list.get(3).problem()).startsWith("damaged at record 0 (line 1): not JSON");
        assertThat(list.get(4).state().orElseThrow().ended().orElseThrow().status()).isEqualTo("finished");
        assertThat(new Runs(runs.resolve("missing")).list()).isEmpty();
    }

    @Test
    void aRunIsFoundByEachOfItsNames() {
        RunDirectory run = run("20261119-0900-aaaa", "/a.md", "");
        run("20261119-0900-bbbb", "/a.md", "");
        run("20261119-1000-bbbb", "/a.md", "");
        Runs all = new Runs(runs);
        assertThat(all.find("aaaa")).isEqualTo(run);
        assertThat(all.find("20261119-0900-aaaa")).isEqualTo(run);
        assertThat(all.find(run.path().toString())).isEqualTo(run);
        assertThat(all.find(run.journal().toString()).path()).isEqualTo(run.path());
        assertThat(all.find("20261119-1000-bbbb").id()).isEqualTo("20261119-1000-bbbb");
        assertThatThrownBy(() -> all.find("bbbb")).isInstanceOfSatisfying(StepmarkException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(e.message().what())
                    .isEqualTo("2 runs end in bbbb: 20261119-0900-bbbb, 20261119-1000-bbbb");
        });
        for (String none : List.of("zzzz", "", "..", "a\u0000b", "/")) {
            assertThatThrownBy(() -> all.find(none)).isInstanceOfSatisfying(StepmarkException.class,
                    e -> assertThat(e.message().what()).startsWith("there is no run"));
        }
    }

    @Test
    void theNewestUnfinishedRunOfARunbook() throws IOException {
        run("20261119-0900-aaaa", "/a.md", "");
        run("20261119-0901-bbbb", "/a.md", "stopped");
        run("20261119-0902-cccc", "/b.md", "");
        run("20261119-0903-dddd", "/a.md", "finished");
        run("20261119-0904-eeee", "/a.md", "refused");
        RunDirectory broken = run("20261119-0905-ffff", "/a.md", "");
        Files.writeString(broken.journal(), "{}\n");
        Runs all = new Runs(runs);
        assertThat(all.unfinished(Path.of("/x/../a.md"))).map(Runs.Entry::shortId).contains("bbbb");
        assertThat(all.unfinished(Path.of("/c.md"))).isEmpty();
        RunDirectory again = all.find("dddd");
        try (Journal journal = Sample.attach(again)) {
            journal.append(new Event.RunAttached("resume", 0, "", Map.of()));
        }
        assertThat(all.unfinished(Path.of("/a.md"))).map(Runs.Entry::shortId).contains("dddd");
    }
}
