package dev.stepmark.sql;

import static dev.stepmark.runbook.Risk.DESTRUCTIVE;
import static dev.stepmark.runbook.Risk.SCHEMA_CHANGE;

import dev.stepmark.runbook.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** CREATE, ALTER and DROP. */
final class DefinitionReader {

    /** Words between the command and the kind of object. */
    private static final Set<String> MODIFIERS = Set.of("or", "replace", "global", "local", "temporary", "temp",
            "unlogged", "unique", "trusted", "procedural", "recursive", "constraint", "default");
    /** First words of kinds that have two; the second follows. */
    private static final Set<String> TWO_WORDS = Set.of("materialized", "foreign", "event", "access", "text",
            "operator", "user", "large");
    private static final Set<String> SECOND_WORDS = Set.of("view", "table", "data", "trigger", "method", "search",
            "class", "family", "mapping", "object");
    /** What holds data: dropping it loses them. */
    private static final Set<String> DATA = Set.of("table", "database", "schema", "tablespace", "sequence",
            "materialized view", "extension", "owned", "column", "access method");

    private final Tokens tokens;
    private String kind = "";
    private int name;
    private boolean concurrently;

    DefinitionReader(Tokens tokens) {
        this.tokens = tokens;
    }

    StatementFacts read() {
        readHead();
        String command = tokens.at(0);
        String verb = (command + " " + kind).strip() + (concurrently ? " concurrently" : "");
        boolean detach = command.equals("alter") && tokens.find(name, 0, "detach") > 0
                && tokens.find(name, 0, "concurrently") > 0;
        return new StatementFacts(verb, object(command), risk(command), concurrently || detach || alone(command),
                false, !kind.isEmpty());
    }

    private void readHead() {
        int i = 1;
        while (MODIFIERS.contains(tokens.at(i)) && tokens.isName(i + 1)) {
            i++;
        }
        kind = tokens.isWord(i) ? tokens.at(i) : "";
        if (TWO_WORDS.contains(kind) && SECOND_WORDS.contains(tokens.at(i + 1))) {
            kind = kind + " " + tokens.at(++i);
        }
        if (kind.equals("text search") || kind.equals("foreign data")) {
            kind = kind + " " + tokens.at(++i);
        }
        i++;
        concurrently = tokens.is(i, "concurrently");
        i += concurrently ? 1 : 0;
        i += tokens.is(i, "if") ? tokens.is(i + 1, "not") ? 3 : 2 : 0;
        i += tokens.is(i, "only") ? 1 : 0;
        name = i;
    }

    private String object(String command) {
        if (kind.equals("system") || kind.equals("index") && tokens.is(name, "on")) {
            return kind.equals("system") ? "" : tokens.name(tokens.is(name + 1, "only") ? name + 2 : name + 1);
        }
        if (!command.equals("drop")) {
            return tokens.name(name);
        }
        List<String> names = new ArrayList<>();
        int i = kind.equals("owned") ? name + 1 : name;
        while (tokens.isName(i) && tokens.depth(i) == 0) {
            names.add(tokens.name(i));
            i = tokens.afterName(i);
            i = tokens.is(i, "(") ? tokens.afterClose(i) : i;
            if (!tokens.is(i, ",")) {
                break;
            }
            i++;
        }
        return String.join(", ", names);
    }

    private Risk risk(String command) {
        return switch (command) {
            case "drop" -> DATA.contains(kind) || tokens.find(name, 0, "cascade") > 0 ? DESTRUCTIVE : SCHEMA_CHANGE;
            case "alter" -> dropsData() ? DESTRUCTIVE : SCHEMA_CHANGE;
            default -> createsByQuery();
        };
    }

    /** Whether an action of ALTER TABLE (or FOREIGN TABLE, TYPE) drops a column or attribute. */
    private boolean dropsData() {
        if (!kind.equals("table") && !kind.equals("foreign table") && !kind.equals("type")) {
            return false;
        }
        int action = tokens.afterName(name);
        action += tokens.is(action, "*") ? 1 : 0;
        for (int i = action; i < tokens.size(); i++) {
            boolean starts = i == action || tokens.is(i - 1, ",") && tokens.depth(i) == 0;
            if (starts && tokens.is(i, "drop") && !tokens.is(i + 1, "constraint")) {
                return true;
            }
        }
        return false;
    }

    /** CREATE TABLE ... AS may carry a query that does more. */
    private Risk createsByQuery() {
        int as = kind.equals("table") || kind.equals("materialized view") ? tokens.find(name, 0, "as") : -1;
        if (as < 0 || !tokens.isAny(as + 1, "with", "execute")) {
            return SCHEMA_CHANGE;
        }
        Risk query = new FactsReader(tokens.range(as + 1, tokens.size())).read().risk();
        return SCHEMA_CHANGE.max(query);
    }

    private boolean alone(String command) {
        return switch (kind) {
            case "database" -> !command.equals("alter") || tokens.find(name, 0, "tablespace") > 0;
            case "tablespace" -> !command.equals("alter");
            case "system" -> true;
            case "subscription" -> !command.equals("alter");
            default -> false;
        };
    }
}
