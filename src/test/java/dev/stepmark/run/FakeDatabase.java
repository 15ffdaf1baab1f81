package dev.stepmark.run;

import dev.stepmark.session.FakeSession;
import dev.stepmark.session.Opened;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.Request;
import dev.stepmark.session.Result;
import dev.stepmark.session.ServerSide;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server keeps, as far as the runner can tell: statements that took effect, and transactions that hold theirs
 * back until COMMIT. A session that goes away takes its open transaction with it.
 */
final class FakeDatabase {

    private final List<String> effects = new ArrayList<>();
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean dieAtCommit;
    private final List<String> once = new ArrayList<>();
    private final Map<String, List<Outcome>> turn = new LinkedHashMap<>();
    private ServerSide server;

    /** Statements that took effect for good, in order, with the database they ran in: {@code factory: DELETE ...}; those
     * that were in no transaction as {@code factory, alone: DELETE ...}. */
    List<String> effects() {
        return effects;
    }

    /** The statement gets this outcome and has no effect. */
    FakeDatabase on(String statement, Outcome outcome) {
        outcomes.put(statement, outcome);
        return this;
    }

    /** Answers what Stepmark itself asks the server. */
    FakeDatabase server(ServerSide answers) {
        server = answers;
        return this;
    }

    /** Every text that reached the server. */
    List<String> asked() {
        return asked;
    }

    /** Like {@link #on}, for the first time only. */
    FakeDatabase onceOn(String statement, Outcome outcome) {
        once.add(statement);
        return on(statement, outcome);
    }

    /** The statement gets these outcomes one after the other, and the last one from then on; each is an effect. */
    FakeDatabase inTurn(String statement, List<Outcome> turns) {
        turn.put(statement, new ArrayList<>(turns));
        return this;
    }

    /** The tool dies after the next COMMIT took effect and before the server's answer arrived. */
    FakeDatabase dieAtCommit() {
        dieAtCommit = true;
        return this;
    }

    /** A new connection. */
    FakeSession connect(String host, String user, String database) {
        Connection connection = new Connection(database);
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("host", host);
        identity.put("user", user);
        identity.put("database", database);
        identity.put("server_version", "15.18");
        identity.put("system_identifier", "id-of-" + host);
        return new FakeSession(new Opened("jdbc", database + " as " + user + " on " + host, identity))
                .server(server).otherwise((request, sink, running) -> connection.execute(request));
    }

    private final class Connection {

        private String database;
        private List<String> held;

        Connection(String database) {
            this.database = database;
        }

        private Outcome execute(Request request) {
            String text = request.text();
            if (request.begins()) {
                asked.add("BEGIN;");
                held = new ArrayList<>();
            }
            asked.add(text.strip());
            String word = text.strip().replace(";", "").toUpperCase(Locale.ROOT);
            if (turn.containsKey(text.strip())) {
                List<Outcome> left = turn.get(text.strip());
                effects.add(database + ": " + text.strip());
                return left.size() > 1 ? left.remove(0) : left.get(0);
            }
            if (outcomes.containsKey(text.strip())) {
                return once.remove(text.strip()) ? outcomes.remove(text.strip()) : outcomes.get(text.strip());
            }
            if (word.startsWith("\\C ")) {
                database = text.strip().substring(3);
                return done("", Optional.of(new Outcome.Change("", List.of(), database, List.of())));
            }
            if (word.equals("\\Q") || word.equals("EXIT")) {
                return new Outcome.Ended(0, text.strip());
            }
            if (word.startsWith("SET ")) {
                return done("SET", Optional.of(new Outcome.Change("", List.of(), "", List.of(
                        text.strip().substring(4).replace(" TO ", "=").replace(";", "")))));
            }
            return transactional(text.strip(), word);
        }

        private Outcome transactional(String text, String word) {
            switch (word) {
                case "BEGIN" -> held = new ArrayList<>();
                case "COMMIT" -> {
                    if (held != null) {
                        effects.addAll(held);
                    }
                    held = null;
                    if (dieAtCommit) {
                        dieAtCommit = false;
                        throw new Trial.Died();
                    }
                }
                case "ROLLBACK" -> held = null;
                default -> {
                    if (!word.startsWith("SELECT")) {
                        (held == null ? effects : held).add(database + (held == null ? ", alone: " : ": ") + text);
                    }
                }
            }
            return done(word.startsWith("SELECT") ? "SELECT 1" : word.split(" ")[0], Optional.empty());
        }

        private Outcome.Done done(String tag, Optional<Outcome.Change> change) {
            boolean query = tag.startsWith("SELECT");
            Result result = query ? new Result(tag, List.of(new Result.Column("ok", false)), List.of(List.of("t")), 1,
                    false) : new Result(tag, List.of(), List.of(), -1, false);
            return new Outcome.Done(0, List.of(), tag.isEmpty() ? List.of() : List.of(result), held == null
                    ? Transaction.NONE : Transaction.OPEN, change);
        }
    }
}
