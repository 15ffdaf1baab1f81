package dev.stepmark.classify;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Role;

/**
 * What a rule decided about a block.
 *
 * @param role     what it is for
 * @param executor what interprets it
 * @param body     what is run or shown
 * @param why      one sentence: what was decided and why
 * @param overrule {@code as-shell} or {@code as-sql} when the label says something else, which a person must confirm
 * @param rule     the name of the rule; empty while it is being decided
 */
record Verdict(Role role, Executor executor, Stripped body, String why, String overrule, String rule) {

    static Verdict run(Executor executor, Stripped body, String why) {
        return new Verdict(body.output() ? Role.MIXED : Role.EXECUTE, executor, body, why, "", "");
    }

    static Verdict show(Role role, Executor executor, String text, String why) {
        return new Verdict(role, executor, Stripped.none(text), why, "", "");
    }

    Verdict overruling(String what) {
        return new Verdict(role, executor, body, why, what, rule);
    }

    /** The same, decided by a rule. */
    Verdict by(String name) {
        return new Verdict(role, executor, body, why, overrule, name);
    }
}
