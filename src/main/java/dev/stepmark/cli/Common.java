package dev.stepmark.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that every command about runs takes. */
final class Common {

    @Option(names = "--journal", paramLabel = "DIR", description = "where runs are kept (default: the XDG state directory)")
    Path journal;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this text")
    private boolean help;
}
