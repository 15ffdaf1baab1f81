package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.OutputRecorder;
import dev.stepmark.journal.Unit;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Attributes;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs in the background: tunnels, logs that are followed, servers. Each has a shell of its own with the directory
 * and the variables of its session, and ends with the run at the latest. Started without an end is no doubt about it.
 */
final class Jobs {

    /** What dies within this time has failed to start. */
    private static final long GRACE_MILLIS = 1000;

    private final Desk desk;
    private final Parts parts;
    private final JobShells shells;
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    Jobs(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
        this.shells = new JobShells(desk, parts);
    }

    /** Whether a block runs in the background. */
    static boolean takes(Block block) {
        return block.attributes().background() && block.executor() == Executor.SHELL && block.opens().isEmpty()
                && !block.closes() && block.statements().size() == 1;
    }

    /** What is said before the question. */
    static List<String> remarks(Block block) {
        if (!takes(block)) {
            return block.attributes().background() ? List.of("background=true is for blocks of a shell that open nothing: it"
                    + " runs as usual") : List.of();
        }
        boolean inferred = block.attributes().get("background").filter(Attributes.INFERRED::equals).isPresent();
        return List.of((inferred ? "It comes to no end by itself: it" : "It") + " runs in the background, in a shell of its"
                + " own, and ends with the run; /jobs shows it");
    }

    /** Starts a block; what dies at once has failed. */
    void start(Step step, Block block) {
        String label = Cards.label(step, block);
        Optional.ofNullable(jobs.remove(label)).ifPresent(job -> end(job, "started again"));
        try {
            Session session = parts.pool().ensure(block.session());
            Map<String, String> variables = shells.variables(block.session(), session);
            start(step, block, shells.open(block.session(), session, label), variables);
        } catch (CannotOpen e) {
            parts.failures().cannotOpen(step, block, e);
        }
    }

    private void start(Step step, Block block, Session own, Map<String, String> variables) {
        String label = Cards.label(step, block);
        Filler.Filled filled = parts.fill(block.statements().get(0).text(), block);
        Map<String, String> secrets = new LinkedHashMap<>(variables);
        filled.secretEnv().forEach((name, secret) -> secrets.put(name, parts.values().secret(secret.name())
                .map(secret::value).orElse("")));
        Unit unit = Unit.block(step.id(), block.id()).statement(0);
        String exec = "x" + desk.log().state().nextExec();
        desk.log().append(new Event.ExecStarted(exec, "", Origin.STEP, unit, 1 + desk.log().state().attempts(unit,
                Origin.STEP), block.session(), "", desk.log().text(filled.text()), "a shell of its own", block.risk().word(),
                true, OutputRecorder.path(exec)));
        boolean died;
        Job job;
        JobControl control = new JobControl();
        try (Running running = desk.operator().running(label, control)) {
            Tail tail = new Tail(running.sink());
            job = new Job(step, block, exec, own, desk.log().recorder(exec, tail), tail);
            control.of(job);
            job.start(new Request(filled.text(), "stepmark:" + desk.log().runId() + ":" + label, secrets,
                    block.attributes().timeout().map(Durations::parse), false));
            died = job.awaitEnd(GRACE_MILLIS);
            tail.hide();
        }
        if (died) {
            diedAtOnce(job);
            return;
        }
        jobs.put(label, job);
        desk.operator().result(ResultCard.of("ok", label, "runs in the background, " + job.process() + "; /jobs " + label
                + " shows its output"));
        if (block.attributes().verify().isPresent()) {
            parts.work().verify(step, block);
        }
    }

    /** Ctrl-C in the first moment, before there is a job and after. */
    private static final class JobControl implements RunControl {

        private volatile Job job;

        void of(Job started) {
            job = started;
        }

        @Override
        public dev.stepmark.session.CancelReport cancel() {
            return job == null ? dev.stepmark.session.CancelReport.NOTHING : job.cancel();
        }

        @Override
        public dev.stepmark.session.CancelReport kill() {
            return job == null ? dev.stepmark.session.CancelReport.NOTHING : job.kill();
        }

        @Override
        public void abandon() {
            if (job != null) {
                job.abandon();
            }
        }
    }

    private void diedAtOnce(Job job) {
        Outcome how = job.outcome();
        Outcome outcome = how instanceof Outcome.Ended ended ? new Outcome.Done(ended.status(), List.of(), List.of(),
                Outcome.Transaction.NONE, Optional.empty()) : how;
        job.stop();
        Executions.Executed executed = new Executions.Executed(job.exec, outcome, job.millis(), job.recorder().finish());
        desk.log().append(Outcomes.event(job.exec, outcome, executed.millis(), executed.outputs()));
        if (Outcomes.succeeded(outcome)) {
            desk.operator().result(ResultCard.of("ok", job.label, "it came to its end at once: "
                    + Outcomes.line(outcome, executed.millis(), true)));
        } else {
            parts.failures().deal(job.step, job.block, 0, executed);
        }
    }

    /** Records what has ended by itself since the last look, and says so. */
    void look() {
        for (Job job : List.copyOf(jobs.values())) {
            if (job.outcome() != null) {
                jobs.remove(job.label);
                String how = how(job.outcome());
                desk.operator().problem(Operator.Severity.WARNING, dev.stepmark.message.Message.of("step " + job.label
                        + ", which ran in the background, has ended: " + how + " after " + Texts.duration(job.millis()),
                        "What later steps need of it is not there any more.", desk.batch() ? "stepmark show "
                        + desk.log().shortId() : "/show " + job.label + "   (what it printed), /rerun " + job.label));
                record(job, "it ended by itself: " + how, status(job.outcome()));
            }
        }
    }

