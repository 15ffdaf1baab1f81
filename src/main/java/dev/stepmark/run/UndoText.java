package dev.stepmark.run;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Risk;
import dev.stepmark.shell.ShellFacts;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.StatementFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of an {@code undo=}: what it can do, and how it is confirmed.
 *
 * @param text as it runs
 * @param risk how much it can do
 * @param verb first words, for the phrase
 * @param object what it acts on, or empty
 */
record UndoText(String text, Risk risk, String verb, String object) {

    static UndoText of(Block block, String text) {
        if (block.executor() == Executor.SHELL) {
            ShellFacts facts = ShellFacts.of(text);
            return new UndoText(text, facts.risk(), facts.commands().isEmpty() ? "" : facts.commands().get(0).program(), "");
        }
        StatementFacts facts = StatementFacts.of(text);
        return new UndoText(text, facts.risk(), facts.verb(), facts.object());
    }

    /** Why a text cannot be an undo: what is confirmed and recorded is one execution. */
    static Optional<String> problem(Block block, String text) {
        if (block.executor() == Executor.SHELL) {
            ShellFacts facts = ShellFacts.of(text);
            return facts.complete() ? Optional.empty() : Optional.of("it is not complete: " + facts.problem());
        }
        List<SqlSplitter.Piece> pieces = SqlSplitter.split(text);
        boolean one = pieces.size() == 1 && pieces.get(0).kind() != SqlSplitter.Kind.META;
        return !one ? Optional.of("it is not one SQL statement") : StatementFacts.of(text).transactionControl()
                ? Optional.of("it begins or ends a transaction") : Optional.empty();
    }

    /** Taking something back is never done by Enter; what destroys wants its phrase. */
    Question question(String label, String run, String shown) {
        List<Question.Choice> choices = new ArrayList<>();
        boolean destructive = risk == Risk.DESTRUCTIVE;
        if (!destructive) {
            choices.add(new Question.Choice('r', "", "undo it: run this"));
        }
        choices.add(new Question.Choice('s', "", "leave it as it is, and go to the one before"));
        choices.add(new Question.Choice('n', "", "no more of this"));
        choices.add(Choices.QUIT);
        String what = verb.isEmpty() ? "undo " + label : object.isEmpty() ? verb + " " + label : verb + " " + object;
        return new Question("undo-" + label, destructive ? Question.Kind.PHRASE : Question.Kind.RUN, destructive
                ? "Type \"" + what + "\" to undo " + label : run.replaceFirst("^Run ", "Undo "), choices, (char) 0,
                destructive ? what : "", "", "", shown, true);
    }
}
