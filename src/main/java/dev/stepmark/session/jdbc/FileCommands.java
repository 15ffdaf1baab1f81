package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.CopySpec;
import dev.stepmark.sql.CopyText;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.MetaArguments.Type;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files and programs of this machine: {@code \i}, {@code \o}, {@code \w}, {@code \cd}, {@code \copy}, {@code \!}. */
final class FileCommands {

    private final Interpreter interpreter;

    private FileCommands(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    static void register(Map<String, MetaCommands.Handler> handlers, Interpreter interpreter) {
        FileCommands files = new FileCommands(interpreter);
        handlers.put("\\i", call -> files.include(call, false));
        handlers.put("\\include", call -> files.include(call, false));
        handlers.put("\\ir", call -> files.include(call, true));
        handlers.put("\\include_relative", call -> files.include(call, true));
        handlers.put("\\o", FileCommands::out);
        handlers.put("\\out", FileCommands::out);
        handlers.put("\\w", FileCommands::write);
        handlers.put("\\write", FileCommands::write);
        handlers.put("\\cd", FileCommands::cd);
        handlers.put("\\copy", FileCommands::copy);
        handlers.put("\\!", FileCommands::program);
    }

    private Outcome include(Call call, boolean relative) {
        Optional<String> name = call.nextPlain();
        if (name.isEmpty()) {
            return call.missing();
        }
        Path script = call.run().script();
        boolean beside = relative && script != null && script.getParent() != null && !Path.of(name.get()).isAbsolute();
        String shown = beside ? script.getParent().resolve(name.get()).normalize().toString() : name.get();
        try {
            String text = text(call.run(), call.file(shown));
            return interpreter.script(text.startsWith("\uFEFF") ? text.substring(1) : text,
                    call.run().inside(Path.of(shown)), shown);
        } catch (java.nio.charset.CharacterCodingException e) {
            return new Outcome.Refused(shown + ": it is not UTF-8 text; nothing of it was run");
        } catch (Blocking.GivenUp e) {
            return call.run().stopped("not read");
        } catch (IOException e) {
            return new Outcome.Refused(shown + ": " + (Files.isDirectory(call.file(shown)) ? "Is a directory"
                    : FileErrors.text(e)));
        }
    }

    private static String text(Run run, Path file) throws IOException {
        try (InputStream in = SpecialFile.read(run, file)) {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
        }
    }

    private static Outcome out(Call call) {
        Optional<String> where = call.arguments().next(Type.FILE_OR_PIPE, true).map(MetaArguments.Argument::text);
        Target before = call.client().target();
        try {
            Target now = where.isEmpty() ? null : Call.target(call.run(), where.get());
            call.client().target(now);
            Optional<String> problem = before == null ? Optional.empty() : before.close();
            Outcome.Done done = call.run().done(where.isEmpty() ? Changes.raw("\\o", "") : Changes.notKept("\\o"));
            return problem.isEmpty() ? done : new Outcome.Done(0, List.of(new Outcome.Problem(0, "\\o", problem.get())),
                    List.of(), done.transaction(), done.change());
        } catch (Blocking.GivenUp e) {
            return call.run().stopped("not opened");
        } catch (IOException e) {
            return new Outcome.Refused(e.getMessage());
        }
    }

    private static Outcome write(Call call) {
        Optional<String> where = call.arguments().next(Type.FILE_OR_PIPE, true).map(MetaArguments.Argument::text);
        String query = call.client().lastQuery();
        if (where.isEmpty()) {
            return call.missing();
        }
        try {
            Target target = Call.target(call.run(), where.get());
            target.write((query.isEmpty() ? "" : query + "\n").getBytes(StandardCharsets.UTF_8));
            Optional<String> problem = target.close();
            return problem.isEmpty() ? call.run().done() : call.run().failed(problem.get());
        } catch (Blocking.GivenUp e) {
            return call.run().stopped("not opened");
        } catch (IOException e) {
            return new Outcome.Refused(e.getMessage());
        }
    }

    private static Outcome cd(Call call) {
        String name = call.nextPlain().orElse(call.client().environment().getOrDefault("HOME", ""));
        Path directory = call.file(name).normalize();
        if (name.isEmpty() || !Files.isDirectory(directory)) {
            return new Outcome.Refused("\\cd: could not change directory to \"" + name + "\": "
                    + (Files.exists(directory) ? "Not a directory" : "No such file or directory"));
        }
        call.client().directory(directory);
        return call.run().done(Changes.of("\\cd", directory.toString()));
    }

    private static Outcome program(Call call) {
        Optional<String> command = call.arguments().next(Type.WHOLE_LINE, false).map(MetaArguments.Argument::text);
        if (command.isEmpty() || command.get().isBlank()) {
            return new Outcome.Refused("\\! without a command starts a shell to type in; use a shell step for that");
        }
        try {
            int status = new Programs(call.run()).show(command.get());
            if (call.run().execution().stopAsked()) {
                return call.run().stopped(Integer.toString(status));
            }
            Outcome.Done done = call.run().done();
            return status == 0 ? done : new Outcome.Done(0, List.of(new Outcome.Problem(0, command.get(),
                    Integer.toString(status))), List.of(), done.transaction(), Optional.empty());
        } catch (Programs.NotRun e) {
            return call.run().execution().abandoned() ? new Outcome.Lost("left running: " + command.get())
                    : call.run().failed(e.getMessage());
        }
    }

    private static Outcome copy(Call call) {
        String arguments = call.arguments().next(Type.WHOLE_LINE, false).map(MetaArguments.Argument::text).orElse("");
        if (arguments.isBlank()) {
            return new Outcome.Refused("\\copy: arguments required");
        }
        Optional<CopySpec> spec = CopySpec.parse(arguments);
        if (spec.isEmpty()) {
            return new Outcome.Refused("\\copy: parse error: it takes TABLE or (QUERY), FROM or TO, and then a file,"
                    + " PROGRAM 'command', STDIN or STDOUT");
        }
        return call.client().keepingLastQuery(
                () -> spec.get().from() ? copyIn(call, spec.get()) : copyOut(call, spec.get()));
    }

    private static Outcome copyIn(Call call, CopySpec spec) {
        SqlText statement = SqlText.of(spec.statement());
        CopySender sender = new CopySender(call.run(), new Statements(call.run()));
        switch (spec.place()) {
            case STANDARD -> {
                return new Outcome.Refused("\\copy from pstdin reads psql's own input, and a run has none");
            }
            case SCRIPT -> {
                String data = CopyText.lines(call.command().data(), 0);
                return sender.in(statement, new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)),
                        Optional::empty);
            }
            case PROGRAM -> {
                return fromProgram(call, spec, sender, statement);
            }
            default -> {
                Path file = call.file(spec.name());
                if (Files.isDirectory(file)) {
                    return new Outcome.Refused(spec.name() + ": cannot copy from/to a directory");
                }
                try (InputStream data = SpecialFile.read(call.run(), file)) {
                    return sender.in(statement, data, Optional::empty);
                } catch (Blocking.GivenUp e) {
                    return call.run().stopped("not opened");
                } catch (IOException e) {
                    return new Outcome.Refused(spec.name() + ": " + FileErrors.text(e));
                }
            }
        }
    }

    private static Outcome fromProgram(Call call, CopySpec spec, CopySender sender, SqlText statement) {
        try {
            Programs.Source source = new Programs(call.run()).source(spec.name());
            return sender.in(statement, source.output(), () -> {
                try {
                    int status = source.ending().await();
                    return status == 0 ? Optional.empty() : Optional.of(spec.name() + " ended with status " + status
                            + "; nothing was copied");
                } catch (Programs.NotRun e) {
                    return Optional.of(e.getMessage());
                }
            });
        } catch (Programs.NotRun e) {
            return call.run().failed(e.getMessage());
        }
    }

    private static Outcome copyOut(Call call, CopySpec spec) {
        SqlText statement = SqlText.of(spec.statement());
        if (spec.place() == CopySpec.Place.STANDARD || spec.place() == CopySpec.Place.SCRIPT) {
            Output output = spec.place() == CopySpec.Place.STANDARD ? call.output().to(null) : call.output();
            return new CopySender(call.run(), new Statements(call.run())).out(statement, output, true);
        }
        String where = spec.place() == CopySpec.Place.PROGRAM ? "|" + spec.name() : spec.name();
        try {
            Target target = Call.target(call.run(), where);
            Outcome outcome = new CopySender(call.run(), new Statements(call.run()))
                    .out(statement, call.output().to(target), false);
            Optional<String> problem = target.close();
            if (problem.isEmpty() || !(outcome instanceof Outcome.Done)) {
                return outcome;
            }
            return call.run().execution().stopAsked() ? call.run().stopped("not all was taken")
                    : call.run().failed(problem.get());
        } catch (Blocking.GivenUp e) {
            return call.run().stopped("not opened");
        } catch (IOException e) {
            return new Outcome.Refused(e.getMessage());
        }
    }
}
