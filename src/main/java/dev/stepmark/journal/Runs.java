package dev.stepmark.journal;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The runs in one directory. */
public final class Runs {

    static final String ID = "[0-9]{8}-[0-9]{4}-[a-z0-9]{4}";
    private static final Set<String> NOT_TO_GO_ON = Set.of("finished", "refused");

    private final Path directory;

    /**
     * @param directory where the runs are; it may be missing
     */
    public Runs(Path directory) {
        this.directory = directory;
    }

    /**
     * One run of the list.
     *
     * @param directory where it is
     * @param state     the fold over its good records; empty when there is none
     * @param problem   why its log cannot be trusted or read, for people; empty when it can
     * @param startedAt wall clock of its first record, or empty
     */
    public record Entry(RunDirectory directory, Optional<RunState> state, String problem, String startedAt) {

        /** The long id. */
        public String id() {
            return directory.id();
        }

        /** The last part of the id. */
        public String shortId() {
            return directory.shortId();
        }

        /** Whether it can be gone on with: it began, it has not finished, and its log is whole. */
        public boolean unfinished() {
            return problem.isEmpty() && state.isPresent()
                    && state.get().ended().map(e -> !NOT_TO_GO_ON.contains(e.status())).orElse(true);
        }
    }

    /** All runs, the newest first. A run that cannot be read is in the list with its problem, never thrown. */
    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        for (Path path : directories()) {
            entries.add(entry(new RunDirectory(path)));
        }
        entries.sort(Comparator.comparing(Runs::age).reversed());
        return entries;
    }

    /** The date in the id has minutes only; the first record knows better. */
    private static String age(Entry entry) {
        String stamp = entry.startedAt().replaceAll("[^0-9]", "");
        return entry.id().replaceAll("-", "").substring(0, 12) + stamp;
    }

    private List<Path> directories() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(p -> p.getFileName().toString().matches(ID) && Files.isDirectory(p)).sorted().toList();
        } catch (IOException e) {
            throw JournalErrors.cannotRead(directory, e);
        }
    }

    private static Entry entry(RunDirectory run) {
        if (!run.exists()) {
            return new Entry(run, Optional.empty(), "has no log", "");
        }
        try {
            JournalReader.ReadResult read = JournalReader.read(run.journal());
            String problem = read.damage().map(d -> "damaged at " + d)
                    .orElse(read.events().isEmpty() ? "never began" : "");
            if (read.events().isEmpty()) {
                return new Entry(run, Optional.empty(), problem, "");
            }
            RunState state = RunState.of(read.events());
            if (run.writer().isEmpty()) {
                state.writerGone();
            }
            return new Entry(run, Optional.of(state), problem, read.events().get(0).utc());
        } catch (StepmarkException e) {
            return new Entry(run, Optional.empty(), e.message().what(), "");
        }
    }

    /**
     * The run that somebody names: by its long id, its short id, or its directory.
     *
     * @throws StepmarkException exit code 2 when there is none, or more than one
     */
    public RunDirectory find(String name) {
        RunDirectory named = byPath(name);
        if (named != null) {
            return named;
        }
        List<Path> all = directories();
        List<RunDirectory> found = all.stream().map(RunDirectory::new)
                .filter(r -> r.id().equals(name) || r.shortId().equals(name)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw new StepmarkException(ExitCode.USAGE, Message.of("there is no run " + name,
                    "Looked in " + JournalErrors.home(directory) + ", which has " + all.size()
                            + (all.size() == 1 ? " run." : " runs."), "stepmark runs"));
        }
        throw new StepmarkException(ExitCode.USAGE, Message.of(found.size() + " runs end in " + name + ": "
                + String.join(", ", found.stream().map(RunDirectory::id).toList()),
                "A short id must fit one run only.", found.get(found.size() - 1).id()));
    }

    private static RunDirectory byPath(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            return null;
        }
        Path path = Path.of(name);
        if (path.getFileName() != null && path.getFileName().toString().equals("journal.jsonl")
                && path.toAbsolutePath().getParent() != null) {
            path = path.toAbsolutePath().getParent();
        }
        RunDirectory run = new RunDirectory(path);
        return run.exists() ? run : null;
    }

    /**
     * The newest run of a runbook that can be gone on with.
     *
     * @param runbook absolute path of the runbook
     */
    public Optional<Entry> unfinished(Path runbook) {
        String wanted = runbook.toAbsolutePath().normalize().toString();
        return directories().stream().map(RunDirectory::new).filter(run -> mayGoOn(run, wanted)).map(Runs::entry)
                .filter(Entry::unfinished).filter(e -> e.state().get().started().path().equals(wanted))
                .max(Comparator.comparing(Runs::age));
    }

    /** By its ends alone; whether its log is whole only reading it can say. */
    private static boolean mayGoOn(RunDirectory run, String runbook) {
        JournalEnds ends = JournalEnds.of(run.journal());
        return ends.of(runbook) && ends.ended().map(e -> !NOT_TO_GO_ON.contains(e.status())).orElse(true);
    }
}
