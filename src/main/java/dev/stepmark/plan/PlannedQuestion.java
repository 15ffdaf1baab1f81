package dev.stepmark.plan;

import java.util.List;
import java.util.Set;

/**
 * A question that a run of a runbook can ask, known before it starts.
 *
 * @param id        answer id ({@code [A-Za-z0-9._-]+}), or empty when no answer replaces the option that it needs
 * @param kind      what kind of question
 * @param step      id of the step, or empty
 * @param text      what is asked, one line
 * @param comment   what else helps to answer it, one element a line
 * @param prefilled value that the answers file starts with, or empty
 * @param source    where the prefilled value comes from, or empty
 * @param option    the option that answers it too, or empty
 * @param subject   what it is about: name of the value or secret, id of the session; or empty
 * @param neededBy  ids of the steps that need the answer; empty when the run needs it whatever is left out
 */
public record PlannedQuestion(String id, Kind kind, String step, String text, List<String> comment, String prefilled,
        String source, String option, String subject, Set<String> neededBy) {

    /** Kinds of questions, by what answers them. */
    public enum Kind {
        /** Begin? {@code --yes}. */ START,
        /** Run a step: {@code --yes}. */ STEP,
        /** A step by hand: {@code --assume-manual}. */ BY_HAND,
        /** A conclusion of Stepmark: only its own answer. */ INFERENCE,
        /** An optional step, no by default. */ OPTIONAL,
        /** A condition that only a person knows. */ CONDITION,
        /** Which of several ways applies: only its own answer. */ CHOICE,
        /** {@code --allow destructive}; no answer replaces it. */ DESTRUCTIVE,
        /** {@code --target}; no answer replaces it. */ TARGET,
        /** The installed version: a value. */ VERSION,
        /** May the version be discovered? */ DISCOVERY,
        /** A value. */ VALUE,
        /** A value that the rows of an earlier result give, unless the operator gives one for all. */ COLUMN,
        /** Where a connection goes, as far as nobody said; what is prefilled is only a suggestion. */ CONNECTION,
        /** A secret; it has no id, only sources. */ SECRET,
        /** What a statement itself asks for when it is reached; without an id at a terminal only. */ ASKED
    }

    public PlannedQuestion {
        comment = List.copyOf(comment);
        neededBy = Set.copyOf(neededBy);
    }

    /** A question about no session or value, asked for its own step. */
    PlannedQuestion(String id, Kind kind, String step, String text, List<String> comment, String prefilled,
            String source, String option) {
        this(id, kind, step, text, comment, prefilled, source, option, "", step.isEmpty() ? Set.of() : Set.of(step));
    }

    /** The same about something. */
    PlannedQuestion about(String what, Set<String> steps) {
        return new PlannedQuestion(id, kind, step, text, comment, prefilled, source, option, what, steps);
    }

    /** Whether a run that leaves these steps out needs no answer. */
    public boolean spared(Set<String> leftOut) {
        return !neededBy.isEmpty() && leftOut.containsAll(neededBy);
    }

    /** Whether it takes yes or no. */
    public boolean yesNo() {
        return switch (kind) {
            case START, STEP, BY_HAND, INFERENCE, OPTIONAL, CONDITION, DISCOVERY -> true;
            case DESTRUCTIVE, TARGET, VERSION, VALUE, COLUMN, CONNECTION, SECRET, ASKED, CHOICE -> false;
        };
    }
}
