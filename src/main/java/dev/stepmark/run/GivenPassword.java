package dev.stepmark.run;

import dev.stepmark.plan.PasswordPrompts;
import dev.stepmark.session.Console;
import java.util.function.BooleanSupplier;

/** Nobody is there, but the password that a program asks for was given beforehand, in the environment. */
final class GivenPassword implements Console {

    /** A password that is asked for more often than this is wrong. */
    private static final int TIMES = 3;

    private final char[] password;
    private int left = TIMES;

    private GivenPassword(char[] password) {
        this.password = password;
    }

    /** The console of a step that runs without a person; one without answers unless there is a password for it. */
    static Console of(Desk desk, String step, Console console) {
        String given = desk.environment().getOrDefault(PasswordPrompts.variable(step), "");
        return !desk.batch() || given.isEmpty() ? console : new GivenPassword(given.toCharArray());
    }

    @Override
    public boolean attended() {
        return false;
    }

    @Override
    public boolean answers(boolean echo) {
        return !echo && left > 0;
    }

    @Override
    public Answer ask(String prompt, boolean echo, BooleanSupplier waits) {
        left--;
        return new Answer(Answer.Kind.LINE, password.clone());
    }

    @Override
    public Given give(String program, Keys keys) {
        throw new IllegalStateException("there is no terminal to give");
    }
}
