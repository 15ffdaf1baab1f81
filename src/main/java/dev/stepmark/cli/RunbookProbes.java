package dev.stepmark.cli;

import dev.stepmark.doctor.Finding;
import dev.stepmark.doctor.Probe;
import dev.stepmark.doctor.Programs;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Step;
import dev.stepmark.shell.CalledPrograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one runbook calls: whether it is on this machine. Nothing of the runbook is run for that. */
final class RunbookProbes {

    private final Programs programs;
    private Runbook runbook;
    private Finding first;

    /**
     * @param app      surroundings
     * @param file     the runbook, or null for none
     * @param programs finds programs
     */
    RunbookProbes(App app, Path file, Programs programs) {
        this.programs = programs;
        if (file == null) {
            return;
        }
        try {
            runbook = Loader.load(file);
            first = Finding.ok("runbook", runbook.path() + ", " + dev.stepmark.run.Texts.count(runbook.mainSteps().size(),
                    "step"));
        } catch (StepmarkException e) {
            first = Finding.problem("runbook", e.message().what(), String.join("; ", e.message().tries()));
        }
    }

    List<Probe> all() {
        List<Probe> out = new ArrayList<>();
        if (first != null) {
            out.add(new Probe("runbook", () -> List.of(first)));
        }
        if (runbook != null) {
            out.add(new Probe("programs", this::look));
        }
        return out;
    }

    /** Connections that the document has, with the address that it gives, or none. */
    Map<String, String> connections() {
        Map<String, String> out = new LinkedHashMap<>();
        if (runbook != null) {
            GivenNames.connections(runbook).forEach(n -> out.put(n, runbook.frontMatter().connections().getOrDefault(n, "")));
        }
        return out;
    }

    private List<Finding> look() {
        Map<String, String> called = new LinkedHashMap<>();
        Set<String> elsewhere = new TreeSet<>();
        Set<String> functions = new LinkedHashSet<>();
        runbook.steps().stream().flatMap(s -> s.executables().stream()).filter(b -> b.executor() == Executor.SHELL)
                .forEach(b -> functions.addAll(CalledPrograms.functions(b.text())));
        runbook.frontMatter().requires().keySet().stream().filter(n -> !n.equals("postgresql"))
                .forEach(n -> called.put(n, "front matter"));
        for (Step step : runbook.steps()) {
            for (Block block : step.executables()) {
                if (block.executor() == Executor.SHELL && block.opens().isEmpty()) {
                    calls(block, functions, here(block.session()) ? called : null, elsewhere);
                }
            }
        }
        return findings(called, elsewhere);
    }

    private void calls(Block block, Set<String> functions, Map<String, String> called, Set<String> elsewhere) {
        block.statements().forEach(s -> CalledPrograms.of(s.text()).forEach(call -> {
            boolean own = functions.contains(call.name()) || call.name().startsWith("./") || call.name().startsWith("../");
            if (!own && called != null) {
                called.putIfAbsent(call.name(), "line " + (s.span().first() + call.line()));
            } else if (!own) {
                elsewhere.add(call.name());
            }
        }));
    }

    private boolean here(String session) {
        return runbook.session(session).map(s -> s.kind() == SessionDeclaration.Kind.SHELL && s.opener().isEmpty())
                .orElse(true);
    }

    private List<Finding> findings(Map<String, String> called, Set<String> elsewhere) {
        List<Finding> out = new ArrayList<>();
        List<String> found = new ArrayList<>();
        called.forEach((name, where) -> {
            if (programs.find(name).isPresent()) {
                found.add(name);
            } else {
                out.add(Finding.problem("programs", name + " (" + where + ") is not on the path", "install it, or set PATH"));
            }
        });
        if (!found.isEmpty()) {
            out.add(0, Finding.ok("programs", String.join(", ", found)));
        }
        if (!elsewhere.isEmpty()) {
            out.add(Finding.note("programs", String.join(", ", elsewhere) + ": called in a shell somewhere else, not looked"
                    + " for", ""));
        }
        return out.isEmpty() ? List.of(Finding.ok("programs", "the runbook calls none")) : out;
    }
}
