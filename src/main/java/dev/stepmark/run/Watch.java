package dev.stepmark.run;

import java.util.List;

/** What goes on while a question waits for its answer. Asked from time to time, on a thread of the operator. */
public interface Watch {

    /** Lines in column 0 to show above the question now; mostly none. */
    List<String> news();

    /** Whether the answer is not awaited any more; then {@link Reply.Late} is the reply. */
    boolean over();
}
