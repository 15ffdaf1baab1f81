package dev.stepmark.journal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks the record of a run: the chain over the raw bytes of its lines, numbers and writers, the artefacts' hashes,
 * and what was started and has no outcome. It reads only.
 */
public final class JournalVerifier {

    private final RunDirectory run;
    private final List<String> findings = new ArrayList<>();
    private Status status = Status.CONSISTENT;

    private JournalVerifier(RunDirectory run) {
        this.run = run;
    }

    /** The level of what can be said; the last that applies. */
    public enum Status {
        /** Unbroken in itself and ended. Whoever can write the directory could still have written it anew. */
        CONSISTENT,
        /** Unbroken as far as it goes, but the run did not end, or the last record is torn. */
        INCOMPLETE,
        /** Something was changed, removed or inserted. */
        DAMAGED
    }

    /**
     * What a later check can be held against, kept apart from the record.
     *
     * @param head  hash of the last line
     * @param count number of records
     */
    public record Checkpoint(String head, long count) { }

    /**
     * The result.
     *
     * @param status   the level
     * @param count    good records
     * @param head     hash of the last good line
     * @param findings one line each, for people; an execution without outcome is one, and no damage
     */
    public record Verification(Status status, long count, String head, List<String> findings) {

        public Verification {
            findings = List.copyOf(findings);
        }

        /** One line that says what is known, and what is not: never a bare OK. */
        public String summary() {
            String records = String.format(java.util.Locale.ROOT, "%,d %s", count, count == 1 ? "record" : "records");
            return switch (status) {
                case CONSISTENT -> "consistent  " + records + ", unbroken; not sealed, not signed";
                case INCOMPLETE -> "incomplete  " + records + ", unbroken as far as they go; not sealed, not signed";
                case DAMAGED -> "damaged  " + records + " before the first bad one";
            };
        }
    }

    /**
     * Checks a run.
     *
     * @throws dev.stepmark.message.StepmarkException when there is no journal that can be read
     */
    public static Verification verify(Path runDirectory) {
        return verify(runDirectory, Optional.empty());
    }

    /** Checks a run against a checkpoint: then also a changed last record and a record cut short are found. */
    public static Verification verify(Path runDirectory, Optional<Checkpoint> checkpoint) {
        RunDirectory run = new RunDirectory(runDirectory);
        return verify(run, JournalReader.read(run.journal()), checkpoint);
    }

    static Verification verify(RunDirectory run, JournalReader.ReadResult read, Optional<Checkpoint> checkpoint) {
        JournalVerifier verifier = new JournalVerifier(run);
        verifier.records(read);
        checkpoint.ifPresent(c -> verifier.against(c, read));
        verifier.artefacts(read.events());
        verifier.openEnds(read.events());
        return new Verification(verifier.status, read.events().size(), read.head(), verifier.findings);
    }

    private void found(Status level, String finding) {
        status = level.compareTo(status) > 0 ? level : status;
        findings.add(finding);
    }

    private void records(JournalReader.ReadResult read) {
        read.damage().ifPresent(d -> found(Status.DAMAGED, d.toString()));
        if (read.events().isEmpty() && read.damage().isEmpty()) {
            found(Status.INCOMPLETE, "there is no complete record");
        }
        if (read.tornBytes() > 0) {
            found(Status.INCOMPLETE, "the last record is torn: " + read.tornBytes() + " bytes without an end");
        }
        seals(read);
    }

    private void seals(JournalReader.ReadResult read) {
        for (int i = 0; i < read.events().size(); i++) {
            if (read.events().get(i).event() instanceof Event.Sealed seal) {
                String before = i == 0 ? Hashes.ZERO : read.hashes().get(i - 1);
                if (seal.count() != i || !seal.head().equals(before)) {
                    found(Status.DAMAGED, "record " + i + ": the seal does not fit the records before it");
                }
                if (i + 1 < read.events().size() || read.tornBytes() > 0) {
                    found(Status.DAMAGED, "record " + (i + 1) + ": something follows the seal");
                }
            }
        }
    }

