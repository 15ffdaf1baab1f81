package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.AnswersFile;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.plan.Window;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.secret.SecretName;
import dev.stepmark.version.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options that say beforehand what would be asked. */
final class RunFlags {

    private static final List<String> ALLOWED = List.of("destructive", "late");
    private static final Pattern PASSWORD = Pattern.compile("://[^/@\\s:]*:[^@\\s]+@|(?i:password)\\s*=\\s*[^&\\s]");

    @Option(names = "--connect", paramLabel = "[NAME=]URL",
            description = "database of a connection: postgresql://user@host:5432/db (no password in it)")
    private List<String> connect = new ArrayList<>();

    @Option(names = "--target", paramLabel = "[NAME=]WHERE",
            description = "where the blocks of a shell go that words or a command of the text open: local (here) or by-hand")
    private List<String> target = new ArrayList<>();

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "a value (never a secret)")
    private List<String> set = new ArrayList<>();

    @Option(names = "--vars", paramLabel = "FILE", description = "values, one NAME: VALUE a line")
    private List<Path> vars = new ArrayList<>();

    @Option(names = "--installed-version", paramLabel = "V",
            description = "the installed version; goes into the log as your statement")
    private String installedVersion;

    @Option(names = "--start-at", paramLabel = "STEP", description = "leave out the steps before this one")
    private String startAt;

    @Option(names = "--only", paramLabel = "STEP", split = ",", description = "run these steps only")
    private List<String> only = new ArrayList<>();

    @Option(names = "--skip", paramLabel = "STEP", split = ",", description = "leave these steps out")
    private List<String> skip = new ArrayList<>();

    @Option(names = "--yes", description = "answers ordinary confirmations; nothing destructive, inferred or by hand")
    private boolean yes;

    @Option(names = "--allow", paramLabel = "KIND", description = "destructive: destructive steps are allowed; late: with"
            + " nobody there a step may begin that usually takes longer than the window lasts")
    private List<String> allow = new ArrayList<>();

    @Option(names = "--assume-manual", description = "steps by hand are taken as done")
    private boolean assumeManual;

    @Option(names = "--until", paramLabel = "TIME", description = "end of the window: 04:00 (the next one),"
            + " 2026-11-21T04:00, +2h, or none; a step that usually takes longer than what is left is warned of")
    private String until;

    @Option(names = "--answer", paramLabel = "ID=VALUE", description = "answers one question (stepmark plan FILE --questions)")
    private List<String> answer = new ArrayList<>();

    @Option(names = "--answers", paramLabel = "FILE", description = "answers, one ID: VALUE a line")
    private List<Path> answers = new ArrayList<>();

    /** The options, checked for form; a time of day is the next one. */
    RunOptions options(Instant now) {
        allow.stream().filter(a -> !ALLOWED.contains(a)).findFirst().ifPresent(a -> {
            throw usage("--allow " + a + ": there is no such kind", "What can be allowed: " + String.join(", ", ALLOWED)
                    + ".", "--allow destructive");
        });
        Map<String, String> targets = named("--target", target);
        targets.forEach(RunFlags::checkTarget);
        Map<String, String> given = new LinkedHashMap<>();
        answers.forEach(file -> given.putAll(AnswersFile.read(file)));
        given.putAll(pairs("--answer", answer));
        Map<String, String> files = new LinkedHashMap<>();
        vars.forEach(file -> files.putAll(AnswersFile.read(file)));
        if (installedVersion != null) {
            checkVersion();
        }
        return new RunOptions(urls(connect), targets, values(), files, Optional.ofNullable(installedVersion),
                Optional.ofNullable(startAt), new HashSet<>(only), new HashSet<>(skip), yes,
                allow.contains("destructive"), assumeManual, given, window(now));
    }

    private Window window(Instant now) {
        boolean late = allow.contains("late");
        try {
            return until == null ? new Window(Optional.empty(), false, late)
                    : Window.parse(until, late, now.atZone(ZoneId.systemDefault()));
        } catch (IllegalArgumentException e) {
            throw usage("--until " + until + ": " + e.getMessage(), "It is a time of day (the next one), a date with a"
                    + " time, a span from now, or none. Nothing was run.", "--until 04:00, --until 2026-11-21T04:00,"
                    + " or --until +2h");
        }
    }

    private void checkVersion() {
        try {
            Version.parse(installedVersion);
        } catch (IllegalArgumentException e) {
            throw usage("--installed-version: \"" + installedVersion + "\" is no version",
                    "A version is one to four numbers with dots, for example 0.9.5 or v1.10.0-rc1. Nothing was run.",
                    "--installed-version 0.9.5");
        }
    }

    /** Steps that are named must be there. */
    void checkSteps(Runbook runbook) {
        Set<String> named = new HashSet<>(only);
        named.addAll(skip);
        if (startAt != null) {
            named.add(startAt);
        }
        for (String step : named) {
            if (runbook.step(step).isEmpty()) {
                throw usage("there is no step \"" + step + "\" in " + runbook.path(), "Steps are named by their number"
                        + " or by the author's name for them. Nothing was run.", "stepmark plan " + runbook.path());
            }
        }
    }

    /** Connections of options: name to address, the empty name for the default one. */
    static Map<String, String> urls(List<String> connect) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String text : connect) {
            int equals = text.indexOf('=');
            boolean name = equals > 0 && text.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_-]*");
            String url = name ? text.substring(equals + 1) : text;
            if (PASSWORD.matcher(url).find()) {
                throw usage("--connect has a password in it", "Other users can see it in the list of processes, and the"
                        + " shell has it in its history. Nothing was run.", "PGPASSWORD, ~/.pgpass, or be asked");
            }
            out.put(name ? text.substring(0, equals) : "", url);
        }
        return out;
    }

    private Map<String, String> values() {
        Map<String, String> out = pairs("--set", set);
        out.keySet().stream().filter(SecretName::looksSecret).findFirst().ifPresent(n -> {
            throw secretOnCommandLine(n);
        });
        return out;
    }

    /** The options as the log keeps them: answers by id, nothing that could be a secret. */
    Map<String, String> recorded(RunOptions options) {
        Map<String, String> out = new LinkedHashMap<>();
        options.targets().forEach((name, value) -> out.put("target" + (name.isEmpty() ? "" : "." + name), value));
        options.connect().forEach((name, value) -> out.put("connect" + (name.isEmpty() ? "" : "." + name), value));
        options.installedVersion().ifPresent(v -> out.put("installed-version", v));
        options.startAt().ifPresent(v -> out.put("start-at", v));
        options.window().end().ifPresent(end -> out.put("until", end.toString()));
        putFlag(out, "allow-late", options.window().late());
        putList(out, "only", options.only());
        putList(out, "skip", options.skip());
        putFlag(out, "yes", options.yes());
        putFlag(out, "allow-destructive", options.allowDestructive());
        putFlag(out, "assume-manual", options.assumeManual());
        return out;
    }

    private static void putList(Map<String, String> out, String key, Set<String> values) {
        if (!values.isEmpty()) {
            out.put(key, String.join(",", new java.util.TreeSet<>(values)));
        }
    }

    private static void putFlag(Map<String, String> out, String key, boolean value) {
        if (value) {
            out.put(key, "yes");
        }
    }

    private static void checkTarget(String name, String where) {
        if (!where.equals("local") && !where.equals("by-hand")) {
            boolean pod = where.contains("/");
            throw usage("--target " + where + (pod ? " is not supported yet" : " is no target"),
                    "Blocks of such a session can run in a shell of this machine, or be done by hand. Nothing was run.",
                    "--target local, or --target by-hand");
        }
    }

    private static Map<String, String> named(String option, List<String> texts) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            out.put(equals < 0 ? "" : text.substring(0, equals), text.substring(equals + 1));
        }
        return out;
    }

    static Map<String, String> pairs(String option, List<String> texts) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw usage(option + " " + text + " has no value", "It takes a name and a value. Nothing was run.",
                        option + " NAME=VALUE");
            }
            out.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return out;
    }

    static StepmarkException secretOnCommandLine(String name) {
        return usage("--set " + name + "=... would put a secret on the command line",
                "Other users can see it there, and the shell has it in its history.",
                "leave it out and be asked; or from: {env: " + name + "} in the runbook");
    }

    static StepmarkException usage(String what, String meaning, String tryThis) {
        return new StepmarkException(ExitCode.USAGE, Message.of(what, meaning, tryThis));
    }
}
