package dev.stepmark.sql;

import static dev.stepmark.runbook.Risk.DESTRUCTIVE;
import static dev.stepmark.runbook.Risk.READ_ONLY;
import static dev.stepmark.runbook.Risk.SCHEMA_CHANGE;
import static dev.stepmark.runbook.Risk.UNKNOWN;
import static dev.stepmark.runbook.Risk.WRITE;

import dev.stepmark.runbook.Risk;

/** Reads the facts of one statement from its leading tokens. */
final class FactsReader {

    private final Tokens tokens;

    FactsReader(Tokens tokens) {
        this.tokens = tokens;
    }

    StatementFacts read() {
        String first = tokens.at(0);
        if (tokens.tooDeep()) {
            return fact(first, "", UNKNOWN);
        }
        return switch (first) {
            case "select", "values", "table", "with", "(" -> new QueryReader(tokens).read();
            case "insert", "update", "delete", "merge", "truncate" -> new ChangeReader(tokens).read();
            case "create", "alter", "drop" -> new DefinitionReader(tokens).read();
            case "explain" -> explain();
            case "copy" -> copy();
            case "show", "fetch", "listen", "unlisten", "deallocate", "prepare", "close", "move", "declare" -> cursor();
            case "set", "reset", "discard" -> setting();
            case "comment", "security" -> fact(tokens.words(2), objectAfter("on"), SCHEMA_CHANGE);
            case "grant", "revoke" -> fact(first, objectAfter("on"), SCHEMA_CHANGE);
            case "import", "reassign" -> fact(tokens.words(2), "", SCHEMA_CHANGE);
            case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release" -> transaction();
            case "vacuum", "analyze", "analyse", "reindex", "cluster", "refresh", "checkpoint", "lock", "repack" ->
                    maintenance();
            case "notify" -> fact(first, tokens.name(1), WRITE);
            case "do", "call", "execute", "load" -> fact(first, tokens.name(1), UNKNOWN);
            default -> new StatementFacts(tokens.isWord(0) ? first : "", "", UNKNOWN, false, false, false);
        };
    }

    static StatementFacts fact(String verb, String object, Risk risk) {
        return new StatementFacts(verb, object, risk, false, false, true);
    }

    private static StatementFacts outsideTransactions(StatementFacts facts) {
        return new StatementFacts(facts.verb(), facts.object(), facts.risk(), true, false, true);
    }

    private String objectAfter(String word) {
        int at = tokens.find(1, 0, word);
        if (at < 0) {
            return "";
        }
        boolean kind = tokens.isAny(at + 1, "table", "column", "database", "schema", "function", "sequence", "view",
                "index", "constraint", "type", "role", "materialized", "extension");
        return tokens.name(tokens.is(at + 1, "materialized") ? at + 3 : kind ? at + 2 : at + 1);
    }

    private StatementFacts explain() {
        int i = 1;
        boolean analyze = false;
        if (tokens.is(i, "(")) {
            int end = tokens.afterClose(i);
            int option = tokens.find(i, 1, "analyze", "analyse");
            analyze = option > 0 && option < end && !tokens.isAny(option + 1, "false", "off", "0");
            i = end;
        }
        while (tokens.isAny(i, "analyze", "analyse", "verbose")) {
            analyze |= !tokens.is(i, "verbose");
            i++;
        }
        if (i >= tokens.size()) {
            return fact("explain", "", UNKNOWN);
        }
        StatementFacts inner = new FactsReader(tokens.range(i, tokens.size())).read();
        return fact(analyze ? "explain analyze" : "explain", inner.object(), analyze ? inner.risk() : READ_ONLY);
    }

    private StatementFacts copy() {
        Risk query = READ_ONLY;
        int i = 1;
        String object = tokens.name(1);
        if (tokens.is(1, "(")) {
            i = tokens.afterClose(1);
            StatementFacts inner = new FactsReader(tokens.range(2, Math.max(2, i - 1))).read();
            query = inner.risk();
            object = inner.object();
        }
        int direction = tokens.find(i, 0, "from", "to");
        if (direction < 0 || tokens.is(direction + 1, "program")) {
            return fact("copy", object, UNKNOWN.max(query));
        }
        boolean reads = tokens.is(direction, "to") && tokens.is(direction + 1, "stdout");
        return fact("copy", object, reads ? query : WRITE.max(query));
    }

