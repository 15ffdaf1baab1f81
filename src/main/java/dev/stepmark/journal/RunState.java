package dev.stepmark.journal;

import dev.stepmark.journal.Event.Action;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a run: a fold over its events, and nothing else. The runner applies event by event; resume, list and
 * report fold the same records and see the same state. Not safe for use by several threads.
 *
 * <p>What the runner must keep to, so that the fold can tell: an execution of the plan has origin STEP (or OPENER)
 * and the unit of one statement; a verify probe has origin VERIFY and the unit of its block; a probe that answers "no" is finished as failed,
 * or with a problem.
 */
public final class RunState {

    private final History history = new History();
    private final StepStates steps = new StepStates(history);
    private final Map<String, Event.Captured> captures = new LinkedHashMap<>();
    private final List<Event.Captured> captured = new ArrayList<>();
    private final Map<String, Event.ValueBound> values = new LinkedHashMap<>();
    private final Map<String, SessionView> sessions = new LinkedHashMap<>();
    private final Map<String, Event.QuestionAnswered> answers = new LinkedHashMap<>();
    private final Map<String, Event.GateEvaluated> gates = new LinkedHashMap<>();
    private final List<Event.NoteAdded> notes = new ArrayList<>();
    private final List<Event.SessionChanged> changes = new ArrayList<>();
    private Event.RunStarted started;
    private Event.VersionObserved version;
    private Event.RunEnded ended;
    private Event.RunbookRevised revised;
    private Event.WentTo wentTo;
    private Envelope first;
    private Envelope last;
    private int highestExec;
    private int highestAdhoc;

    private RunState() { }

    /** The state after these records. */
    public static RunState of(List<Envelope> events) {
        RunState state = new RunState();
        events.forEach(state::apply);
        return state;
    }

    /**
     * Takes one more record in.
     *
     * @return this state, changed
     */
    public RunState apply(Envelope envelope) {
        first = first == null ? envelope : first;
        last = envelope;
        Event event = envelope.event();
        if (applyRun(event, envelope) || applyExecution(event, envelope) || applySession(event, envelope)) {
            steps.after(event);
        } else {
            // facts say nothing of what was done
            applyFact(event);
        }
        return this;
    }

    private boolean applyRun(Event event, Envelope envelope) {
        if (event instanceof Event.RunStarted e) {
            started = e;
        } else if (event instanceof Event.RunAttached) {
            ended = null;
            history.attached(envelope.epoch());
            sessions.replaceAll((id, view) -> view.closed() ? view : view.ended("lost"));
        } else if (event instanceof Event.RunbookRevised e) {
            revised = e;
            history.revised(e.mapping());
        } else if (event instanceof Event.WentTo e) {
            wentTo(e, envelope.seq());
        } else if (event instanceof Event.RollbackBegun e) {
            e.steps().forEach(s -> history.reopen(s, envelope.seq()));
        } else if (event instanceof Event.StillValid e) {
            history.stillValid(e.step(), envelope.seq());
        } else if (event instanceof Event.RunEnded e) {
            ended = e;
        } else {
            return false;
        }
        return true;
    }

    private void wentTo(Event.WentTo move, long seq) {
        wentTo = move;
        history.disordered();
        if (move.again()) {
            history.reopen(move.to(), seq);
            // whether it applies is a question again
            answers.remove("step-" + move.to() + ".applies");
        }
    }

    private boolean applyExecution(Event event, Envelope envelope) {
        if (event instanceof Event.ExecStarted e) {
            history.started(e, envelope);
            highestExec = Math.max(highestExec, number(e.exec(), 'x'));
            highestAdhoc = Math.max(highestAdhoc, number(e.unit().step(), 'a'));
        } else if (event instanceof Event.ExecFinished e) {
            history.finished(e, envelope.utc());
        } else if (event instanceof Event.DoubtResolved e) {
            history.resolved(e);
        } else if (event instanceof Event.Decided e) {
            history.decided(e, envelope.seq());
            highestAdhoc = Math.max(highestAdhoc, number(e.unit().step(), 'a'));
        } else if (event instanceof Event.LoopPlanned e) {
            history.loops.planned(e, envelope.seq());
        } else if (event instanceof Event.TransactionOpened e) {
            history.opened(e);
        } else if (event instanceof Event.TransactionEnding e) {
            history.ending(e);
        } else if (event instanceof Event.TransactionEnded e) {
            history.ended(e);
        } else {
            return false;
        }
        return true;
    }

