package dev.stepmark.terminal;

import dev.stepmark.run.Ending;
import dev.stepmark.run.ResultCard;
import dev.stepmark.run.StepCard;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells somebody who looks elsewhere that a long step ended or that a question waits: by the bell, and by a command of
 * the operator's. What was running since the last answer counts, not what a person took to answer.
 */
public final class Attention implements AutoCloseable {

    /** What a long step is when nobody says. */
    public static final long DEFAULT_MILLIS = 60_000;

    private static final int MAX_VALUE = 200;

    private final boolean bell;
    private final long afterMillis;
    private final Optional<NotifyCommand> command;
    private final Map<String, String> context = new LinkedHashMap<>();
    private String step = "";
    private long busyMillis;
    private long ranMillis;
    private boolean told;

    /**
     * @param bell        whether a question after something long rings
     * @param afterMillis what is long
     * @param command     started with the event in its environment; empty for none
     */
    public Attention(boolean bell, long afterMillis, Optional<NotifyCommand> command) {
        this.bell = bell;
        this.afterMillis = afterMillis;
        this.command = command;
    }

    /** A bell after a minute, and no command. */
    public static Attention bellOnly() {
        return new Attention(true, DEFAULT_MILLIS, Optional.empty());
    }

    /** Nothing at all. */
    public static Attention none() {
        return new Attention(false, Long.MAX_VALUE, Optional.empty());
    }

    /** Which run it is. */
    public void run(String id) {
        context.put("STEPMARK_RUN", id);
    }

    void runbook(String title) {
        context.put("STEPMARK_RUNBOOK", plain(title));
    }

    void step(StepCard card) {
        if (!card.position().isEmpty()) {
            step = card.title();
        }
    }

    /** An execution ended after some time. */
    void ran(long millis) {
        ranMillis += millis;
        busyMillis += millis;
    }

    /** How it ended is known. */
    void result(ResultCard card) {
        if (card.word().isEmpty()) {
            return;
        }
        if (ranMillis > afterMillis) {
            tell("step", card.unit(), card.word(), ranMillis);
        }
        ranMillis = 0;
    }

    /** A question is put; whether the bell rings for it. */
    boolean asks() {
        boolean late = busyMillis > afterMillis;
        if (late && !told) {
            tell("question", "", "", busyMillis);
        }
        boolean rings = late && bell;
        busyMillis = 0;
        ranMillis = 0;
        told = false;
        return rings;
    }

    /** The run is over. */
    void ended(Ending ending) {
        if (busyMillis > afterMillis) {
            tell("end", "", ending.word(), busyMillis);
        }
    }

    private void tell(String event, String unit, String outcome, long millis) {
        told = true;
        Map<String, String> facts = new LinkedHashMap<>(context);
        facts.put("STEPMARK_EVENT", event);
        facts.put("STEPMARK_STEP", event.equals("end") ? "" : plain(step));
        facts.put("STEPMARK_UNIT", plain(unit));
        facts.put("STEPMARK_OUTCOME", plain(outcome));
        facts.put("STEPMARK_SECONDS", Long.toString(millis / 1000));
        command.ifPresent(c -> c.start(facts));
    }

    /** One line, and short: titles come from documents. */
    private static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > MAX_VALUE ? line.substring(0, MAX_VALUE - 3) + "..." : line;
    }

    /** What is wrong with the command, once. */
    Optional<String> complaint() {
        return command.flatMap(NotifyCommand::complaint);
    }

    @Override
    public void close() {
        command.ifPresent(NotifyCommand::close);
    }
}
