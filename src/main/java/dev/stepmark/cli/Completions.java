package dev.stepmark.cli;

import dev.stepmark.config.Configuration;
import dev.stepmark.config.Connection;
import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the completion scripts ask while somebody types: {@code stepmark __complete KIND CURRENT WORD...}, one candidate a
 * line, a tab and words about it. It never says that something is wrong: it says less.
 */
final class Completions {

    /** The word that calls it; no command of its own, so that help does not have it. */
    static final String WORD = "__complete";

    /** Nothing that a shell would have to quote: candidates come from documents, too. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@=+,-]+");
    private static final int MAX_TITLE = 60;
    private static final int MAX_RUNS = 50;

    private final App app;
    private final List<String> line;
    private final String current;
    private final List<String> out = new ArrayList<>();

    private Completions(App app, String current, List<String> line) {
        this.app = app;
        this.current = current;
        this.line = line;
    }

    /**
     * The candidates.
     *
     * @param app  surroundings
     * @param args kind, the word under the cursor, the words before it
     */
    static List<String> of(App app, List<String> args) {
        try {
            Completions completions = new Completions(app, args.size() > 1 ? args.get(1) : "", args.subList(
                    Math.min(2, args.size()), args.size()));
            completions.collect(args.isEmpty() ? "" : args.get(0));
            return completions.out.stream().filter(c -> c.startsWith(completions.current)
                    && PLAIN.matcher(c.split("\t", 2)[0]).matches()).toList();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // half a word is not the place for an error
            return List.of();
        }
    }

    private void collect(String kind) throws IOException {
        switch (kind) {
            case "runs" -> runs();
            case "steps" -> steps();
            case "connections" -> connections();
            case "targets" -> targets();
            case "ids" -> questions(true);
            case "values" -> questions(false);
            default -> { }
        }
    }

    private void add(String value, String about) {
        String plain = about.replaceAll("\\p{Cntrl}", " ");
        out.add(value + "\t" + (plain.length() > MAX_TITLE ? plain.substring(0, MAX_TITLE - 3) + "..." : plain));
    }

    /** By the names of their directories: no log is read for this. */
    private void runs() throws IOException {
        Path runs = app.runs(after("--journal").map(Path::of).orElse(null));
        if (!Files.isDirectory(runs)) {
            return;
        }
        try (Stream<Path> files = Files.list(runs)) {
            files.map(p -> p.getFileName().toString()).filter(n -> n.matches("\\d{8}-\\d{4}-[a-z0-9]{4}"))
                    .sorted(java.util.Comparator.reverseOrder()).limit(MAX_RUNS).forEach(n -> add(n.substring(14),
                            n.substring(0, 4) + "-" + n.substring(4, 6) + "-" + n.substring(6, 8) + " " + n.substring(9, 11)
                                    + ":" + n.substring(11, 13) + " UTC"));
        }
    }

    private Optional<String> after(String option) {
        int at = line.indexOf(option);
        return at >= 0 && at + 1 < line.size() ? Optional.of(line.get(at + 1)) : line.stream().filter(w ->
                w.startsWith(option + "=")).map(w -> w.substring(option.length() + 1)).findFirst();
    }

    private Optional<Path> file() {
        return line.stream().filter(w -> w.matches("(?i).*\\.(md|markdown|mdx)")).map(Path::of).filter(Files::isRegularFile)
                .findFirst();
    }

    private Optional<Runbook> runbook() {
        return file().map(Loader::load);
    }

    /** Several steps are separated by commas. */
    private void steps() {
        String before = current.contains(",") ? current.substring(0, current.lastIndexOf(',') + 1) : "";
        for (Step step : runbook().map(Runbook::mainSteps).orElse(List.of())) {
            add(before + step.id(), step.title());
            if (!step.name().isEmpty() && !step.name().equals(step.id())) {
                add(before + step.name(), step.title());
            }
        }
    }

    private void connections() {
        Path directory = file().map(f -> f.toAbsolutePath().normalize().getParent()).orElse(Path.of(""));
        Configuration config = app.configuration(directory);
        int equals = current.indexOf('=');
        String before = equals < 0 ? "" : current.substring(0, equals + 1);
        for (Connection connection : config.connections()) {
            add(before + connection.name(), (connection.banner().isEmpty() ? "" : connection.banner() + ": ")
                    + connection.address());
        }
        if (equals < 0) {
            runbook().map(GivenNames::connections).ifPresent(names -> names.forEach(n -> add(n + "=",
                    "connection of the runbook")));
        }
    }

    private void targets() {
        int equals = current.indexOf('=');
        String before = equals < 0 ? "" : current.substring(0, equals + 1);
        add(before + "local", "in a shell of this machine");
        add(before + "by-hand", "a person does it");
        if (equals < 0) {
            runbook().ifPresent(r -> r.sessions().stream().filter(s -> s.kind() == SessionDeclaration.Kind.REMOTE_SHELL
                    || s.kind() == SessionDeclaration.Kind.SHELL && !s.opener().isEmpty()).forEach(s -> add(s.id() + "=",
                            s.label())));
        }
    }

    private void questions(boolean all) {
        runbook().ifPresent(runbook -> {
            RunOptions configured = new NamedConnections(app.configuration(Path.of(""))).complete(RunOptions.NONE, runbook);
            for (PlannedQuestion question : new RunSetup(app, Path.of(""), configured).questions(runbook)) {
                boolean offered = all || question.kind() == PlannedQuestion.Kind.VALUE
                        || question.kind() == PlannedQuestion.Kind.COLUMN;
                if (offered && !question.id().isEmpty()) {
                    add(question.id() + "=", question.text());
                }
            }
        });
    }
}