    private boolean applySession(Event event, Envelope envelope) {
        if (event instanceof Event.SessionOpened e) {
            sessions.compute(e.session(), (id, before) -> SessionView.open(e, envelope.seq(), before));
        } else if (event instanceof Event.SessionChanged e) {
            sessions.computeIfPresent(e.session(), (id, view) -> view.changed(e));
            changes.add(e);
        } else if (event instanceof Event.SessionEnded e) {
            sessions.computeIfPresent(e.session(), (id, view) -> view.ended(e.how()));
            history.sessionGone(e.session());
        } else {
            return false;
        }
        return true;
    }

    private void applyFact(Event event) {
        if (event instanceof Event.Captured e) {
            captures.put(e.name(), e);
            captured.add(e);
        } else if (event instanceof Event.ValueBound e) {
            values.put(e.name(), e);
        } else if (event instanceof Event.QuestionAnswered e) {
            answers.put(e.id(), e);
        } else if (event instanceof Event.VersionObserved e) {
            version = e;
        } else if (event instanceof Event.GateEvaluated e) {
            gates.put(e.scope(), e);
        } else if (event instanceof Event.NoteAdded e) {
            notes.add(e);
        }
    }

    private static int number(String id, char letter) {
        return id.matches(letter + "[0-9]{1,9}") ? Integer.parseInt(id.substring(1)) : 0;
    }

    /**
     * Says that no process writes this run any more: what it had started and not finished is in doubt, and its
     * sessions are lost. A process that attaches says the same by RunAttached.
     */
    public RunState writerGone() {
        history.writerGone();
        steps.forget();
        sessions.replaceAll((id, view) -> view.closed() ? view : view.ended("lost"));
        return this;
    }

    /** The state of one statement. */
    public StepState unit(Unit unit) {
        return history.state(unit);
    }

    /** The state of a block of a step. */
    public StepState block(String stepId, Block block) {
        return new Steps(history).block(stepId, block);
    }

    /** The state of a step: from its executable blocks, or, when it has none, from what was decided about it. */
    public StepState stepState(String stepId, Step step) {
        return steps.of(stepId, step);
    }

    /** As {@link #stepState(String, Step)} under the step's own id. */
    public StepState stepState(Step step) {
        return stepState(step.id(), step);
    }

    /** The last decision about exactly this unit that holds; going back to a step takes those about it back. */
    public Optional<Event.Decided> lastDecision(Unit unit) {
        long since = history.toDoAgain(unit) ? history.reopened(unit) : -1L;
        return history.lastDecision(unit.step(), d -> d.unit.equals(unit) && !d.asItWas && d.seq > since)
                .map(d -> d.event);
    }

    /** Where the operator went last; empty while the run goes in the order of the document. */
    public Optional<Event.WentTo> wentTo() {
        return Optional.ofNullable(wentTo);
    }

    /** Position of what carried a step out last, by an execution or by a person; -1 when nothing did. */
    public long carriedOut(String step) {
        return history.carriedOut(step);
    }

    /** Position of the last word on whether a step stands as it is: an execution, a decision, or that it stays valid. */
    public long lastWord(String step) {
        return history.lastWord(step);
    }

    /** Whether a step may have run after one that follows it: only then can anything be stale. */
    public boolean inDisorder() {
        return history.inDisorder();
    }

    /** Whether a unit of a step that was gone back to has neither run since then nor been decided about. */
    public boolean toDoAgain(Unit unit) {
        return history.toDoAgain(unit);
    }

    /** Whether a part of a step was undone and has not run since. */
    public boolean undone(String step) {
        return history.undone(step);
    }

    /** What executions changed in their sessions, in order. */
    public List<Event.SessionChanged> sessionChanges() {
        return Collections.unmodifiableList(changes);
    }

    /**
     * The last decision about exactly this unit, when nothing of the unit was started after it: it was made and not
     * yet carried out, so it need not be asked again.
     */
    public Optional<Event.Decided> openDecision(Unit unit) {
        long since = Math.max(history.reopened(unit), history.last(unit.step(), r -> History.carriesOut(r)
                && History.covers(unit, r.unit)).map(r -> r.seq).orElse(-1L));
        return history.lastDecision(unit.step(), d -> d.unit.equals(unit)).filter(d -> d.seq > since).map(d -> d.event);
    }

    /** Artefact of the text that the operator gave this unit, the last one. */
    public Optional<String> editedText(Unit unit) {
        return history.lastDecision(unit.step(), d -> d.unit.equals(unit) && d.event.action() == Action.EDIT)
                .map(d -> d.event.text());
    }

    /** The last execution that carried this unit out. */
    public Optional<Execution> lastExecution(Unit unit) {
        return history.last(unit.step(), r -> History.carriesOut(r) && r.unit.equals(unit)).map(History.Run::view);
    }

