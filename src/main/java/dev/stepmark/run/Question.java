package dev.stepmark.run;

import java.util.List;

/**
 * What the operator is asked.
 *
 * @param id       answer id: letters, digits, {@code . _ -}
 * @param kind     what it is about
 * @param prompt   the words before the bracket: {@code Run 3 as shell on ops-1?}
 * @param choices  in the order shown; {@code ?} is added by the operator's own means
 * @param enter    the key that Enter takes, or 0: then Enter repeats the question
 * @param phrase   the only consent: a phrase to type; empty when a key is enough
 * @param value    for TEXT and SECRET: what Enter takes, empty for nothing
 * @param source   for TEXT: where the value comes from ("from PGHOST"), or empty
 * @param shown    hash of everything that was shown for this question
 * @param adHoc    whether ad hoc SQL, shell and commands are welcome here
 * @param about    what {@code ?} explains before the choices, one element a line
 */
public record Question(String id, Kind kind, String prompt, List<Choice> choices, char enter, String phrase,
        String value, String source, String shown, boolean adHoc, List<String> about) {

    /** Kinds of questions. */
    public enum Kind {
        /** Begin the run? */ START,
        /** Run a step or block. */ RUN,
        /** Run something destructive: a phrase. */ PHRASE,
        /** A condition holds or not, a person knows. */ CONDITION,
        /** A person does the step. */ BY_HAND,
        /** Open or close a session. */ SESSION,
        /** A step failed. */ FAILED,
        /** Nobody knows how an execution ended. */ IN_DOUBT,
        /** Steps that were passed over, or that are stale. */
        REMAINING,
        /** A transaction is open: is it kept? */
        COMMIT,
        /** A line of text: a value, or words for the log. */ TEXT,
        /** A value read without echo. */ SECRET,
        /** Anything else with keys: go on, stop, discover. */ YES_NO
    }

    /**
     * A key that can be typed.
     *
     * @param key  lower-case letter
     * @param word short words for the bracket ({@code mark done}), or empty for the letter alone
     * @param help one line for {@code ?}
     */
    public record Choice(char key, String word, String help) { }

    public Question {
        choices = List.copyOf(choices);
        about = List.copyOf(about);
    }

    /** A question whose choices explain it. */
    public Question(String id, Kind kind, String prompt, List<Choice> choices, char enter, String phrase, String value,
            String source, String shown, boolean adHoc) {
        this(id, kind, prompt, choices, enter, phrase, value, source, shown, adHoc, List.of());
    }

    /** The same question with one more choice, before the way out. */
    Question offering(Choice choice) {
        java.util.ArrayList<Choice> more = new java.util.ArrayList<>(choices);
        boolean quitLast = !more.isEmpty() && more.get(more.size() - 1).key() == 'q';
        more.add(quitLast ? more.size() - 1 : more.size(), choice);
        return new Question(id, kind, prompt, more, enter, phrase, value, source, shown, adHoc, about);
    }

    /** Whether the key is offered. */
    public boolean offers(char key) {
        return choices.stream().anyMatch(c -> c.key() == key);
    }
}
