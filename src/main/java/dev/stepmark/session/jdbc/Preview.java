package dev.stepmark.session.jdbc;

import dev.stepmark.session.Ask;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.Request;
import dev.stepmark.session.Sent;
import dev.stepmark.sql.CommandText;
import dev.stepmark.sql.CopyText;
import dev.stepmark.sql.Interpolation;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.SqlSplitter.Kind;
import dev.stepmark.sql.SqlSplitter.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What would be sent for a text, found out without sending or running anything. */
final class Preview {

    private static final Set<String> PLAIN_SENDERS = Set.of("\\g", "\\gx");
    /** Lines of a value that people are shown. */
    private static final int SHOWN = 60;

    private final JdbcSession session;
    private final Client client;
    private final Wire wire;

    Preview(JdbcSession session) {
        this.session = session;
        this.client = session.client();
        this.wire = session.connected().wire();
    }

    /** Statements around the text: psql's own, and ours. */
    List<String> framing(Request request) {
        List<String> around = around(request);
        if (!request.begins()) {
            return around;
        }
        List<String> all = new ArrayList<>(List.of(OwnTransaction.BEGIN));
        all.addAll(around.isEmpty() ? List.of("...") : around);
        return all;
    }

    private List<String> around(Request request) {
        SqlChecks.Checked checked = SqlChecks.check(request.text(), wire.standardStrings());
        if (checked.refusal().isPresent()) {
            return List.of();
        }
        Optional<SqlText> statement = statement(checked.piece());
        if (statement.isEmpty() || SqlChecks.refusal(statement.get()).isPresent()
                && !statement.get().copiesIn()) {
            return List.of();
        }
        List<String> own = Statements.before(statement.get(), client, request.begins() ? Transaction.OPEN
                : wire.transaction(), request.savepoint());
        Framing framing = Framing.of(statement.get(), request, wire);
        if (own.isEmpty()) {
            return framing.shown();
        }
        List<String> all = new ArrayList<>(own);
        framing.before().stream().filter(s -> s.startsWith("SET ")).forEach(all::add);
        all.add("...");
        own.stream().filter(s -> s.startsWith("SAVEPOINT")).forEach(s -> all.add("RELEASE" + s.substring(9)));
        return all;
    }

    private Optional<SqlText> statement(Piece piece) {
        if (piece.kind() == Kind.SQL) {
            return Optional.of(sqlText(piece.text()));
        }
        CommandText command = CommandText.of(piece.text(), wire.standardStrings());
        return PLAIN_SENDERS.contains(command.name()) && !command.query().isBlank()
                ? Optional.of(sqlText(command.query())) : Optional.empty();
    }

    private SqlText sqlText(String text) {
        Interpolation.Filled filled = fill(Interpreter.withoutRemarks(text));
        return filled.several() ? SqlText.together(filled.text()) : SqlText.of(filled.text());
    }

    private Interpolation.Filled fill(String text) {
        return Interpolation.fill(text, client.variables()::get, wire.standardStrings());
    }

    /** The text with its variables filled in, as far as that goes before it runs. */
    Sent sent(Request request) {
        SqlChecks.Checked checked = SqlChecks.check(request.text(), wire.standardStrings());
        if (checked.refusal().isPresent()) {
            return new Sent(request.text(), Map.of());
        }
        try {
            return sent(checked.piece());
        } catch (IllegalArgumentException e) {
            // it will be refused with this reason
            return new Sent(request.text(), Map.of());
        }
    }

    private Sent sent(Piece piece) {
        String text = piece.text();
        Map<String, String> with = new LinkedHashMap<>();
        if (piece.kind() == Kind.SQL) {
            boolean data = SqlText.of(text).copiesIn();
            String statement = data ? CopyText.of(text, wire.standardStrings()).statement() : text;
            Interpolation.Filled filled = fill(statement);
            return new Sent(filled.text() + text.substring(statement.length()), shown(filled.used(), with));
        }
        CommandText command = CommandText.of(text, wire.standardStrings());
        if (command.name().equals("\\if")) {
            for (Piece inner : SqlSplitter.flat(text, wire.standardStrings())) {
                with.putAll(inner.kind() == Kind.SQL ? shown(fill(inner.text()).used(), new LinkedHashMap<>())
                        : arguments(CommandText.of(inner.text())));
            }
            return new Sent(text, with);
        }
        Interpolation.Filled filled = fill(command.query());
        shown(filled.used(), with);
        with.putAll(arguments(command));
        return new Sent(filled.text() + text.substring(command.query().length()), with);
    }

    private static Map<String, String> shown(Map<String, String> used, Map<String, String> with) {
        used.forEach((name, value) -> with.put(":" + name, cut(value)));
        return with;
    }

    private static String cut(String value) {
        String line = value.replace("\n", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    /** The variables in the arguments of a command. */
    private Map<String, String> arguments(CommandText command) {
        Map<String, String> with = new LinkedHashMap<>();
        if (command.name().equals("\\!") || command.name().equals("\\copy")) {
            return with;
        }
        new MetaArguments(command.arguments(), new MetaArguments.Source() {
            @Override
            public Optional<String> variable(String name) {
                Optional<String> value = client.variables().get(name);
                value.ifPresent(v -> with.put(":" + name, cut(v)));
                return value;
            }

            @Override
            public String program(String text) {
                return "";
            }
        }).rest();
        return with;
    }

    List<Ask> asks(Request request) {
        SqlChecks.Checked checked = SqlChecks.check(request.text(), wire.standardStrings());
        boolean command = checked.refusal().isEmpty() && checked.command();
        return command ? PersonAsks.of(CommandText.of(checked.piece().text()), client.variables()::get) : List.of();
    }
}
