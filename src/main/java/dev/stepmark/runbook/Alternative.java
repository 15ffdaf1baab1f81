package dev.stepmark.runbook;

import java.util.List;
import java.util.Optional;

/**
 * Ways of a document that exclude each other: tabs, "With MySQL" beside "With PostgreSQL", a block and the one behind
 * "or". Which applies is asked once for all places that have the same ways.
 *
 * @param id   letters, digits and {@code -}; the answer id is {@code choice.} and this
 * @param ways at least two, in the order of the document
 */
public record Alternative(String id, List<Way> ways) {

    /** Before the ids of answers. */
    public static final String ANSWER = "choice.";
    /** The answer that takes all ways: they exclude each other only as far as the words can be understood. */
    public static final String ALL = "all";

    /**
     * One of the ways.
     *
     * @param id     letters, digits and {@code -}
     * @param label  as the document names it
     * @param places the lines that belong to it
     */
    public record Way(String id, String label, List<Span> places) {

        public Way {
            places = List.copyOf(places);
        }

        /** Whether all of these lines belong to it. */
        public boolean covers(Span span) {
            return places.stream().anyMatch(p -> p.first() <= span.first() && span.last() <= p.last());
        }
    }

    public Alternative {
        ways = List.copyOf(ways);
    }

    /** The id of its question. */
    public String answerId() {
        return ANSWER + id;
    }

    /** The way that these lines belong to. */
    public Optional<Way> way(Span span) {
        return ways.stream().filter(w -> w.covers(span)).findFirst();
    }

    /** The way that an answer names; empty for all of them, and for what is no answer. */
    public Optional<Way> answered(String answer) {
        return ways.stream().filter(w -> w.id().equalsIgnoreCase(answer.strip())).findFirst();
    }

    /** Whether an answer can be understood. */
    public boolean understands(String answer) {
        return answer.strip().equalsIgnoreCase(ALL) || answered(answer).isPresent();
    }

    /** The way of these lines when the answer means another one: then they do not apply. */
    public Optional<Way> against(String answer, Span span) {
        Optional<Way> chosen = answered(answer);
        return chosen.isEmpty() || chosen.get().covers(span) ? Optional.empty() : way(span);
    }
}