    private static String how(Outcome outcome) {
        return outcome instanceof Outcome.Done done ? "exit " + done.exit() : outcome instanceof Outcome.Ended ended
                ? ended.how() : outcome instanceof Outcome.Cancelled c && c.timedOut() ? "its time was over"
                : outcome instanceof Outcome.Lost lost ? lost.evidence() : "stopped";
    }

    private static int status(Outcome outcome) {
        return outcome instanceof Outcome.Done done ? done.exit() : outcome instanceof Outcome.Ended e ? e.status() : -1;
    }

    private void record(Job job, String message, int status) {
        job.stop();
        List<String> survivors = job.outcome() instanceof Outcome.Cancelled c ? c.survivors() : List.of();
        desk.log().append(new Event.ExecFinished(job.exec, "ended", status, List.of(), "", -1, List.of(),
                job.recorder().finish(), message, job.millis(), List.of(), survivors));
    }

    private void end(Job job, String why) {
        boolean before = job.outcome() != null;
        record(job, before ? "it ended by itself: " + how(job.outcome()) : JobRecords.STOPPED + why,
                before ? status(job.outcome()) : -1);
    }

    /** Ends all that runs; returns what was stopped, for people. */
    List<String> stopAll(String why) {
        look();
        List<String> stopped = new ArrayList<>();
        // all are asked before the first is waited for
        jobs.values().forEach(Job::cancel);
        for (Job job : List.copyOf(jobs.values())) {
            stopped.add(job.label + " (" + firstLine(job) + ")");
            record(job, JobRecords.STOPPED + why, -1);
        }
        jobs.clear();
        return stopped;
    }

    /** Ends all that runs without a record: the journal cannot be written any more. */
    void abandonAll() {
        jobs.values().forEach(Job::abandon);
        jobs.clear();
    }

    /** Of an earlier process: what ran then has ended with it, and is started again when there is still something to do. */
    void resume() {
        for (Execution left : JobRecords.open(desk.log().state())) {
            desk.log().append(new Event.ExecFinished(left.id(), "ended", -1, List.of(), "", -1, List.of(), List.of(),
                    JobRecords.STOPPED + "with the process that had started it", 0, List.of(), List.of()));
        }
        Progress progress = new Progress(desk.runbook(), desk.log().state());
        boolean more = desk.runbook().mainSteps().stream().anyMatch(s -> Progress.open(progress.step(s)));
        for (Execution last : more ? JobRecords.stopped(desk.log().state()) : List.<Execution>of()) {
            desk.runbook().step(last.started().unit().step()).ifPresent(step -> step.executables().stream()
                    .filter(b -> b.id().equals(last.started().unit().block())).findFirst()
                    .map(b -> parts.edits().effective(step, b)).filter(Jobs::takes).ifPresent(b -> again(step, b)));
        }
    }

    /** A crash does not take a confirmation back, but a person is asked whether it is still wanted. */
    private void again(Step step, Block block) {
        String label = Cards.label(step, block);
        String id = "step-" + step.id() + ".again";
        desk.operator().say(List.of("Step " + label + " ran in the background and ended with the run: "
                + block.text().strip().lines().findFirst().orElse("")));
        boolean unattended = desk.batch() && block.risk() != Risk.DESTRUCTIVE;
        boolean yes = unattended || !desk.batch() && parts.asking().yes(id, "Start " + label + " again? Later steps may need"
                + " it", (char) 0, "");
        desk.log().append(new Event.QuestionAnswered(id, "again", "", yes ? "yes" : "no", desk.batch() ? "option" : "key", ""));
        if (yes) {
            start(step, block);
        }
    }

    /** {@code /jobs}, {@code /jobs 2}, {@code /jobs stop 2}. */
    void command(String argument) {
        look();
        String[] words = argument.split("\\s+");
        boolean stop = words[0].equals("stop");
        String label = stop ? words.length > 1 ? words[1] : "" : words[0];
        Job job = jobs.get(label);
        if (label.isEmpty() && !stop) {
            list();
        } else if (job == null) {
            desk.operator().say(List.of("  Nothing runs in the background under \"" + label + "\"; /jobs lists what does."));
        } else if (stop) {
            jobs.remove(label);
            end(job, "by the operator");
            desk.operator().result(ResultCard.of("stopped", label, "it ran for " + Texts.duration(job.millis())));
        } else {
            desk.operator().page("output of " + label, desk.log().textFile(job.tail().text()));
        }
    }

    private void list() {
        List<String> out = new ArrayList<>();
        jobs.forEach((label, job) -> out.add(String.format(java.util.Locale.ROOT, "  %4s  %s  %s", label,
                Texts.clock(java.time.Duration.ofMillis(job.millis())), firstLine(job))));
        desk.operator().say(out.isEmpty() ? List.of("  Nothing runs in the background.") : out);
    }

    private static String firstLine(Job job) {
        String line = job.block.text().strip().lines().reduce((a, b) -> b).orElse("").strip();
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }
}
