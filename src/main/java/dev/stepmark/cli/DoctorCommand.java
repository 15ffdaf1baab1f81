package dev.stepmark.cli;

import dev.stepmark.config.Configuration;
import dev.stepmark.config.Key;
import dev.stepmark.doctor.Doctor;
import dev.stepmark.doctor.DoctorReport;
import dev.stepmark.doctor.FileProbes;
import dev.stepmark.doctor.Finding;
import dev.stepmark.doctor.JournalProbe;
import dev.stepmark.doctor.MachineProbes;
import dev.stepmark.doctor.Probe;
import dev.stepmark.doctor.ProgramProbes;
import dev.stepmark.doctor.Programs;
import dev.stepmark.doctor.Surroundings;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepmark doctor}: what a run will need of this machine, and what to do where it is missing. */
@Command(name = "doctor", description = "Looks at what a run will need: Java, programs, servers, the terminal, the log."
        + " Changes nothing; sends servers nothing but questions about themselves.",
        customSynopsis = {"  stepmark doctor", "  stepmark doctor work-orders.md --connect postgresql://ops@db1/factory"})
final class DoctorCommand implements Callable<Integer> {

    private static final long PROGRAM_MILLIS = 2500;

    @Parameters(paramLabel = "RUNBOOK", arity = "0..1", description = "looks at what this runbook needs, too")
    private Path file;

    @Option(names = "--connect", paramLabel = "[NAME=]URL", description = "a server to look at, besides the configured ones")
    private List<String> connect = new ArrayList<>();

    @Option(names = "--json", description = "for programs: schema stepmark-doctor/1")
    private boolean json;

    @Mixin
    private Common common;

    private final App app;

    DoctorCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        List<Finding> configuration = new ArrayList<>();
        Configuration config = configuration(configuration);
        List<Probe> probes = probes(config, configuration);
        DoctorReport report = new DoctorReport(new Doctor(Doctor.LIMIT).examine(probes));
        if (json) {
            app.io().out().println(report.json());
        } else {
            report.lines().forEach(app.io().out()::println);
        }
        return report.count(Finding.Status.PROBLEM) == 0 ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    private List<Probe> probes(Configuration config, List<Finding> configuration) {
        Programs programs = new Programs(app.env(), PROGRAM_MILLIS);
        Path runs = common.journal != null ? common.journal : config.directory(Key.JOURNAL).orElseGet(() ->
                app.state().resolve("runs"));
        Surroundings place = new Surroundings(app.env(), app.home(), runs, app.attended(), config.text(Key.EDITOR),
                config.text(Key.PAGER), app.clock());
        List<Probe> out = new ArrayList<>();
        out.add(new Probe("stepmark", () -> List.of(Finding.ok("stepmark", Version.number()))));
        out.addAll(new MachineProbes(place, programs).all());
        out.add(new JournalProbe(place).probe());
        out.add(new Probe("config", () -> configuration));
        out.addAll(new FileProbes(place).all());
        out.addAll(new ProgramProbes(place, programs).all());
        RunbookProbes runbook = new RunbookProbes(app, file, programs);
        out.addAll(runbook.all());
        out.addAll(new ServerProbes(app, config, programs).all(RunFlags.urls(connect), runbook.connections()));
        return out;
    }

    /** A configuration that cannot be read is a finding here, not the end. */
    private Configuration configuration(List<Finding> findings) {
        Path whole = file == null ? null : file.toAbsolutePath().normalize().getParent();
        try {
            Configuration config = app.configuration(whole == null ? Path.of("") : whole);
            config.warnings().forEach(w -> findings.add(Finding.note("config", w.what(), "it is ignored")));
            Optional<Path> user = config.places().user();
            boolean there = user.filter(Files::exists).isPresent();
            findings.add(0, Finding.ok("config", user.map(config.places()::shown).orElse("no home directory")
                    + (there ? "" : user.isPresent() ? " is not there: defaults hold" : ": defaults hold")));
            return config;
        } catch (StepmarkException e) {
            findings.add(Finding.problem("config", e.message().what(), String.join("; ", e.message().tries())));
            return Configuration.none();
        }
    }
}