    private StatementFacts cursor() {
        String first = tokens.at(0);
        if (first.equals("prepare") && tokens.is(1, "transaction")) {
            return transaction();
        }
        int query = first.equals("declare") ? tokens.find(1, 0, "for") : -1;
        if (query > 0 && query + 1 < tokens.size()) {
            Risk risk = new FactsReader(tokens.range(query + 1, tokens.size())).read().risk();
            return fact(first, tokens.name(1), risk);
        }
        return fact(first, tokens.name(1), first.equals("declare") ? UNKNOWN : READ_ONLY);
    }

    private StatementFacts setting() {
        String first = tokens.at(0);
        if (first.equals("discard")) {
            StatementFacts facts = fact("discard", tokens.name(1), WRITE);
            return tokens.is(1, "all") ? outsideTransactions(facts) : facts;
        }
        boolean scoped = tokens.isAny(1, "local", "session") && tokens.isName(2);
        String name = tokens.name(scoped ? 2 : 1);
        // with these the following statements mean something else, or skip triggers and foreign keys
        boolean grave = name.equals("session_replication_role") || name.equals("role")
                || name.equals("authorization");
        return fact(first, name, grave ? WRITE : READ_ONLY);
    }

    private StatementFacts transaction() {
        String first = tokens.at(0);
        boolean twoPhase = tokens.is(1, "prepared") || first.equals("prepare");
        boolean savepoint = first.equals("rollback") && tokens.find(1, 0, "to") > 0;
        String verb = twoPhase ? tokens.words(2) : savepoint ? "rollback to" : first;
        boolean begins = first.equals("begin") || first.equals("start") || first.equals("savepoint");
        boolean prepared = tokens.is(1, "prepared");
        return new StatementFacts(verb, "", begins ? READ_ONLY : WRITE, prepared, true, true);
    }

    private StatementFacts maintenance() {
        String first = tokens.at(0);
        return switch (first) {
            case "vacuum", "repack" -> vacuum(first);
            case "reindex" -> reindex();
            case "refresh" -> refresh();
            case "cluster" -> tokens.size() > 1 && !tokens.is(1, ";")
                    ? fact(first, nameAfterOptions(1), WRITE) : outsideTransactions(fact(first, "", WRITE));
            case "lock" -> fact(first, tokens.name(tokens.is(1, "table") ? 2 : 1), WRITE);
            default -> fact(first, nameAfterOptions(1), WRITE);
        };
    }

    private StatementFacts vacuum(String first) {
        boolean full = tokens.is(1, "full") || tokens.is(1, "(") && tokens.find(1, 1, "full") > 0;
        return outsideTransactions(fact(full ? first + " full" : first, nameAfterOptions(1), WRITE));
    }

    private String nameAfterOptions(int from) {
        int i = tokens.is(from, "(") ? tokens.afterClose(from) : from;
        while (tokens.isAny(i, "full", "freeze", "verbose", "analyze", "analyse", "concurrently")) {
            i++;
        }
        return tokens.name(i);
    }

    private StatementFacts reindex() {
        int kind = tokens.is(1, "(") ? tokens.afterClose(1) : 1;
        boolean concurrently = tokens.is(kind + 1, "concurrently")
                || tokens.is(1, "(") && tokens.find(1, 1, "concurrently") > 0;
        String verb = "reindex " + tokens.at(kind) + (concurrently ? " concurrently" : "");
        StatementFacts facts = fact(verb, tokens.name(tokens.is(kind + 1, "concurrently") ? kind + 2 : kind + 1),
                WRITE);
        boolean many = tokens.isAny(kind, "schema", "database", "system");
        return concurrently || many ? outsideTransactions(facts) : facts;
    }

    private StatementFacts refresh() {
        boolean concurrently = tokens.is(3, "concurrently");
        return fact("refresh materialized view" + (concurrently ? " concurrently" : ""),
                tokens.name(concurrently ? 4 : 3), WRITE);
    }
}
