package dev.stepmark.session.mysql;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.OutputSink.Stream;
import dev.stepmark.sql.MysqlCommand;
import dev.stepmark.sql.MysqlSplitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Commands that the client carries out itself. Those that say only how a terminal looks have nothing to do here. */
final class ClientCommands {

    private static final Outcome.Done DONE =
            new Outcome.Done(0, List.of(), List.of(), Outcome.Transaction.NONE, Optional.empty());

    private final Client client;
    private final Execution execution;
    private final Stopping stopping;
    private final OutputSink sink;

    ClientCommands(Client client, Execution execution, Stopping stopping, OutputSink sink) {
        this.client = client;
        this.execution = execution;
        this.stopping = stopping;
        this.sink = sink;
    }

    Outcome run(MysqlCommand command) {
        return switch (command.name()) {
            case "use" -> use(command);
            case "source" -> source(command);
            case "system" -> system(command);
            case "status", "help", "charset", "resetconnection" -> execution.command(line(command));
            case "pager", "nopager", "notee", "prompt", "rehash", "warnings", "print", "clear", "go", "ego" ->
                    said(command.name() + " has nothing to do here: output is recorded and shown as it is");
            case "nowarning" -> said("warnings are shown all the same");
            default -> new Outcome.Refused(command.name() + " is not supported here: " + switch (command.name()) {
                case "tee" -> "all output is in the log of the run";
                case "edit" -> "there is no line to edit; e at the question edits the step";
                case "connect" -> "another server or user is another session, opened by a command of its own";
                default -> "do it by hand";
            });
        };
    }

    private static String line(MysqlCommand command) {
        return (command.name() + " " + command.argument()).strip();
    }

    private Outcome said(String text) {
        stopping.finish();
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        sink.write(Stream.STDERR, bytes, 0, bytes.length);
        return new Outcome.Done(0, List.of(), List.of(), client.transaction(), Optional.empty());
    }

    private Outcome use(MysqlCommand command) {
        String database = command.unquoted();
        if (database.isEmpty() || database.indexOf('`') >= 0) {
            return new Outcome.Refused("USE names no database");
        }
        Outcome outcome = execution.statement("USE `" + database + "`", false);
        return outcome instanceof Outcome.Done done ? new Outcome.Done(0, List.of(), List.of(), done.transaction(),
                Optional.of(new Outcome.Change("", List.of(), database, List.of()))) : outcome;
    }

    /** In a shell beside the client, whose input it cannot eat; the client itself has no word for how it went. */
    private Outcome system(MysqlCommand command) {
        Outcome outcome = execution.command("\\! ( " + command.argument() + " ) </dev/null || echo"
                + " \"ERROR: the command ended with $?\" >&2");
        return outcome instanceof Outcome.Done ? DONE : outcome;
    }

    /** Statement by statement, so that the first failure ends it: the client itself would go on. */
    private Outcome source(MysqlCommand command) {
        Path file = client.directory().resolve(command.unquoted());
        List<MysqlSplitter.Piece> pieces;
        try {
            pieces = MysqlSplitter.split(Files.readString(file));
        } catch (IOException e) {
            return new Outcome.Refused("the file " + file + " cannot be read; nothing was run");
        }
        Optional<MysqlSplitter.Piece> broken = pieces.stream().filter(p -> !p.problem().isEmpty()).findFirst();
        if (broken.isPresent()) {
            return new Outcome.Refused(file + ":" + (broken.get().line() + 1) + ": " + broken.get().problem()
                    + "; nothing was run");
        }
        return all(file, pieces);
    }

    private Outcome all(Path file, List<MysqlSplitter.Piece> pieces) {
        List<dev.stepmark.session.Result> results = new ArrayList<>();
        Optional<Outcome.Change> change = Optional.empty();
        for (MysqlSplitter.Piece piece : pieces) {
            if (!stopping.next()) {
                return new Outcome.Cancelled("between two statements of " + file, stopping.timedOut(), List.of(),
                        client.transaction());
            }
            Optional<MysqlCommand> inner = piece.kind() == MysqlSplitter.Kind.COMMAND ? MysqlCommand.of(piece.text())
                    : Optional.empty();
            if (inner.map(MysqlCommand::name).filter(n -> n.equals("source") || n.equals("quit")).isPresent()) {
                return failed(file, piece, inner.get().name() + " inside of a file is not supported");
            }
            Outcome outcome = inner.isPresent() ? run(inner.get()) : execution.statement(piece.text(), false);
            if (outcome instanceof Outcome.Refused refused) {
                return failed(file, piece, refused.reason());
            }
            if (!(outcome instanceof Outcome.Done done)) {
                return outcome;
            }
            results.addAll(done.results());
            change = done.change().isPresent() ? done.change() : change;
        }
        return new Outcome.Done(0, List.of(), results, client.transaction(), change);
    }

    private Outcome failed(Path file, MysqlSplitter.Piece piece, String why) {
        String text = file + ":" + (piece.line() + 1) + ": " + why + "; what stands before it was run";
        said(text);
        return new Outcome.Failed("", text, client.transaction());
    }
}
