package dev.stepmark.cli;

import dev.stepmark.doctest.DocumentResult;
import dev.stepmark.doctest.JUnitXml;
import dev.stepmark.doctest.Results;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.AnswersFile;
import dev.stepmark.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepmark test}: runs documents without an operator, where nothing can be broken, and fails on what differs. */
@Command(name = "test", addMethodSubcommands = false, description = "Runs documents without an operator and fails on"
        + " what differs: shell in a sandbox without network, SQL on a throwaway PostgreSQL.",
        customSynopsis = {"  stepmark test docs runbooks", "  stepmark test README.md --junit target/docs.xml"})
final class TestCommand implements Callable<Integer> {

    private static final Set<String> ALLOWED = Set.of("shell");

    @Parameters(paramLabel = "RUNBOOK|DIR", arity = "1..*", description = "Markdown files, or directories of them")
    private List<Path> paths;

    @Option(names = "--junit", paramLabel = "FILE", description = "writes a report as build servers read it")
    private Path junit;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json")
    private String format = "text";

    @Option(names = "--directory", paramLabel = "DIR", description = "commands work in a copy of it (default: the"
            + " document's own)")
    private Path directory;

    @Option(names = "--setup", paramLabel = "FILE", description = "a runbook that is run before, to make what the"
            + " documents expect (default: NAME.setup.md beside NAME.md)")
    private Path setup;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "a value")
    private List<String> set = new ArrayList<>();

    @Option(names = "--vars", paramLabel = "FILE", description = "values, one NAME: VALUE a line")
    private List<Path> vars = new ArrayList<>();

    @Option(names = "--answer", paramLabel = "ID=VALUE", description = "answers one question (stepmark plan FILE --questions)")
    private List<String> answer = new ArrayList<>();

    @Option(names = "--answers", paramLabel = "FILE", description = "answers, one ID: VALUE a line (default: also"
            + " NAME.answers.yaml beside NAME.md)")
    private List<Path> answers = new ArrayList<>();

    @Option(names = "--installed-version", paramLabel = "V", description = "tests as if this version was installed"
            + " (default: one that the document is for)")
    private String installedVersion = "";

    @Option(names = "--skip", paramLabel = "STEP", split = ",", description = "leave these steps out")
    private List<String> skip = new ArrayList<>();

    @Option(names = "--time-limit", paramLabel = "TIME", description = "seconds for each document (default: 600)")
    private int timeLimit = 600;

    @Option(names = "--allow", paramLabel = "WHAT", description = "shell: where no sandbox can be made, commands run as"
            + " you, with your network and files")
    private List<String> allow = new ArrayList<>();

    @Option(names = "--keep", description = "keep the records of the runs, the copies and the servers' files")
    private boolean keep;

    @Option(names = {"--connect", "--target"}, hidden = true, paramLabel = "URL", description = "refused")
    private List<String> foreign;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this text")
    private boolean help;

    private final App app;

    TestCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() throws IOException {
        refuseWhatIsWrong();
        List<Path> documents = documents();
        Path place = Files.createTempDirectory("stepmark-test-");
        try {
            return test(documents, place);
        } finally {
            if (keep) {
                app.io().err().println("Kept: " + place);
            } else {
                ThrowawayFiles.remove(place);
            }
        }
    }

    private void refuseWhatIsWrong() {
        if (foreign != null) {
            throw new StepmarkException(ExitCode.REFUSED, Message.of("a test takes no connection and no target",
                    "It deletes and changes what a document says, so that all SQL goes to a throwaway server. Nothing was"
                            + " run.", "stepmark run RUNBOOK --connect ...   (asks before each step)"));
        }
        allow.stream().filter(a -> !ALLOWED.contains(a)).findFirst().ifPresent(a -> {
            throw RunFlags.usage("--allow " + a + ": there is no such kind", "What a test can be allowed is shell;"
                    + " everything else is allowed, where it runs. Nothing was run.", "--allow shell");
        });
        if (!Set.of("text", "json").contains(format)) {
            throw RunFlags.usage("--format " + format + ": there is no such format", "Nothing was run.",
                    "--format json, or --junit FILE");
        }
        if (timeLimit <= 0) {
            throw RunFlags.usage("--time-limit " + timeLimit + " is no time", "Nothing was run.", "--time-limit 600");
        }
    }

    private List<Path> documents() {
        Set<Path> out = new LinkedHashSet<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                Runbooks.in(path).stream().filter(p -> !p.toString().endsWith(".setup.md")).forEach(out::add);
            } else if (Files.isRegularFile(path)) {
                out.add(path);
            } else {
                throw RunFlags.usage("there is no " + path, "Nothing was run.", "stepmark test DIR, or a Markdown file");
            }
        }
        if (out.isEmpty()) {
            throw RunFlags.usage("no document in " + paths, "A document is a Markdown file. Nothing was run.",
                    "stepmark list DIR");
        }
        return List.copyOf(out);
    }

    private int test(List<Path> documents, Path place) throws IOException {
        TestTerms terms = terms(place);
        List<DocumentResult> results = new ArrayList<>();
        boolean text = format.equals("text");
        for (int i = 0; i < documents.size(); i++) {
            Path own = Files.createDirectories(place.resolve(Integer.toString(i + 1)));
            DocumentResult result = new TestedDocument(app, terms, documents.get(i), own).run();
            results.add(result);
            if (text) {
                app.io().print(TestReport.of(result));
            }
            if (!keep) {
                ThrowawayFiles.remove(own);
            }
        }
        app.io().print(text ? List.of(seal(terms), TestReport.summary(results)) : List.of(Results.json(results)));
        if (junit != null) {
            write(JUnitXml.of(results));
        }
        return results.stream().anyMatch(r -> r.verdict().bad()) ? ExitCode.FAILED.code() : ExitCode.OK.code();
    }

    private static String seal(TestTerms terms) {
        return terms.sealed() ? "Sealed: no network, no file outside a copy" : terms.shell()
                ? "NOT SEALED, as --allow shell says: " + terms.unsealed()
                : "No shell was run: no sandbox on this machine: " + terms.unsealed();
    }

    private TestTerms terms(Path place) throws IOException {
        Optional<String> problem = Sandbox.problem(Files.createDirectories(place.resolve("trial")));
        Map<String, String> files = new LinkedHashMap<>();
        vars.forEach(file -> files.putAll(AnswersFile.read(file)));
        Map<String, String> given = new LinkedHashMap<>();
        answers.forEach(file -> given.putAll(AnswersFile.read(file)));
        given.putAll(RunFlags.pairs("--answer", answer));
        return new TestTerms(problem.isEmpty(), problem.orElse(""), allow.contains("shell"), directory, setup,
                installedVersion, RunFlags.pairs("--set", set), files, given, Set.copyOf(skip),
                Duration.ofSeconds(timeLimit), Files.createDirectories(place.resolve("binaries")));
    }

    private void write(String report) {
        try {
            Path parent = junit.toAbsolutePath().getParent();
            Files.createDirectories(parent);
            Files.write(junit, report.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw RunFlags.usage("the report " + junit + " cannot be written: " + e.getMessage(), "The documents were"
                    + " tested; what became of them is above.", "--junit with another file");
        }
    }
}
