package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The manual page, in the man macros of roff (groff_man(7)): made of the same declarations as help and completion. */
final class ManPage {

    private static final Map<ExitCode, String> EXITS = Map.of(
            ExitCode.OK, "done, or the log is consistent, or there is no problem",
            ExitCode.FAILED, "a step failed, or something was found",
            ExitCode.USAGE, "an option is wrong, or a runbook or a configuration cannot be read",
            ExitCode.REFUSED, "refused by a gate, or for want of an answer; nothing was run",
            ExitCode.STOPPED, "stopped by the operator; the run can go on",
            ExitCode.IN_DOUBT, "an execution was started and nobody knows how it ended",
            ExitCode.INTERNAL, "Stepmark itself is defective",
            ExitCode.JOURNAL, "the log cannot be written; nothing further was started",
            ExitCode.INTERRUPTED, "a signal ended a run that nobody attended");

    private static final String[][] ENVIRONMENT = {
        {"PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD, PGPASSFILE, PGSERVICE, ...", "as for psql(1)"},
        {"NO_COLOR, CLICOLOR_FORCE", "colour off, or on where there is no terminal"},
        {"ACCESSIBLE", "no cursor movement, letters spelled out"},
        {"VISUAL, EDITOR, PAGER", "the programs that e and o start"},
        {"XDG_CONFIG_HOME, XDG_STATE_HOME", "where the configuration and the runs are"},
        {"CI", "nobody is asked, whatever the terminal is"},
        {"JAVA_HOME, STEPMARK_JAVA_OPTS", "the Java that runs it, and options for it"}};

    private static final String[][] FILES = {
        {"~/.config/stepmark/config.yaml", "your configuration"},
        {".stepmark.yaml", "the configuration of a project: in the directory of the runbook and above it"},
        {"~/.local/state/stepmark/runs", "a directory for each run, with its log"},
        {"~/.pgpass, ~/.pg_service.conf", "as for psql(1)"}};

    private final List<String> lines = new ArrayList<>();

    private ManPage() { }

    /** The page. */
    static String of(CommandModel model, String version) {
        ManPage page = new ManPage();
        page.head(version);
        model.commands().forEach(page::command);
        page.tail();
        return String.join("\n", page.lines) + "\n";
    }

    private void head(String version) {
        lines.add(".\\\" Made from the declarations of the commands.");
        // no date: the same source makes the same page
        lines.add(".TH STEPMARK 1 \"\" \"Stepmark " + text(version) + "\" \"User Commands\"");
        // words are not torn apart: commands and paths are copied from here
        lines.add(".nh");
        lines.add(".ad l");
        section("NAME");
        lines.add("stepmark \\- run procedures written in Markdown, step by step, and keep proof of what ran");
        section("SYNOPSIS");
        lines.add(".B stepmark");
        lines.add(".I COMMAND");
        lines.add("[\\fIoption\\fR ...]");
        section("DESCRIPTION");
        lines.add("Stepmark reads a runbook (prose, SQL and shell blocks, version bounds), turns it into steps, and walks");
        lines.add("through them in the terminal. It shows each step with where it runs and how risky it is, asks, runs it,");
        lines.add("keeps what came out, and refuses what is not meant for the installed version. A run that was cut off");
        lines.add("goes on where it was.");
        section("COMMANDS");
    }

    private void section(String name) {
        lines.add(".SH " + name);
    }

    private void command(CommandModel.Command command) {
        lines.add(".SS stepmark " + command.name());
        lines.add(text(command.description()));
        lines.add(".PP");
        StringBuilder usage = new StringBuilder("\\fBstepmark ").append(command.name()).append("\\fR");
        if (!command.options().isEmpty()) {
            usage.append(" [\\fIoption\\fR ...]");
        }
        command.operands().forEach(o -> usage.append(o.optional() ? " [" : " ").append("\\fI").append(text(o.label()))
                .append("\\fR").append(o.optional() ? "]" : ""));
        lines.add(usage.toString());
        command.operands().forEach(o -> entry("\\fI" + text(o.label()) + "\\fR", o.description()));
        command.options().forEach(this::option);
        lines.add(".PP");
        lines.add("Examples:");
        lines.add(".PP");
        lines.add(".nf");
        command.examples().forEach(e -> lines.add(text(e.strip())));
        lines.add(".fi");
    }

    private void option(CommandModel.Option option) {
        String names = String.join(", ", option.names().stream().map(n -> "\\fB" + text(n) + "\\fR").toList());
        String value = option.value() == null ? "" : " \\fI" + text(option.value().label()) + "\\fR";
        entry(names + value, option.description() + (option.many() ? " (can be given again)" : ""));
    }

    private void entry(String term, String description) {
        lines.add(".TP");
        lines.add(term);
        lines.add(text(description));
    }

    private void tail() {
        section("EXIT STATUS");
        for (ExitCode code : ExitCode.values()) {
            entry("\\fB" + code.code() + "\\fR", EXITS.get(code));
        }
        section("ENVIRONMENT");
        for (String[] variable : ENVIRONMENT) {
            entry("\\fB" + text(variable[0]) + "\\fR", variable[1]);
        }
        section("FILES");
        for (String[] file : FILES) {
            entry("\\fI" + text(file[0]) + "\\fR", file[1]);
        }
        section("SEE ALSO");
        lines.add("\\fBpsql\\fR(1), \\fBbash\\fR(1); the documents beside the program: dialogue.md, runbook\\-format.md,");
        lines.add("configuration.md, doctor.md, exit\\-codes.md");
    }

    /** Text as roff prints it: no character of it is a request or an escape, and a hyphen can be copied as a minus. */
    static String text(String plain) {
        String escaped = plain.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("^", "\\(ha")
                .replace("`", "\\(ga").replace("'", "\\(aq");
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }
}