    private void against(Checkpoint checkpoint, JournalReader.ReadResult read) {
        if (checkpoint.count() < 1 || checkpoint.count() > read.hashes().size()) {
            found(Status.DAMAGED, "record " + read.hashes().size() + ": missing; the checkpoint counts "
                    + checkpoint.count() + " records");
        } else if (!read.hashes().get((int) checkpoint.count() - 1).equals(checkpoint.head())) {
            found(Status.DAMAGED, "record " + (checkpoint.count() - 1) + ": changed; its hash is not that of the"
                    + " checkpoint");
        }
    }

    private void artefacts(List<Envelope> events) {
        Set<String> checked = new LinkedHashSet<>();
        for (Envelope envelope : events) {
            for (String hash : references(envelope.event())) {
                if (!hash.isEmpty() && checked.add(hash)) {
                    artefact(envelope.seq(), hash);
                }
            }
        }
    }

    /** The fields that name artefacts; hashes of what was shown name none. */
    static List<String> references(Event event) {
        if (event instanceof Event.RunStarted e) {
            return List.of(e.runbook(), e.plan());
        } else if (event instanceof Event.RunbookRevised e) {
            return List.of(e.runbook(), e.plan());
        } else if (event instanceof Event.Decided e) {
            return List.of(e.text());
        } else if (event instanceof Event.LoopPlanned e) {
            return List.of(e.items());
        } else if (event instanceof Event.ExecStarted e) {
            return List.of(e.text());
        } else if (event instanceof Event.ExecFinished e) {
            return e.outputs().stream().map(Event.Output::artefact).toList();
        } else if (event instanceof Event.Captured e) {
            return List.of(e.artefact());
        } else if (event instanceof Event.NoteAdded e) {
            return List.of(e.artefact());
        }
        return List.of();
    }

    private void artefact(long seq, String hash) {
        if (!Hashes.isHash(hash)) {
            found(Status.DAMAGED, "record " + seq + ": names no artefact: " + hash);
            return;
        }
        if (!Files.exists(run.artefactFiles().resolve(hash))) {
            found(Status.DAMAGED, "record " + seq + ": artefact " + hash + " is missing");
            return;
        }
        try {
            if (!hashOf(run.artefactFiles().resolve(hash)).equals(hash)) {
                found(Status.DAMAGED, "record " + seq + ": artefact " + hash + " was changed");
            }
        } catch (IOException e) {
            found(Status.DAMAGED, "record " + seq + ": artefact " + hash + " cannot be read: "
                    + JournalErrors.plain(e));
        }
    }

    private static String hashOf(Path file) throws IOException {
        MessageDigest digest = Hashes.sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = new FileInputStream(file.toFile())) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void openEnds(List<Envelope> events) {
        RunState state = RunState.of(events);
        for (Execution execution : state.executions()) {
            if (execution.finished().isEmpty()) {
                Event.ExecStarted started = execution.started();
                String resolved = execution.resolved().isEmpty() ? "no outcome"
                        : "no outcome, resolved as " + execution.resolved().get(execution.resolved().size() - 1)
                                .verdict();
                findings.add("execution " + started.exec() + " of step " + started.unit().step() + ": started "
                        + execution.utc() + ", " + resolved);
            }
        }
        if (!events.isEmpty() && state.ended().isEmpty()) {
            found(Status.INCOMPLETE, "the run has not ended: its last record is of "
                    + events.get(events.size() - 1).utc());
        }
        tornFiles();
    }

    private void tornFiles() {
        try (Stream<Path> files = Files.list(run.path())) {
            files.map(f -> f.getFileName().toString()).filter(n -> n.startsWith("torn-")).sorted()
                    .forEach(n -> findings.add(n + " holds what was cut off from a torn record"));
        } catch (IOException e) {
            findings.add("the directory cannot be listed: " + JournalErrors.plain(e));
        }
    }
}
