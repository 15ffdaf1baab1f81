package dev.stepmark.plan;

import java.util.List;

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
 */
public record PlannedQuestion(String id, Kind kind, String step, String text, List<String> comment, String prefilled,
        String source, String option) {

    /** Kinds of questions, by what answers them. */
    public enum Kind {
        /** Begin? {@code --yes}. */ START,
        /** Run a step: {@code --yes}. */ STEP,
        /** A step by hand: {@code --assume-manual}. */ BY_HAND,
        /** A conclusion of Stepmark: only its own answer. */ INFERENCE,
        /** An optional step, no by default. */ OPTIONAL,
        /** A condition that only a person knows. */ CONDITION,
        /** {@code --allow destructive}; no answer replaces it. */ DESTRUCTIVE,
        /** {@code --target}; no answer replaces it. */ TARGET,
        /** The installed version: a value. */ VERSION,
        /** May the version be discovered? */ DISCOVERY,
        /** A value. */ VALUE,
        /** A secret; it has no id, only sources. */ SECRET
    }

    public PlannedQuestion {
        comment = List.copyOf(comment);
    }

    /** Whether it takes yes or no. */
    public boolean yesNo() {
        return switch (kind) {
            case START, STEP, BY_HAND, INFERENCE, OPTIONAL, CONDITION, DISCOVERY -> true;
            case DESTRUCTIVE, TARGET, VERSION, VALUE, SECRET -> false;
        };
    }
}
