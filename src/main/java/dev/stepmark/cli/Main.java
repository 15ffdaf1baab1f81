package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.Nearest;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.terminal.TerminalOperator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The program. */
public final class Main {

    /** picocli's own factory looks for Groovy first, which opens every jar of the class path. */
    private static final CommandLine.IFactory PLAIN = new PlainFactory();

    private Main() { }

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] args) {
        StandardOutput output = new StandardOutput();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true,
                StandardCharsets.UTF_8);
        Io io = new Io(System.in, out, err, TerminalOperator::present);
        Map<String, String> env = Locales.environment(System.getenv());
        App app = new App(io, env, Clock.systemUTC());
        Ahead.start(args, app);
        int code = run(args, io, env, Clock.systemUTC());
        out.flush();
        Archive.makeIfNeeded(app);
        System.exit(output.exitCode(code, err));
    }

    /**
     * Runs one command.
     *
     * @param args  command line
     * @param io    streams
     * @param env   environment
     * @param clock wall clock
     * @return the exit code (docs/exit-codes.md)
     */
    public static int run(String[] args, Io io, Map<String, String> env, Clock clock) {
        App app = new App(io, env, clock);
        if (args.length > 0 && args[0].equals(Completions.WORD)) {
            Completions.of(app, List.of(args).subList(1, args.length)).forEach(io.out()::println);
            return ExitCode.OK.code();
        }
        if (args.length == 2 && args[0].equals(TestInside.WORD)) {
            return inside(app, Path.of(args[1]));
        }
        if (args.length == 0 || args.length == 1 && (args[0].equals("--help") || args[0].equals("-h")
                || args[0].equals("help"))) {
            HelpText.lines().forEach(io.out()::println);
            return ExitCode.OK.code();
        }
        if (args.length == 2 && args[0].equals("help") && args[1].equals("--man")) {
            return ShareFiles.print(app);
        }
        if (!args[0].startsWith("-") && !HelpText.COMMANDS.contains(args[0])) {
            unknownCommand(args[0], io);
            return ExitCode.USAGE.code();
        }
        if (OneOperand.in(args) && command(args[0], app) instanceof OneOperand command) {
            return direct(command, args[1], app);
        }
        return commands(app, HelpText.COMMANDS.stream().filter(args[0]::equals).toList()).execute(args);
    }

    private static int inside(App app, Path order) {
        try {
            return TestInside.main(app, order);
        } catch (Exception e) {
            return failed(e, app);
        }
    }

    /** Reading options costs as much as reading a runbook, and here are none. */
    private static int direct(OneOperand command, String operand, App app) {
        try {
            command.operand(operand);
            return command.call();
        } catch (InvalidPathException e) {
            return failed(new StepmarkException(ExitCode.USAGE, Message.of("the name " + operand
                    + " cannot be read in this locale", "Nothing was run.", "LC_ALL=C.UTF-8 stepmark ...")), app);
        } catch (Exception e) {
            return failed(e, app);
        }
    }

    /** All commands, for what is made of their declarations. */
    static CommandLine commands(App app) {
        return commands(app, HelpText.COMMANDS);
    }

    /** Each command costs its reflection, so that only the one that was called is made. */
    private static CommandLine commands(App app, List<String> names) {
        CommandSpec root = CommandSpec.wrapWithoutInspection(null, PLAIN).name("stepmark");
        if (names.isEmpty()) {
            root.versionProvider(new Version()).mixinStandardHelpOptions(true);
        }
        CommandLine line = new CommandLine(root, PLAIN);
        names.forEach(name -> line.addSubcommand(name, new CommandLine(command(name, app), PLAIN)));
        line.getSubcommands().values().forEach(HelpText::format);
        line.registerConverter(Path.class, Main::path);
        line.setOut(new PrintWriter(app.io().out(), true));
        line.setErr(new PrintWriter(app.io().err(), true));
        Handlers handlers = new Handlers(app);
        line.setExecutionExceptionHandler(handlers);
        line.setParameterExceptionHandler(handlers);
        return line;
    }

    private static Object command(String name, App app) {
        return switch (name) {
            case "run" -> new RunCommand(app);
            case "plan" -> new PlanCommand(app);
            case "list" -> new ListCommand(app);
            case "runs" -> new RunsCommand(app);
            case "show" -> new ShowCommand(app);
            case "verify" -> new VerifyCommand(app);
            case "test" -> new TestCommand(app);
            case "demo" -> new DemoCommand(app);
            case "config" -> new ConfigCommand(app);
            case "doctor" -> new DoctorCommand(app);
            case "completion" -> new CompletionCommand(app);
            default -> throw new IllegalStateException("no command " + name);
        };
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException("the name " + text + " cannot be read in this locale; try"
                    + " LC_ALL=C.UTF-8");
        }
    }

    static void wrongUsage(CommandLine.ParameterException e, Io io) {
        String name = e.getCommandLine().getCommandName();
        String what = e.getMessage().lines().findFirst().orElse("wrong usage");
        List<String> suggestions = e instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions() : List.of();
        Message message = new Message(Character.toLowerCase(what.charAt(0)) + what.substring(1), List.of(),
                suggestions.isEmpty() ? List.of() : List.of("The nearest is " + suggestions.get(0) + "."),
                List.of("stepmark " + (name.equals("stepmark") ? "" : name + " ") + "--help"));
        Messages.lines("error", message).forEach(io.err()::println);
    }

    private static void unknownCommand(String word, Io io) {
        String nearest = Nearest.to(word, new TreeSet<>(HelpText.COMMANDS)).orElse("");
        io.err().println("error: \"" + word + "\" is no command" + (nearest.isEmpty() ? "" : "; the nearest is "
                + nearest));
        io.err().println("  Try: stepmark --help");
    }

    /** A user's mistake gets its message; anything else is a defect: its trace goes to a file, named here. */
    static int failed(Exception e, App app) {
        if (e instanceof RunCommand.Refused) {
            return ExitCode.REFUSED.code();
        }
        if (e instanceof StepmarkException known) {
            Messages.lines("error", known.message()).forEach(app.io().err()::println);
            return known.exitCode().code();
        }
        app.io().err().println("error: Stepmark itself failed: " + e);
        app.io().err().println("  What was recorded is safe; a step that was running is in doubt.");
        app.io().err().println("  Try: report this file: " + trace(e, app));
        return ExitCode.INTERNAL.code();
    }

    private static String trace(Exception e, App app) {
        try {
            Path directory = app.stateIfAny().orElse(Path.of(System.getProperty("java.io.tmpdir")));
            Files.createDirectories(directory);
            Path file = Files.createTempFile(directory, "crash-", ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
                e.printStackTrace(writer);
            }
            return file.toString();
        } catch (IOException failed) {
            return "(the trace could not be written: " + failed.getMessage() + ")";
        }
    }
}
