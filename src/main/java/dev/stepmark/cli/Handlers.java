package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * What becomes of a command that throws. A class with a name, because the archive of classes cannot hold a lambda whose
 * interface was compiled for so old a Java as picocli's.
 */
final class Handlers implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final App app;

    Handlers(App app) {
        this.app = app;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return Main.failed(e, app);
    }

    @Override
    public int handleParseException(CommandLine.ParameterException e, String[] args) {
        Main.wrongUsage(e, app.io());
        return ExitCode.USAGE.code();
    }
}
