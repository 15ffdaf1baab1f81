package dev.stepmark.sql;

import static dev.stepmark.runbook.Risk.READ_ONLY;
import static dev.stepmark.runbook.Risk.SCHEMA_CHANGE;
import static dev.stepmark.runbook.Risk.UNKNOWN;
import static dev.stepmark.runbook.Risk.WRITE;

import dev.stepmark.runbook.Risk;
import java.util.List;

/** SELECT, VALUES, TABLE and WITH: read-only only when nothing in it can act. */
final class QueryReader {

    private final Tokens tokens;

    QueryReader(Tokens tokens) {
        this.tokens = tokens;
    }

    StatementFacts read() {
        StatementFacts facts = FactsReader.fact(verb(), object(), READ_ONLY);
        for (int i = 0; i < tokens.size(); i++) {
            StatementFacts inner = changeAt(i);
            if (inner != null && inner.risk().compareTo(facts.risk()) > 0) {
                facts = inner;
            }
            Risk call = callAt(i).max(markAt(i));
            facts = call.compareTo(facts.risk()) > 0 ? facts.withRisk(call) : facts;
        }
        return facts;
    }

    private String verb() {
        String first = tokens.at(0);
        if (first.equals("with")) {
            int main = tokens.find(1, 0, "select", "values", "table", "insert", "update", "delete", "merge");
            return main < 0 ? first : tokens.at(main);
        }
        return first.equals("(") ? "select" : first;
    }

    private String object() {
        if (tokens.is(0, "table")) {
            return tokens.name(tokens.is(1, "only") ? 2 : 1);
        }
        int into = tokens.find(0, 0, "into");
        int from = into >= 0 && verb().equals("select") ? into : tokens.find(0, 0, "from");
        if (from < 0) {
            return "";
        }
        int name = from + 1;
        while (tokens.isAny(name, "only", "lateral", "temporary", "temp", "unlogged", "table")) {
            name++;
        }
        return tokens.is(tokens.afterName(name), "(") ? "" : tokens.name(name);
    }

    /** The facts of a data-modifying statement that begins at {@code i}, or null. */
    private StatementFacts changeAt(int i) {
        boolean change = tokens.isWord(i) && tokens.isAny(i, "insert", "update", "delete", "merge");
        if (!change) {
            return null;
        }
        boolean inParentheses = tokens.is(i - 1, "(");
        boolean main = tokens.is(0, "with") && tokens.depth(i) == 0 && tokens.is(i - 1, ")");
        if (inParentheses) {
            return new ChangeReader(tokens.range(i, Math.max(i + 1, tokens.afterClose(i - 1) - 1))).own();
        }
        return main ? new ChangeReader(tokens.range(i, tokens.size())).own() : null;
    }

    /** SELECT INTO makes a table, FOR UPDATE locks rows, a psql variable that is no literal can hold anything. */
    private Risk markAt(int i) {
        if (tokens.is(i, "into") && !tokens.isAny(i - 1, "insert", "merge")) {
            return SCHEMA_CHANGE;
        }
        if (tokens.is(i, "for") && tokens.isAny(i + 1, "update", "share", "no", "key")) {
            return WRITE;
        }
        boolean colon = tokens.is(i, ":") && !tokens.is(i - 1, ":") && !tokens.is(i + 1, ":");
        boolean variable = colon && tokens.isName(i + 1);
        return variable ? UNKNOWN : READ_ONLY;
    }

    private Risk callAt(int i) {
        if (!tokens.is(i, "(") || !tokens.isName(i - 1)) {
            return READ_ONLY;
        }
        boolean qualified = tokens.is(i - 2, ".");
        int before = qualified ? i - 4 : i - 2;
        if (notACall(before, i)) {
            return READ_ONLY;
        }
        String name = tokens.name(i - 1);
        boolean foreignSchema = qualified && !tokens.is(i - 3, "pg_catalog");
        return foreignSchema ? UNKNOWN : Functions.risk(name, tokens.isWord(i - 1));
    }

    /** Column lists of aliases and CTEs, and types with a precision, look like calls. */
    private boolean notACall(int before, int open) {
        if (tokens.isAny(before, "as", ":", ")")) {
            return true;
        }
        int after = tokens.is(0, "with") ? tokens.afterClose(open) : tokens.size();
        if (!tokens.is(after, "as")) {
            return false;
        }
        int body = after + 1;
        while (tokens.isAny(body, "not", "materialized")) {
            body++;
        }
        return tokens.is(body, "(") && List.of("select", "with", "values", "table", "insert", "update", "delete",
                "merge", "(").contains(tokens.at(body + 1));
    }
}
