package dev.stepmark.run;

import dev.stepmark.session.Outcome.Stopped;
import java.util.ArrayList;
import java.util.List;

/** What is said of an execution that wanted something of a person and was stopped, or that waits in its shell. */
final class Wishes {

    private Wishes() { }

    /** What happened, for the closing line and the record. */
    static String words(Stopped stopped) {
        return switch (stopped.why()) {
            case SUSPENDED -> "suspended, its job waits in the shell: " + stopped.what().replaceAll("\\s+", " ");
            case PASSWORD -> "it asks for a password, and nobody is there to type one; it was stopped";
            case LINE -> "it waits for a line to be typed, and nobody is there; it was stopped";
            case SCREEN -> "it opened a full screen, and has no terminal for it; it was stopped";
        };
    }

    /** What it means and what can be done. */
    static List<StepCard.Fact> facts(Stopped stopped, boolean batch) {
        List<StepCard.Fact> out = new ArrayList<>();
        boolean asked = stopped.why() == Stopped.Why.PASSWORD || stopped.why() == Stopped.Why.LINE;
        if (asked && !stopped.what().isBlank()) {
            out.add(new StepCard.Fact("It asked", stopped.what()));
        }
        out.add(new StepCard.Fact("It means", stopped.why() == Stopped.Why.SUSPENDED
                ? "it is not over: a program that was suspended goes on where it was, or is ended"
                : "what it did before it waited may have happened: look before you run it again"));
        out.add(new StepCard.Fact("To do", toDo(stopped.why(), batch)));
        return out;
    }

    private static String toDo(Stopped.Why why, boolean batch) {
        return switch (why) {
            case SUSPENDED -> "!fg goes back to it, !kill %1 ends it";
            case PASSWORD -> "give it beforehand: a .pgpass entry or PGPASSWORD, sudo -n with a rule, a key for ssh;"
                    + " or run it at a terminal";
            case LINE -> "an option that answers it beforehand (-y, --yes, BatchMode=yes); or run it at a terminal";
            case SCREEN -> batch ? "run it at a terminal, or set EDITOR and PAGER to programs that need none"
                    : "r runs it again and gives it this terminal; /tty off takes that back";
        };
    }
}