    /** How often this unit was started. */
    public int attempts(Unit unit) {
        return (int) history.runs.stream().filter(r -> History.carriesOut(r) && r.unit.equals(unit)).count();
    }

    /** How often exactly this unit was started for this reason. */
    public int attempts(Unit unit, Event.Origin origin) {
        int found = 0;
        for (History.Run run : history.runs) {
            if (run.started.origin() == origin && run.started.unit().equals(unit)) {
                found++;
            }
        }
        return found;
    }

    /** The last verify probe of a block. */
    public Optional<Execution> lastVerify(Unit block) {
        return new Steps(history).lastVerify(block.step(), block.block()).map(History.Run::view);
    }

    /** All executions in the order in which they were started. */
    public List<Execution> executions() {
        return history.runs.stream().map(History.Run::view).toList();
    }

    /** The execution with this id. */
    public Optional<Execution> execution(String id) {
        return history.byId(id).map(History.Run::view);
    }

    /**
     * Executions of which nobody knows how they ended: started and never finished, or lost, and not resolved.
     * Background ones are not awaited; those inside a transaction that was surely rolled back did nothing.
     */
    public List<Execution> inDoubt() {
        return history.runs.stream().filter(history::inDoubt).map(History.Run::view).toList();
    }

    /** Executions that one doubt is about: this one, and those in its transaction, which share its fate. */
    public List<Execution> inDoubtWith(Execution doubt) {
        return history.inDoubtWith(doubt.id()).stream().map(History.Run::view).toList();
    }

    /** Captured results by name, the last of each. */
    public Map<String, Event.Captured> captures() {
        return Collections.unmodifiableMap(captures);
    }

    /** Everything that was captured, in order. */
    public List<Event.Captured> captured() {
        return Collections.unmodifiableList(captured);
    }

    /** The loop of a block whose rows were fixed; empty when it has none, or when it is to do anew. */
    public Optional<Loop> loop(Unit block) {
        return history.loops.of(block);
    }

    /** How many rows of a loop have begun whose end nobody knows. */
    public int begun(Loop loop) {
        return history.loops.begun(loop.unit().whole());
    }

    /** Bound values by name, the last of each. */
    public Map<String, Event.ValueBound> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Sessions that were opened and not closed; a lost one has {@link SessionView#lost}. */
    public Map<String, SessionView> sessions() {
        Map<String, SessionView> open = new LinkedHashMap<>(sessions);
        open.values().removeIf(SessionView::closed);
        return open;
    }

    /** A session, closed ones too. */
    public Optional<SessionView> session(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** The transaction that is open in a session. */
    public Optional<Event.TransactionOpened> openTransaction(String session) {
        return history.openTransaction(session);
    }

    /** The last answer to a question. */
    public Optional<Event.QuestionAnswered> answer(String id) {
        return Optional.ofNullable(answers.get(id));
    }

    /** The installed version that was observed last. */
    public Optional<Event.VersionObserved> version() {
        return Optional.ofNullable(version);
    }

    /** The last look at the gate of a scope: {@code document} or a step id. */
    public Optional<Event.GateEvaluated> gate(String scope) {
        return Optional.ofNullable(gates.get(scope));
    }

    /** The operator's remarks. */
    public List<Event.NoteAdded> notes() {
        return List.copyOf(notes);
    }

    /** How the run ended; empty while it goes on, also after a later process has attached. */
    public Optional<Event.RunEnded> ended() {
        return Optional.ofNullable(ended);
    }

    /**
     * How the run began.
     *
     * @throws IllegalStateException when there is no event yet
     */
    public Event.RunStarted started() {
        if (started == null) {
            throw new IllegalStateException("the run has not begun");
        }
        return started;
    }

    /** The last revision of the document, if it changed while the run went on. */
    public Optional<Event.RunbookRevised> revised() {
        return Optional.ofNullable(revised);
    }

    /** The first and the last record; empty before the run began. */
    public Optional<Envelope> first() {
        return Optional.ofNullable(first);
    }

    /** See {@link #first}. */
    public Optional<Envelope> last() {
        return Optional.ofNullable(last);
    }

    /** Number of the process that wrote last, 0 before the run began. */
    public int epoch() {
        return last == null ? 0 : last.epoch();
    }

    /** The next free number of an execution: 1 for {@code x1}. */
    public int nextExec() {
        return highestExec + 1;
    }

    /** The next free number of an ad hoc entry: 1 for {@code a1}. */
    public int nextAdhoc() {
        return highestAdhoc + 1;
    }
}
