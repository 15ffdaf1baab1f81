package dev.stepmark.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help: two examples first, then options, then exit codes. */
final class HelpText {

    /** The commands, in the order of help. */
    static final List<String> COMMANDS = List.of("run", "plan", "list", "runs", "show", "verify", "test", "demo", "config", "doctor",
            "completion");

    private HelpText() { }

    /** {@code stepmark} alone, and {@code stepmark --help}. */
    static List<String> lines() {
        return List.of(
                "Runs procedures written in Markdown, step by step, and keeps proof of what ran.",
                "",
                "  stepmark demo                        try it: nothing outside is touched",
                "  stepmark plan work-orders.md         what would run, where, how risky",
                "  stepmark run work-orders.md          do it; again after a stop: go on",
                "",
                "Do      run                            See    plan  list  runs  show",
                "Trust   verify  test                   Other  config  doctor  completion",
                "",
                "stepmark COMMAND --help has options and examples. Environment: NO_COLOR,",
                "ACCESSIBLE, PAGER, EDITOR, PG*. Documents: docs/ beside the program.",
                "Problems: stepmark doctor");
    }

    /** The same form for every command. */
    static void format(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        String[] examples = usage.customSynopsis();
        usage.customSynopsis(new String[0]);
        usage.headerHeading("Examples:%n");
        usage.header(examples);
        usage.synopsisHeading("%nUsage: ");
        usage.descriptionHeading("%n");
        usage.parameterListHeading("%n");
        usage.optionListHeading("");
        usage.footerHeading("%nExit codes: ");
        usage.footer("0 done, 1 a step failed, 2 wrong usage, 3 refused, 4 stopped,",
                "5 in doubt, 74 the log cannot be written, 70 a defect, 130 interrupted",
                "(docs/exit-codes.md)");
        usage.width(80);
        usage.sortOptions(false);
    }
}
