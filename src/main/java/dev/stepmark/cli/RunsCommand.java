package dev.stepmark.cli;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Runs;
import dev.stepmark.message.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stepmark runs}: what has been run. */
@Command(name = "runs", description = "Lists runs, the newest first.",
        customSynopsis = {"  stepmark runs", "  stepmark runs --journal /var/log/stepmark"})
final class RunsCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    private final App app;

    RunsCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        Path directory = app.runs(common.journal);
        List<Runs.Entry> runs = new Runs(directory).list();
        if (runs.isEmpty()) {
            app.io().out().println("No runs yet in " + directory + ".");
            return ExitCode.OK.code();
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("run", "started", "runbook", "target", "state"));
        runs.forEach(r -> rows.add(row(r)));
        Columns.lines(rows, -1).forEach(l -> app.io().out().println("  " + l));
        return ExitCode.OK.code();
    }

    private List<String> row(Runs.Entry entry) {
        String runbook = entry.state().map(s -> PlanTable.Path.name(s.started().path())).orElse("?");
        String target = entry.state().flatMap(s -> s.executions().isEmpty() ? java.util.Optional.<String>empty()
                : s.executions().stream().map(e -> s.session(e.started().session())).flatMap(o -> o.stream())
                        .map(v -> v.opened().identity().getOrDefault("database", "")).filter(d -> !d.isEmpty())
                        .findFirst()).orElse("-");
        return List.of(entry.shortId(), RunStatus.when(entry, app.clock().instant()), runbook, target, state(entry));
    }

    private static String state(Runs.Entry entry) {
        String word = RunStatus.word(entry);
        return switch (word) {
            case "unreadable" -> "unreadable: " + entry.problem();
            case "ok" -> "finished" + deviations(entry);
            case "unfinished", "stopped", "failed", "in doubt" -> word + stale(entry) + ": stepmark run "
                    + entry.state().map(s -> s.started().path()).orElse("");
            default -> word;
        };
    }

    private static String stale(Runs.Entry entry) {
        int stale = entry.state().map(s -> RunStatus.stale(entry.directory(), s).size()).orElse(0);
        return stale == 0 ? "" : ", " + stale + " stale";
    }

    private static String deviations(Runs.Entry entry) {
        long adHoc = entry.state().map(s -> s.executions().stream().filter(e -> e.started().origin()
                == Event.Origin.ADHOC).count()).orElse(0L);
        return adHoc == 0 ? "" : ", " + dev.stepmark.run.Texts.count(adHoc, "ad hoc entry").replace("entrys", "entries");
    }
}
