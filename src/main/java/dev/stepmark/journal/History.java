package dev.stepmark.journal;

import dev.stepmark.journal.Event.Action;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Executions, decisions and transactions in their order, and what follows from them for one unit. */
final class History {

    /** Executions that carry a unit of the plan out; probes and queries by the side do not. */
    private static final Set<Event.Origin> CARRIES_OUT = EnumSet.of(Event.Origin.STEP, Event.Origin.OPENER);

    final List<Run> runs = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    /** The same by step: a question is about one step, and is asked about every step before each prompt. */
    private final Map<String, List<Run>> runsByStep = new HashMap<>();
    private final Map<String, List<Decision>> decisionsByStep = new HashMap<>();
    private final Map<String, Run> byId = new HashMap<>();
    private final Map<String, Transaction> transactions = new HashMap<>();
    private final Map<String, Long> reopened = new HashMap<>();
    /** Blocks that were undone, with the position of what undid them. */
    private final Map<Unit, Long> undone = new HashMap<>();
    private final Map<String, Long> carriedOut = new HashMap<>();
    private final Map<String, Long> lastWords = new HashMap<>();
    final Loops loops = new Loops(this);
    private boolean disordered;
    private int epoch = 1;
    private boolean writerGone;

    /** An execution that grows while events come. */
    static final class Run {
        final Event.ExecStarted started;
        final long seq;
        final int epoch;
        final String utc;
        Unit unit;
        /** The transaction it ran in, or opened. */
        String transaction;
        Event.ExecFinished finished;
        String finishedUtc;
        final List<Event.DoubtResolved> resolved = new ArrayList<>();

        Run(Event.ExecStarted started, Envelope envelope) {
            this.started = started;
            this.seq = envelope.seq();
            this.epoch = envelope.epoch();
            this.utc = envelope.utc();
            this.unit = started.unit();
            this.transaction = started.transaction();
        }

        Execution view() {
            return new Execution(started, Optional.ofNullable(finished), utc, Optional.ofNullable(finishedUtc),
                    resolved);
        }

        private boolean lost() {
            return finished != null && finished.outcome().equals("lost");
        }
    }

    /** A decision with its position; {@code asItWas} when it leaves a step that was to do again as it was before. */
    static final class Decision {
        final Event.Decided event;
        final long seq;
        Unit unit;
        boolean asItWas;

        Decision(Event.Decided event, long seq) {
            this.event = event;
            this.seq = seq;
            this.unit = event.unit();
        }
    }

    /** A transaction; how is empty while it is open. */
    private static final class Transaction {
        final Event.TransactionOpened opened;
        boolean commitIntended;
        boolean sessionLost;
        boolean asWritten;
        String how = "";

        Transaction(Event.TransactionOpened opened) {
            this.opened = opened;
        }

        private StepState effect() {
            return switch (how) {
                case "committed" -> StepState.DONE;
                case "rolled-back" -> asWritten ? StepState.DONE : StepState.ROLLED_BACK;
                case "unknown" -> StepState.IN_DOUBT;
                default -> !sessionLost ? StepState.PROVISIONAL
                        : commitIntended ? StepState.IN_DOUBT : StepState.ROLLED_BACK;
            };
        }
    }

    void started(Event.ExecStarted e, Envelope envelope) {
        Run run = new Run(e, envelope);
        runs.add(run);
        index(run);
        byId.put(e.exec(), run);
        if (carriesOut(run)) {
            carriedOut.put(run.unit.step(), run.seq);
            lastWords.put(run.unit.step(), run.seq);
        }
    }

    void finished(Event.ExecFinished e, String utc) {
        Run run = byId.get(e.exec());
        if (run != null) {
            run.finished = e;
            run.finishedUtc = utc;
            undone(run, run.view().succeeded());
        }
    }

    void resolved(Event.DoubtResolved e) {
        Run run = byId.get(e.exec());
        if (run != null) {
            run.resolved.add(e);
            undone(run, e.verdict().equals("done"));
        }
    }

    /** What was undone is to do again: nothing that was decided about it before holds. */
    private void undone(Run run, boolean good) {
        if (good && run.started.origin() == Event.Origin.UNDO) {
            undone.put(Unit.block(run.unit.step(), run.unit.block()), run.seq);
            disordered = true;
        }
    }

    /** Whether a part of a step was undone and has not run since. */
    boolean undone(String step) {
        return undone.keySet().stream().anyMatch(u -> u.step().equals(step) && toDoAgain(u));
    }

    void decided(Event.Decided e, long seq) {
        Decision decision = new Decision(e, seq);
        boolean out = e.action() == Action.SKIP || e.action() == Action.NOT_APPLICABLE;
        decision.asItWas = out && toDoAgain(e.unit());
        decisions.add(decision);
        index(decision);
        lastWords.put(e.unit().step(), seq);
        boolean words = e.action() == Action.RUN && e.unit().block().isEmpty();
        if (words || e.action() == Action.DONE_BY_HAND) {
            carriedOut.put(e.unit().step(), seq);
        }
    }

