package dev.stepmark.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.secret.Secrets;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/stepmark/journal/golden.jsonl");

    @TempDir
    Path runs;

    /** Journals of released versions must be readable for ever: the bytes do not change. */
    @Test
    void theBytesOfEveryEventAreStable() throws IOException {
        byte[] written = Files.readAllBytes(Sample.whole(runs).journal());
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.write(GOLDEN, written);
        }
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(Files.readString(GOLDEN));
        JournalReader.ReadResult read = JournalReader.read(GOLDEN);
        assertThat(read.damage()).isEmpty();
        assertThat(read.events()).extracting(e -> (Object) e.event().getClass()).as("every type is in it")
                .contains((Object[]) Event.class.getPermittedSubclasses());
    }

    /** A journal from before there was going back: each record, and what follows from them. */
    @Test
    void aJournalOfTheFirstVersionIsReadAndFolded() {
        JournalReader.ReadResult read = JournalReader.read(GOLDEN.resolveSibling("golden-v1.jsonl"));
        assertThat(read.damage()).isEmpty();
        assertThat(read.events()).hasSizeGreaterThan(20).extracting(Envelope::v).containsOnly(1);
        RunState state = RunState.of(read.events());
        assertThat(state.unit(Sample.S0)).isEqualTo(StepState.DONE);
        assertThat(state.unit(Sample.S1)).isEqualTo(StepState.PENDING);
        assertThat(state.wentTo()).isEmpty();
        assertThat(state.ended()).map(Event.RunEnded::status).contains("stopped");
    }

    /** A program of the first version must say that it does not know a record, not that the journal is damaged. */
    @Test
    void onlyRecordsThatCameLaterSayALaterVersion() throws IOException {
        List<Envelope> events = JournalReader.read(Sample.whole(runs).journal()).events();
        assertThat(events).filteredOn(e -> e.v() == 2).extracting(e -> (Object) e.event().getClass())
                .containsExactly(Event.WentTo.class, Event.StillValid.class, Event.OutputCompared.class,
                        Event.RollbackBegun.class);
        Path changed = runs.resolve("changed.jsonl");
        Files.writeString(changed, Files.readString(Sample.whole(runs.resolve("v2")).journal()).replace("{\"v\":2,", "{\"v\":1,"));
        assertThat(JournalReader.read(changed).damage().orElseThrow().reason())
                .isEqualTo("schema version 1 is not that of WentTo");
    }

    @Test
    void whatIsReadEqualsWhatWasAppended() {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        List<Envelope> seen = new ArrayList<>();
        Event.NoteAdded note = new Event.NoteAdded(Unit.RUN, "\u0000\n\u202e\ud800 \udb40\udc41 \u2028\"\\ \u00fc", "");
        try (Journal journal = Sample.create(run)) {
            journal.afterAppend(seen::add);
            journal.append(Sample.started("/r.md", ""));
            journal.append(note);
            assertThat(journal.events()).isEqualTo(seen);
        }
        assertThat(JournalReader.read(run.journal()).events()).isEqualTo(seen);
        assertThat(seen.get(1).event()).isEqualTo(note);
        assertThat(seen).extracting(Envelope::epoch).containsExactly(1, 1);
    }

    @Test
    void theFileHoldsNoCharacterThatATerminalObeysOrHides() throws IOException {
        String text = Files.readString(Sample.whole(runs).journal()).replace("\n", "");
        assertThat(text.codePoints().filter(c -> Character.isISOControl(c) || c == 0xa0 || c == 0xfeff
                || c >= 0x200b && c <= 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069)).isEmpty();
        assertThat(text).contains("caf\u00e9", "\\u202Eevil\\u0000\\u001B[31m\\u00A0\\uFEFF");
    }

    @Test
    void secretsAreMaskedBeforeTheyReachTheDisk() throws IOException {
        Secrets secrets = new Secrets();
        secrets.add("A", "hunter2-more");
        secrets.add("B", "finished");
        secrets.add("C", "postgres");
        RunDirectory run = Sample.directory(runs, Sample.ID);
        try (Journal journal = Journal.create(run.path(), run.id(), Sample.ACTOR, Sample.CLOCK, secrets.masker())) {
            journal.append(new Event.RunStarted("/r.md", "", "", "", "hunter2-more", "t", Map.of("k", "hunter2-more"),
                    Map.of("x hunter2-more", "y"), false));
            journal.append(new Event.ExecFinished("x1", "failed", 1, List.of("line 1: hunter2-more: not found"),
                    "", -1, List.of(), List.of(), "ERROR: role \"postgres\"", 0, List.of(), List.of()));
            journal.append(new Event.SessionOpened("postgres", "", "jdbc", "", Map.of(), -1));
            journal.append(new Event.RunEnded("finished", 0, List.of("not finished")));
            assertThat(journal.events()).isEqualTo(JournalReader.read(run.journal()).events());
        }
        String text = Files.readString(run.journal());
        assertThat(text).doesNotContain("hunter2").contains("line 1: ***: not found", "role \\\"***\\\"")
                .contains("\"session\":\"postgres\"").contains("\"status\":\"finished\"").contains("not ***");
    }

    @Test
    void aRunBeginsWithItsStartAndALaterProcessWithItsAttaching() {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        Event end = new Event.RunEnded("stopped", 4, List.of());
        try (Journal journal = Sample.create(run)) {
            assertThatThrownBy(() -> journal.append(end)).isInstanceOf(IllegalStateException.class);
            journal.append(Sample.started("/r.md", ""));
            assertThatThrownBy(() -> journal.append(Sample.started("/r.md", "")))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (Journal journal = Sample.attach(run)) {
            assertThatThrownBy(() -> journal.append(end)).isInstanceOf(IllegalStateException.class);
            Event.RunAttached attached = new Event.RunAttached("resume", 0, "", Map.of());
            assertThat(journal.append(attached).epoch()).isEqualTo(2);
            assertThatThrownBy(() -> journal.append(attached)).isInstanceOf(IllegalStateException.class);
            assertThat(journal.append(end).seq()).isEqualTo(2);
        }
        assertThat(JournalReader.read(run.journal()).damage()).isEmpty();
    }

    private static void refused(Consumer<RunDirectory> action, RunDirectory run, ExitCode exit, String what) {
        assertThatThrownBy(() -> action.accept(run)).isInstanceOfSatisfying(StepmarkException.class, e -> {
            assertThat(e.message().what()).contains(what);
            assertThat(e.exitCode()).isEqualTo(exit);
        });
    }

    @Test
    void oneWriterAtATimeInThisProcess() {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        try (Journal journal = Sample.create(run)) {
            journal.append(Sample.started("/r.md", ""));
            refused(Sample::attach, run, ExitCode.REFUSED, "pid " + ProcessHandle.current().pid());
            assertThat(run.writer()).isPresent();
        }
        assertThat(run.writer()).isEmpty();
        Sample.attach(run).close();
    }

    /** A process of its own that holds the lock, is refused a second attach, and frees the lock when it is killed. */
    @Test
    @Timeout(60)
    void oneWriterAtATimeAmongProcesses() throws Exception {
        RunDirectory run = Sample.whole(runs);
        Files.write(run.journal(), firstLines(run, 5));
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Holder.class.getName(), run.path().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("attached");
            refused(Sample::attach, run, ExitCode.REFUSED, "pid " + holder.pid() + " on ");
            assertThat(run.writer()).hasValueSatisfying(w -> assertThat(w).contains("pid " + holder.pid()));
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.writer()).isEmpty();
        Sample.attach(run).close();
    }

    /** The other process of the test above. */
    static final class Holder {
        public static void main(String[] args) throws IOException {
            Sample.attach(new RunDirectory(Path.of(args[0])));
            System.out.println("attached");
            System.in.read();
        }
    }

    static byte[] firstLines(RunDirectory run, int count) throws IOException {
        try (Stream<String> lines = Files.lines(run.journal())) {
            return (String.join("\n", lines.limit(count).toList()) + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Ctrl-C interrupts threads: that must not cost a record. */
    @Test
    void anInterruptedThreadRecordsAllTheSame() {
        Thread.currentThread().interrupt();
        try {
            RunDirectory run = RunDirectory.create(runs.resolve("new"), Sample.CLOCK);
            String hash = run.artefacts().put("text");
            try (Journal journal = Sample.create(run)) {
                journal.append(Sample.started("/r.md", hash));
            }
            try (Journal journal = Sample.attach(run)) {
                assertThat(journal.events()).hasSize(1);
                assertThat(run.writer()).isPresent();
                journal.append(new Event.RunAttached("resume", 0, "", Map.of()));
            }
            assertThat(run.artefacts().text(hash)).isEqualTo("text");
            assertThat(JournalVerifier.verify(run.path()).count()).isEqualTo(2);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    /** A field that masking could rename would make the record unreadable. */
    @Test
    void everyFieldIsAWordOfTheFormat() {
        List<Class<?>> records = new ArrayList<>(List.of(Event.class.getPermittedSubclasses()));
        records.addAll(List.of(Event.Output.class, Unit.class));
        assertThat(records).flatExtracting(r -> List.of(r.getRecordComponents()))
                .extracting(RecordComponent::getName).allMatch(Vocabulary::contains).hasSizeGreaterThan(80);
    }

    @Test
    void aFullDiskKillsTheJournalForGood() throws IOException {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        int[] calls = {0};
        Durable.Appender full = new Durable.Appender() {
            @Override
            public void append(byte[] bytes) throws IOException {
                calls[0]++;
                throw new IOException("No space left on device");
            }

            @Override
            public void close() { }
        };
        Journal journal = new Journal(run.path(), Journal.Writer.of(run.id(), 1, "a", Sample.CLOCK, Sample.ticking()),
                dev.stepmark.secret.Masker.none(), null, full, JournalReader.read(new byte[0]));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> journal.append(Sample.started("/r.md", "")))
                    .isInstanceOfSatisfying(StepmarkException.class, e -> {
                        assertThat(e.exitCode()).isEqualTo(ExitCode.JOURNAL);
                        assertThat(e.message().what()).startsWith("the log cannot be written: no space left on ");
                        assertThat(e.message().tries()).containsExactly("free some space, then stepmark run the same file again: it goes on with run k7qd");
                    });
        }
        assertThat(calls[0]).as("never retried").isEqualTo(1);
        assertThat(journal.events()).isEmpty();
        assertThatThrownBy(() -> Durable.appender(Path.of("/dev/full")).append(new byte[1]))
                .isInstanceOf(IOException.class).hasMessageContaining("No space left");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(runs.resolve("file"));
        for (Path place : List.of(file, file.resolve("runs"))) {
            assertThatThrownBy(() -> RunDirectory.create(place, Sample.CLOCK))
                    .isInstanceOfSatisfying(StepmarkException.class, e -> {
                        assertThat(e.exitCode()).isEqualTo(ExitCode.JOURNAL);
                        assertThat(e.message().what()).isEqualTo("the log cannot be written: " + place
                                + " is not a directory");
                        assertThat(e.message().meaning()).isNotEmpty();
                    });
        }
    }

    @Test
    void onlyTheOwnerCanReadARun() throws IOException {
        RunDirectory run = RunDirectory.create(runs.resolve("state/runs"), Sample.CLOCK);
        assertThat(run.id()).matches("20261120-0211-[a-z0-9]{4}");
        try (Journal journal = Sample.create(run)) {
            journal.append(Sample.started("/r.md", ""));
            run.artefacts().put("text");
            try (Stream<Path> all = Files.walk(runs.resolve("state"))) {
                for (Path path : all.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).as(path.toString())
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
                }
            }
        }
    }
}
