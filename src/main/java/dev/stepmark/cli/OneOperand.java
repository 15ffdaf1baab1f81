package dev.stepmark.cli;

import java.util.concurrent.Callable;

/** A command that is often called with one operand and nothing else: it then needs no parser of options. */
interface OneOperand extends Callable<Integer> {

    /** Takes the operand as the parser would. */
    void operand(String text);

    /** Whether these arguments are a command and one operand; {@code -} begins an option, {@code @} a file of them. */
    static boolean in(String[] args) {
        return args.length == 2 && !args[1].isEmpty() && args[1].charAt(0) != '-' && args[1].charAt(0) != '@';
    }
}
