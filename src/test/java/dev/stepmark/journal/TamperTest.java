package dev.stepmark.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.JournalVerifier.Checkpoint;
import dev.stepmark.journal.JournalVerifier.Status;
import dev.stepmark.journal.JournalVerifier.Verification;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a journal is found; the first bad record is named. */
class TamperTest {

    @TempDir
    Path runs;
    private RunDirectory run;
    private byte[] bytes;
    private Checkpoint checkpoint;

    @BeforeEach
    void aRunThatEnded() throws IOException {
        run = Sample.directory(runs, Sample.ID);
        String text = run.artefacts().put("SELECT 1;");
        try (Journal journal = Sample.create(run)) {
            journal.append(Sample.started("/srv/work-orders.md", text));
            journal.append(Sample.execStarted("x1", Sample.S0, Event.Origin.STEP, "", text));
            journal.append(Sample.finished("x1", "done", 0));
            journal.append(new Event.RunEnded("finished", 0, List.of()));
            checkpoint = new Checkpoint(journal.head(), journal.events().size());
        }
        bytes = Files.readAllBytes(run.journal());
    }

    private Verification verify(byte[] changed, boolean withCheckpoint) throws IOException {
        return JournalVerifier.verify(run, JournalReader.read(changed),
                withCheckpoint ? Optional.of(checkpoint) : Optional.empty());
    }

    private void found(byte[] changed, int record, String as) throws IOException {
        Verification result = verify(changed, true);
        assertThat(result.status()).as(as).isEqualTo(Status.DAMAGED);
        assertThat(result.findings()).as(as).anyMatch(f -> f.startsWith("record " + record));
        assertThat(result.summary()).startsWith("damaged");
    }

