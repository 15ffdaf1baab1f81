package dev.stepmark.session.bash;

import dev.stepmark.session.Console;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A person who types when something is on the screen, and answers the questions that were foreseen. */
class TypingConsole implements Console {

    private final int columns;
    private final int rows;
    private final Deque<Act> acts = new ArrayDeque<>();
    private final Deque<String[]> answers = new ArrayDeque<>();
    private final List<String> questions = new ArrayList<>();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private int from;
    private String takenBack = "";

    private record Act(String seen, Runnable does) { }

    private Keys keys;

    TypingConsole(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** Types something when a text has come. */
    TypingConsole when(String seen, String typed) {
        byte[] bytes = typed.getBytes(StandardCharsets.UTF_8);
        acts.add(new Act(seen, () -> keys.typed(bytes, bytes.length)));
        return this;
    }

    TypingConsole resizeWhen(String seen, int newColumns, int newRows) {
        acts.add(new Act(seen, () -> keys.resized(newColumns, newRows)));
        return this;
    }

    /** Answers a question that ends like this. */
    TypingConsole answer(String question, String line) {
        answers.add(new String[] {question.strip(), line});
        return this;
    }

    List<String> questions() {
        return questions;
    }

    String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    String takenBack() {
        return takenBack;
    }

    @Override
    public boolean attended() {
        return true;
    }

    @Override
    public Answer ask(String prompt, boolean echo, BooleanSupplier waits) {
        questions.add(prompt + (echo ? " (seen)" : " (hidden)"));
        if (answers.isEmpty() || !prompt.endsWith(answers.peek()[0])) {
            return Answer.of(Answer.Kind.CANCEL);
        }
        return new Answer(Answer.Kind.LINE, answers.poll()[1].toCharArray());
    }

    @Override
    public Given give(String program, Keys taker) {
        keys = taker;
        keys.resized(columns, rows);
        return new Given() {
            @Override
            public synchronized void show(byte[] buffer, int offset, int length) {
                shown.write(buffer, offset, length);
                int at = acts.isEmpty() ? -1 : shown().indexOf(acts.peek().seen(), from);
                if (at >= 0) {
                    from = at + acts.peek().seen().length();
                    acts.poll().does().run();
                }
            }

            @Override
            public void takeBack(String how) {
                takenBack = how;
            }
        };
    }
}
