package dev.stepmark.run;

import dev.stepmark.run.Question.Choice;
import java.util.ArrayList;
import java.util.List;

/** The keys of every kind of question: one letter, one meaning, everywhere. */
final class Choices {

    static final Choice RUN = new Choice('r', "", "run it");
    static final Choice SKIP = new Choice('s', "", "skip it; a reason goes into the log");
    static final Choice EDIT = new Choice('e', "", "edit it before it runs, for this run only");
    static final Choice WHY = new Choice('w', "", "why: what Stepmark concluded, and from which words");
    static final Choice OUTPUT = new Choice('o', "", "the whole text or output in the pager");
    static final Choice UNDO = new Choice('u', "undo", "take back what was done, step by step, each asked for");
    static final Choice HERE = new Choice('h', "", "run this and the rest of its session in another one");
    static final Choice QUIT = new Choice('q', "", "stop here; the run can go on later");
    static final Choice YES = new Choice('y', "", "yes");
    static final Choice NO = new Choice('n', "", "no");

    private Choices() { }

    static Choice word(Choice choice, String word) {
        return new Choice(choice.key(), word, choice.help());
    }

    static List<Choice> step(boolean editable) {
        List<Choice> out = new ArrayList<>(List.of(RUN, SKIP));
        if (editable) {
            out.add(EDIT);
        }
        out.addAll(List.of(WHY, QUIT));
        return out;
    }

    static List<Choice> phrase() {
        return List.of(SKIP, EDIT, WHY, QUIT);
    }

    static List<Choice> byHand() {
        return List.of(new Choice('m', "mark done", "a person did it; it goes into the log"),
                word(SKIP, "skip"), WHY, QUIT);
    }

    static List<Choice> session(String verb) {
        return List.of(new Choice('r', verb, "let Stepmark do it, as shown"),
                new Choice('m', "mark done by hand", "a person did it; it goes into the log"),
                word(SKIP, "skip"), WHY, QUIT);
    }

    static List<Choice> failed(boolean acceptable) {
        List<Choice> out = new ArrayList<>(List.of(new Choice('r', "run again", "run it again, from where it failed"),
                word(EDIT, "edit")));
        if (acceptable) {
            out.add(new Choice('m', "mark done", "accept what happened as done; a reason goes into the log"));
        }
        out.addAll(List.of(word(SKIP, "skip"), word(QUIT, "quit")));
        return out;
    }

    /** @param all how many rows one answer may cover; none when each wants its own */
    static List<Choice> row(int all) {
        List<Choice> out = new ArrayList<>(List.of(new Choice('r', "", "run this row")));
        if (all > 0) {
            out.add(new Choice('a', "all " + Texts.number(all), "run all that remain; the first that fails stops it"));
        }
        out.addAll(List.of(new Choice('s', "this row", "skip this row; a reason goes into the log"),
                new Choice('e', "", "edit the text of this row, for this run only"), WHY, QUIT));
        return out;
    }

    static List<Choice> failedRow(int row, boolean acceptable) {
        List<Choice> out = new ArrayList<>(List.of(new Choice('r', "row " + row + " again", "run the row again"),
                new Choice('e', "edit row " + row, "edit the text of this row, for this run only")));
        if (acceptable) {
            out.add(new Choice('m', "mark row " + row + " done", "accept what happened as done; a reason goes into the log"));
        }
        out.addAll(List.of(new Choice('s', "skip row " + row, "skip the row; a reason goes into the log"),
                word(QUIT, "quit")));
        return out;
    }

    static List<Choice> batches() {
        return List.of(new Choice('r', "go on", "go on with the next batch, until the condition holds"), word(EDIT, "edit"),
                new Choice('s', "leave the rest", "what is done stays, the rest is left out; a reason goes into the log"),
                word(QUIT, "quit"));
    }

    static List<Choice> unusable(int row) {
        return List.of(new Choice('e', "edit row " + row, "edit the text of this row, for this run only"),
                new Choice('s', "skip row " + row, "skip the row; a reason goes into the log"), word(QUIT, "quit"));
    }

    static List<Choice> doubt(boolean probe) {
        List<Choice> out = new ArrayList<>();
        if (probe) {
            out.add(new Choice('v', "look again", "run the verify probe now"));
        }
        out.addAll(List.of(new Choice('m', "mark done", "it was done; a reason and a phrase go into the log"),
                new Choice('r', "run again", "it was not done, or can be done twice: run it again"), QUIT));
        return out;
    }

    static List<Choice> commit() {
        return List.of(new Choice('c', "commit", "keep what the transaction did"),
                new Choice('b', "roll back", "undo all of it; it can be run again"), WHY, QUIT);
    }

    static List<Choice> yesNo() {
        return List.of(YES, NO, QUIT);
    }
}