    private void index(Run run) {
        runsByStep.computeIfAbsent(run.unit.step(), step -> new ArrayList<>()).add(run);
    }

    private void index(Decision decision) {
        decisionsByStep.computeIfAbsent(decision.unit.step(), step -> new ArrayList<>()).add(decision);
    }

    /** A step that had come to its end is to do again: nothing that was decided about it before holds. */
    void reopen(String step, long seq) {
        reopened.put(step, seq);
    }

    void stillValid(String step, long seq) {
        lastWords.put(step, seq);
    }

    /** From here on steps may run in another order than that of the document. */
    void disordered() {
        disordered = true;
    }

    /** Whether a step may have run after one that follows it: only then can anything be stale. */
    boolean inDisorder() {
        return disordered;
    }

    /** Position of what carried a step out last, by an execution or by a person; -1 when nothing did. */
    long carriedOut(String step) {
        return carriedOut.getOrDefault(step, -1L);
    }

    /** Position of the last word on whether a step stands as it is: an execution, a decision, or that it stays valid. */
    long lastWord(String step) {
        return lastWords.getOrDefault(step, -1L);
    }

    long reopened(Unit unit) {
        long step = reopened.getOrDefault(unit.step(), -1L);
        return unit.block().isEmpty() || undone.isEmpty() ? step
                : Math.max(step, undone.getOrDefault(Unit.block(unit.step(), unit.block()), -1L));
    }

    /** Whether a unit of a step that was gone back to has neither run since then nor been decided about. */
    boolean toDoAgain(Unit unit) {
        long since = reopened(unit);
        return since >= 0 && last(unit.step(), r -> r.seq > since && carriesOut(r) && covers(unit, r.unit)).isEmpty()
                && lastDecision(unit.step(), d -> d.seq > since && covers(d.unit, unit)
                        && ends(d.event.action())).isEmpty();
    }

    private static boolean ends(Action action) {
        return action == Action.SKIP || action == Action.NOT_APPLICABLE || action == Action.DONE_BY_HAND;
    }

    void opened(Event.TransactionOpened e) {
        transactions.put(e.transaction(), new Transaction(e));
        // BEGIN belongs to what it opened: without it the rest must not be run again
        lastOf(runs, r -> r.finished == null && r.transaction.isEmpty() && e.units().contains(r.unit) && r.started.session().equals(e.session()))
                .ifPresent(r -> r.transaction = e.transaction());
    }

    void ending(Event.TransactionEnding e) {
        Transaction t = transactions.get(e.transaction());
        if (t != null) {
            t.commitIntended = e.intent().equals("commit");
        }
    }

    void ended(Event.TransactionEnded e) {
        Transaction t = transactions.get(e.transaction());
        if (t != null) {
            t.how = e.how();
            disordered |= !e.how().equals("committed");
            t.asWritten = e.how().equals("rolled-back") && e.evidence().equals(Event.TransactionEnded.AS_WRITTEN);
        }
    }

    void sessionGone(String session) {
        transactions.values().stream().filter(t -> t.opened.session().equals(session))
                .forEach(t -> t.sessionLost = true);
    }

    /** A new process writes: whatever the old one held is gone. */
    void attached(int newEpoch) {
        epoch = newEpoch;
        writerGone = false;
        transactions.values().forEach(t -> t.sessionLost = true);
    }

    void writerGone() {
        writerGone = true;
        transactions.values().forEach(t -> t.sessionLost = true);
    }

    /** Steps have new ids; a step that the new text does not have keeps its executions but no unit of the plan. */
    void revised(Map<String, String> mapping) {
        runs.forEach(r -> r.unit = moved(r.unit, mapping));
        decisions.forEach(d -> d.unit = moved(d.unit, mapping));
        loops.revised(unit -> moved(unit, mapping));
        runsByStep.clear();
        decisionsByStep.clear();
        runs.forEach(this::index);
        decisions.forEach(this::index);
        Map<Unit, Long> before = new HashMap<>(undone);
        undone.clear();
        before.forEach((unit, seq) -> undone.put(moved(unit, mapping), seq));
        List.of(reopened, carriedOut, lastWords).forEach(positions -> {
            Map<String, Long> old = new HashMap<>(positions);
            positions.clear();
            old.forEach((step, seq) -> positions.put(moved(Unit.step(step), mapping).step(), seq));
        });
    }

    private static Unit moved(Unit unit, Map<String, String> mapping) {
        if (unit.step().isEmpty() || unit.step().matches("a[0-9]+")) {
            return unit;
        }
        String step = mapping.getOrDefault(unit.step(), "");
        if (step.isEmpty()) {
            return new Unit("gone:" + unit.step(), unit.block(), unit.statement(), unit.iteration());
        }
        String block = unit.block().startsWith(unit.step() + ".")
                ? step + unit.block().substring(unit.step().length()) : unit.block();
        return new Unit(step, block, unit.statement(), unit.iteration());
    }

