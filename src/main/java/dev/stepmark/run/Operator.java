package dev.stepmark.run;

import dev.stepmark.message.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is asked and shown things: a person at a terminal, an answers file, a script of a test. The runner decides what
 * is asked and what an answer means; the operator decides how it looks. Everything that is handed over is masked.
 */
public interface Operator {

    /** What can be named at a prompt from now on: ids of steps with their titles. */
    default void steps(Map<String, String> titles) { }

    /** Whether a person can be asked. When false, {@link #ask} answers from what was given beforehand. */
    boolean interactive();

    /** Asks until there is a valid reply: an offered key, a phrase or text where one is wanted, an ad hoc line. */
    Reply ask(Question question);

    /** From now on this watches over every question, until another one does or none. */
    default void attend(Optional<Watch> watch) { }

    /** Shows the opening; called once with everything that is known, before the start is confirmed. */
    void brief(Brief brief);

    /** Shows a step or one of its blocks, whole, before it is asked for. */
    void step(StepCard card);

    /**
     * An execution begins: shows output as it comes and a clock, and listens for Ctrl-C.
     *
     * @param label   unit that runs: {@code 9}, {@code 3.2}, {@code a1}
     * @param control what Ctrl-C can do
     */
    Running running(String label, RunControl control);

    /** Shows how something ended, in column 0: {@code ok 5  9 rows, 0.03 s; kept as conflicts}. */
    void result(ResultCard card);

    /** A remark of Stepmark inside a step ({@code   . text}). */
    void remark(String text);

    /** Words that stand above every confirmation on a connection: {@code === PRODUCTION ===}. */
    default void banner(Banner banner) {
        say(List.of(banner.text() + ": " + banner.where()));
    }

    /** Lines in column 0, as they are. */
    void say(List<String> lines);

    /** An error or a warning. */
    void problem(Severity severity, Message message);

    /** Severity of a message. */
    enum Severity { ERROR, WARNING }

    /** Opens a text file in the pager, or prints it. */
    void page(String title, Path file);

    /** Lets the operator edit a text; empty when it was left unchanged or no editor could be started. */
    Optional<String> edit(String text, String suffix);

    /** Shows the end of the run. */
    void ending(Ending ending);
}
