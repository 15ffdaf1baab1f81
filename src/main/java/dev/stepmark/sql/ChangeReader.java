package dev.stepmark.sql;

import static dev.stepmark.runbook.Risk.DESTRUCTIVE;
import static dev.stepmark.runbook.Risk.WRITE;

import dev.stepmark.runbook.Risk;
import java.util.ArrayList;
import java.util.List;

/** INSERT, UPDATE, DELETE, MERGE and TRUNCATE. */
final class ChangeReader {

    private final Tokens tokens;

    ChangeReader(Tokens tokens) {
        this.tokens = tokens;
    }

    StatementFacts read() {
        StatementFacts own = own();
        return own.withRisk(own.risk().max(nested()));
    }

    /** Without what WITH queries inside it do. */
    StatementFacts own() {
        String verb = tokens.at(0);
        return switch (verb) {
            case "truncate" -> FactsReader.fact(verb, truncated(), DESTRUCTIVE);
            case "update" -> FactsReader.fact(verb, target(1), tokens.find(1, 0, "where") > 0 ? WRITE : DESTRUCTIVE);
            case "delete" -> FactsReader.fact(verb, target(tokens.is(1, "from") ? 2 : 1), DESTRUCTIVE);
            case "merge" -> FactsReader.fact(verb, target(2),
                    tokens.find(1, 0, "delete") > 0 ? DESTRUCTIVE : WRITE);
            default -> FactsReader.fact(verb, target(2), WRITE);
        };
    }

    private String target(int at) {
        return tokens.name(tokens.is(at, "only") ? at + 1 : at);
    }

    private String truncated() {
        int i = tokens.is(1, "table") ? 2 : 1;
        List<String> names = new ArrayList<>();
        while (tokens.isName(i) && !tokens.isAny(i, "restart", "continue", "cascade", "restrict")) {
            i = tokens.is(i, "only") ? i + 1 : i;
            names.add(tokens.name(i));
            i = tokens.afterName(i);
            i += tokens.is(i, "*") ? 1 : 0;
            i += tokens.is(i, ",") ? 1 : 0;
        }
        return String.join(", ", names);
    }

    /** The risk of WITH queries inside it (INSERT INTO a WITH d AS (DELETE ...) SELECT ...). */
    private Risk nested() {
        Risk risk = WRITE;
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.isAny(i, "delete", "update", "merge") && tokens.is(i - 1, "(")) {
                Tokens inner = tokens.range(i, tokens.afterClose(i - 1) - 1);
                risk = risk.max(new ChangeReader(inner).own().risk());
            }
        }
        return risk;
    }
}