    @Test
    void anUntouchedRecordIsConsistentAndNotMore() throws IOException {
        Verification result = verify(bytes, true);
        assertThat(result.status()).isEqualTo(Status.CONSISTENT);
        assertThat(result.findings()).isEmpty();
        assertThat(result.summary()).isEqualTo("consistent  4 records, unbroken; not sealed, not signed");
        assertThat(result.head()).isEqualTo(checkpoint.head());
        assertThat(JournalVerifier.verify(run.path())).usingRecursiveComparison().isEqualTo(result);
        assertThat(verify(bytes, false).status()).isEqualTo(Status.CONSISTENT);
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        int line = 0;
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                Verification result = verify(changed, true);
                assertThat(result.status()).as("byte %d, bit %d", i, bit).isEqualTo(Status.DAMAGED);
                // a change is seen where it is, or where the next record holds the hash of the changed one
                int at = line;
                assertThat(result.findings().get(0)).matches(f -> f.startsWith("record " + at + " ")
                        || f.startsWith("record " + at + ":") || f.startsWith("record " + (at + 1) + " ")
                        || f.startsWith("the last record is torn"), "byte " + i + " bit " + bit);
            }
            line += bytes[i] == '\n' ? 1 : 0;
        }
        assertThat(line).isEqualTo(4);
    }

    @Test
    void everyCutIsFound() throws IOException {
        for (int length = 0; length < bytes.length; length++) {
            byte[] changed = java.util.Arrays.copyOf(bytes, length);
            assertThat(verify(changed, true).status()).as("cut to " + length).isEqualTo(Status.DAMAGED);
            assertThat(verify(changed, false).status()).as("cut to " + length + ", nothing to hold it against")
                    .isEqualTo(Status.INCOMPLETE);
        }
    }

    @Test
    void everyInsertedRemovedSwappedDoubledOrMovedLineIsFound() throws IOException {
        List<byte[]> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            List<byte[]> removed = new ArrayList<>(lines);
            removed.remove(i);
            found(join(removed), i, "removed " + i);
            for (int k = 0; k <= lines.size(); k++) {
                List<byte[]> doubled = new ArrayList<>(lines);
                doubled.add(k, lines.get(i));
                found(join(doubled), k == i ? i + 1 : k, "line " + i + " again at " + k);
                if (k < lines.size() && k != i) {
                    List<byte[]> swapped = new ArrayList<>(lines);
                    java.util.Collections.swap(swapped, i, k);
                    found(join(swapped), Math.min(i, k), "swapped " + i + " and " + k);
                    List<byte[]> moved = new ArrayList<>(lines);
                    moved.add(k, moved.remove(i));
                    found(join(moved), Math.min(i, k), "moved " + i + " to " + k);
                }
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            List<byte[]> inserted = new ArrayList<>(lines);
            inserted.add(i, "\n".getBytes());
            found(join(inserted), i, "empty line at " + i);
        }
    }

    private List<byte[]> lines() {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(java.util.Arrays.copyOfRange(bytes, start, i + 1));
                start = i + 1;
            }
        }
        return lines;
    }

    private static byte[] join(List<byte[]> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        lines.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** A checkpoint says what must be there up to it; a later process may have gone on. */
    @Test
    void whatFollowsTheCheckpointMayGrow() throws IOException {
        try (Journal journal = Sample.attach(run)) {
            journal.append(new Event.RunAttached("resume", 0, "", Map.of()));
            journal.append(new Event.RunEnded("finished", 0, List.of()));
        }
        assertThat(verify(Files.readAllBytes(run.journal()), true).status()).isEqualTo(Status.CONSISTENT);
    }

    @Test
    void aChangedOrMissingArtefactIsFound() throws IOException {
        Path artefact = run.artefacts().path(run.artefacts().put("SELECT 1;"));
        Files.writeString(artefact, "SELECT 2;");
        assertThat(verify(bytes, true).findings()).singleElement().asString()
                .isEqualTo("record 0: artefact " + artefact.getFileName() + " was changed");
        Files.delete(artefact);
        Verification missing = verify(bytes, true);
        assertThat(missing.status()).isEqualTo(Status.DAMAGED);
        assertThat(missing.findings()).singleElement().asString().endsWith("is missing");
    }

    @Test
    void anExecutionWithoutOutcomeIsListedAndARunWithoutEndIsIncomplete() throws IOException {
        List<byte[]> lines = lines();
        Verification result = verify(join(lines.subList(0, 2)), false);
        assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(result.findings()).containsExactly(
                "execution x1 of step 3: started 2026-11-20T02:11:20.007Z, no outcome",
                "the run has not ended: its last record is of 2026-11-20T02:11:20.007Z");
        assertThat(result.summary()).startsWith("incomplete  2 records");
    }

    @Test
    void nothingMayFollowASealAndASealMustFit() throws IOException {
        run = Sample.whole(runs.resolve("other"));
        byte[] sealed = Files.readAllBytes(run.journal());
        assertThat(verify(sealed, false).status()).isEqualTo(Status.CONSISTENT);
        byte[] torn = java.util.Arrays.copyOf(sealed, sealed.length + 1);
        assertThat(verify(torn, false).status()).isEqualTo(Status.DAMAGED);
        RunDirectory wrong = Sample.directory(runs, "20261120-0300-abcd");
        try (Journal journal = Sample.create(wrong)) {
            journal.append(Sample.started("/r.md", ""));
            journal.append(new Event.RunEnded("finished", 0, List.of()));
            journal.append(new Event.Sealed(journal.head(), 7, ""));
        }
        assertThat(JournalVerifier.verify(wrong.path()).findings())
                .containsExactly("record 2: the seal does not fit the records before it");
    }

    /** After a cut at any byte the run goes on, the tear is recorded and kept; or it is refused with its reason. */
    @Test
    void attachingAfterACutAtEveryByte() throws IOException {
        List<byte[]> some = lines();
        int first = some.get(0).length;
        some.remove(3);
        bytes = join(some);
        for (int length = 0; length <= bytes.length; length++) {
            RunDirectory cut = Sample.directory(runs, "20261120-0400-" + length);
            Files.write(cut.journal(), java.util.Arrays.copyOf(bytes, length));
            if (length < first) {
                neverBegan(cut);
                continue;
            }
            long torn;
            try (Journal journal = Sample.attach(cut)) {
                torn = journal.tornBytes();
                assertThat(journal.append(new Event.RunAttached("resume", torn, "", Map.of())).epoch()).isEqualTo(2);
                journal.append(new Event.RunEnded("finished", 0, List.of()));
            }
            assertThat(Files.exists(cut.path().resolve("torn-1"))).isEqualTo(torn > 0);
            if (torn > 0) {
                assertThat(Files.readAllBytes(cut.path().resolve("torn-1")))
                        .isEqualTo(java.util.Arrays.copyOfRange(bytes, length - (int) torn, length));
            }
            JournalReader.ReadResult read = JournalReader.read(cut.journal());
            assertThat(read.damage()).as("cut at " + length).isEmpty();
            assertThat(read.tornBytes()).isZero();
        }
    }

    private static void neverBegan(RunDirectory cut) {
        refused(cut, "never began: its log holds no complete record");
    }

    private static void refused(RunDirectory run, String reason) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Sample.attach(run))
                .isInstanceOfSatisfying(StepmarkException.class, e -> {
                    assertThat(e.exitCode()).isEqualTo(ExitCode.JOURNAL);
                    assertThat(e.message().what()).contains(reason);
                });
        assertThat(run.writer()).isEmpty();
    }

    @Test
    void aDamagedRecordIsNotGoneOnWith() throws IOException {
        bytes[lines().get(0).length + 40] ^= 1;
        Files.write(run.journal(), bytes);
        refused(run, "is damaged at record 1");
        refused(Sample.whole(runs.resolve("other")), "is sealed");
    }

    @Test
    void whatThisVersionDoesNotKnowIsDamage() throws IOException {
        String line = new String(lines().get(0));
        for (String changed : List.of(
                line.replace("{\"v\":1", "{\"v\":2"),
                line.replace("RunStarted", "RunBegun"),
                line.replace("\"title\":", "\"extra\":1,\"title\":"),
                line.replace("\"title\":\"Change the key\",", ""),
                line.replace("\"title\":\"Change the key\"", "\"title\":null"),
                line.replace("\"batch\":false", "\"batch\":\"false\""),
                line.replace("\"batch\":false", "\"batch\":false,\"batch\":false"),
                line.replace("\"seq\":0", "\"seq\":0.0"),
                line.replace("\"mono\":5", "\"mono\":\"5\""),
                line.replace("}\n", "} {}\n"),
                line.replace("\"epoch\":1", "\"epoch\":2"),
                "[]\n", "null\n", "{\"v\":1}\n", "\n")) {
            assertThat(changed).isNotEqualTo(line);
            JournalReader.ReadResult read = JournalReader.read(changed.getBytes());
            assertThat(read.damage()).as(changed).hasValueSatisfying(d -> assertThat(d.record()).isZero());
        }
        assertThat(JournalReader.read(line.getBytes()).damage()).isEmpty();
    }
}
