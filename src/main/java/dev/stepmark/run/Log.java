package dev.stepmark.run;

import dev.stepmark.journal.ArtefactStore;
import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.Journal;
import dev.stepmark.journal.OutputRecorder;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.Unit;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.secret.Masker;
import dev.stepmark.session.OutputSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The journal with the state that follows from it: what is appended is folded at once. */
public final class Log {

    private final Journal journal;
    private final Masker masker;
    private final RunState state;
    private final ArtefactStore artefacts;
    private final Path home;
    private final Overruled overruled = new Overruled(this);

    /**
     * @param journal open, with its first event (RunStarted or RunAttached) to come
     * @param masker  replaces secrets in texts
     * @param home    the user's home, to show paths shorter; may be null
     */
    public Log(Journal journal, Masker masker, Path home) {
        this.journal = journal;
        this.masker = masker;
        this.home = home;
        this.state = RunState.of(journal.events());
        this.artefacts = journal.directory().artefacts();
    }

    /** Appends an event durably and folds it. */
    public Envelope append(Event event) {
        Envelope envelope = journal.append(event);
        state.apply(envelope);
        return envelope;
    }

    /** What follows from all events. */
    public RunState state() {
        return state;
    }

    /** The plan with what operators of this run said that its blocks are. */
    Runbook overruled(Runbook plan) {
        return overruled.of(plan);
    }

    /** All events. */
    public List<Envelope> events() {
        return journal.events();
    }

    /** Keeps bytes, secrets in them replaced by the caller. */
    public String put(byte[] bytes) {
        return artefacts.put(bytes);
    }

    /** Keeps a text, secrets replaced. */
    public String text(String text) {
        return artefacts.put(masker.mask(text).getBytes(StandardCharsets.UTF_8));
    }

    /** A text with secrets replaced. */
    String mask(String text) {
        return masker.mask(text);
    }

    /** The bytes of an artefact. */
    public byte[] artefact(String hash) {
        return artefacts.get(hash);
    }

    /** A text as a file, for the pager. */
    Path textFile(String text) {
        return artefacts.path(text(text));
    }

    /** Records the output of an execution and hands it on, masked. */
    OutputRecorder recorder(String exec, OutputSink shown) {
        return new OutputRecorder(journal.directory(), exec, masker, OutputRecorder.DEFAULT_LIMIT, shown);
    }

    /** Id of this run. */
    public String runId() {
        return journal.directory().id();
    }

    /** The last part of the id. */
    public String shortId() {
        return journal.directory().shortId();
    }

    /** The run's directory, with the home directory as {@code ~}. */
    String shownDirectory() {
        Path directory = journal.directory().path().toAbsolutePath();
        return home != null && directory.startsWith(home) && !home.equals(home.getRoot())
                ? "~/" + home.relativize(directory) : directory.toString();
    }

    /** The run's directory. */
    public RunDirectory directory() {
        return journal.directory();
    }

    /** Id of the open transaction of a session, or empty. */
    String transaction(String session) {
        return state.openTransaction(session).map(Event.TransactionOpened::transaction).orElse("");
    }

    /** Id of an open transaction in any session, or empty. */
    String openTransaction() {
        return state.sessions().keySet().stream().map(this::transaction).filter(t -> !t.isEmpty()).findFirst()
                .orElse("");
    }

    /** How many transactions there were. */
    int transactions() {
        return (int) events().stream().filter(e -> e.event() instanceof Event.TransactionOpened).count();
    }

    /** Artefact of the last edit of a block. */
    Optional<String> editOf(Unit block) {
        return state.editedText(block);
    }

    /** All decisions, in order. */
    List<Event.Decided> decisions() {
        return events().stream().map(Envelope::event).filter(e -> e instanceof Event.Decided)
                .map(e -> (Event.Decided) e).toList();
    }

    /** First line of a text artefact, cut to fit a list. */
    String firstLine(String hash) {
        String line = new String(artefact(hash), StandardCharsets.UTF_8).strip().lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }

    /** What an execution ran and what came out, for reading. */
    String transcript(Execution execution) {
        StringBuilder out = new StringBuilder();
        new String(artefact(execution.started().text()), StandardCharsets.UTF_8).lines()
                .forEach(l -> out.append("> ").append(l).append('\n'));
        execution.finished().ifPresent(f -> {
            f.outputs().forEach(o -> out.append(new String(artefact(o.artefact()), StandardCharsets.UTF_8)));
            out.append("-- ").append(f.outcome()).append(f.message().isEmpty() ? "" : ": " + f.message()).append('\n');
        });
        return out.append('\n').toString();
    }

    /** Closes the journal. */
    public void close() {
        journal.close();
    }
}