    Optional<Event.TransactionOpened> openTransaction(String session) {
        return transactions.values().stream().filter(t -> t.how.isEmpty() && !t.sessionLost)
                .map(t -> t.opened).filter(o -> o.session().equals(session)).findFirst();
    }


    /** The last execution of a step. */
    Optional<Run> last(String step, Predicate<Run> which) {
        return lastOf(runsByStep.getOrDefault(step, List.of()), which);
    }

    /** The last decision about a step or a part of it. */
    Optional<Decision> lastDecision(String step, Predicate<Decision> which) {
        return lastOf(decisionsByStep.getOrDefault(step, List.of()), which);
    }

    Optional<Run> byId(String exec) {
        return Optional.ofNullable(byId.get(exec));
    }

    private static <T> Optional<T> lastOf(List<T> list, Predicate<T> which) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (which.test(list.get(i))) {
                return Optional.of(list.get(i));
            }
        }
        return Optional.empty();
    }

    static boolean carriesOut(Run run) {
        return CARRIES_OUT.contains(run.started.origin());
    }

    /** The state of one unit of intent. */
    StepState state(Unit unit) {
        Optional<Run> run = last(unit.step(), r -> carriesOut(r) && r.unit.equals(unit));
        StepState executed = run.map(this::state).orElse(StepState.PENDING);
        boolean unknown = executed == StepState.RUNNING || executed == StepState.IN_DOUBT;
        if (!unknown && toDoAgain(unit)) {
            return StepState.PENDING;
        }
        if (settled(executed)) {
            return executed;
        }
        long since = run.map(r -> r.seq).orElse(-1L);
        Predicate<Decision> about = d -> d.seq > since && !d.asItWas && covers(d.unit, unit);
        // what was accepted stays accepted until the unit runs again
        if (executed == StepState.FAILED
                && lastDecision(unit.step(), about.and(d -> d.event.action() == Action.ACCEPT)).isPresent()) {
            return StepState.DONE;
        }
        return lastDecision(unit.step(), about.and(d -> d.event.action() != Action.EDIT && d.event.action() != Action.ACCEPT))
                .map(d -> decided(d.event.action(), executed)).orElse(executed);
    }

    /** A decision to leave something out does not undo what ran, nor does it answer a doubt. */
    private static boolean settled(StepState executed) {
        return executed == StepState.DONE || executed == StepState.PROVISIONAL || executed == StepState.RUNNING
                || executed == StepState.IN_DOUBT;
    }

    private static StepState decided(Action action, StepState executed) {
        return switch (action) {
            case SKIP -> StepState.SKIPPED;
            case NOT_APPLICABLE -> StepState.NOT_APPLICABLE;
            case DONE_BY_HAND -> StepState.DONE;
            case RUN, RETRY, EDIT, ACCEPT -> executed;
        };
    }

    /** Whether a decision about one unit holds for another: about a step for its blocks, about those for statements. */
    static boolean covers(Unit decided, Unit unit) {
        return decided.step().equals(unit.step())
                && (decided.block().isEmpty() || decided.block().equals(unit.block()))
                && (decided.statement() < 0 || decided.statement() == unit.statement())
                && (decided.iteration() < 0 || decided.iteration() == unit.iteration());
    }

    /** What an execution says by itself. */
    StepState state(Run run) {
        if (!run.resolved.isEmpty()) {
            return switch (run.resolved.get(run.resolved.size() - 1).verdict()) {
                case "done" -> StepState.DONE;
                case "not-done" -> StepState.PENDING;
                default -> StepState.FAILED;
            };
        }
        boolean open = run.finished == null || run.lost();
        Transaction transaction = transactions.get(run.transaction);
        if (transaction != null && (open ? transaction.sessionLost || !transaction.how.isEmpty()
                : run.view().succeeded())) {
            return transaction.effect();
        }
        if (run.started.background() && (open || run.finished.outcome().equals("ended"))) {
            // starting it is all there was to do; how it ended later is no verdict on the step
            return StepState.DONE;
        }
        if (open) {
            boolean runsOn = run.finished == null && run.epoch == epoch && !writerGone;
            return runsOn ? StepState.RUNNING : StepState.IN_DOUBT;
        }
        return run.view().succeeded() ? StepState.DONE : StepState.FAILED;
    }

    /** Everything that is in doubt for the same reason: what ran in one transaction is known or unknown together. */
    List<Run> inDoubtWith(String exec) {
        Run doubted = byId.get(exec);
        return runs.stream().filter(r -> r == doubted || doubted != null && !doubted.transaction.isEmpty()
                && r.transaction.equals(doubted.transaction) && inDoubt(r)).toList();
    }

    /** Whether nobody knows, or while it runs nobody would know, how it ended. */
    boolean inDoubt(Run run) {
        StepState state = state(run);
        return !run.started.background() && (state == StepState.IN_DOUBT || state == StepState.RUNNING);
    }
}
