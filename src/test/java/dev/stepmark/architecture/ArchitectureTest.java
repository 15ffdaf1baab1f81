package dev.stepmark.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The architecture as a table: what a package may import of ours, and which libraries live where. */
class ArchitectureTest {

    private static final String ROOT = "dev.stepmark.";

    /** Package to the packages it may use. A new edge is a decision: it stands here and in docs/ARCHITECTURE.md. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("message", Set.of()),
            Map.entry("runbook", Set.of()),
            Map.entry("table", Set.of()),
            Map.entry("secret", Set.of()),
            Map.entry("sql", Set.of("runbook", "message")),
            Map.entry("shell", Set.of("runbook", "message", "sql")),
            Map.entry("version", Set.of("runbook", "message")),
            Map.entry("markdown", Set.of("runbook", "message")),
            Map.entry("classify", Set.of("runbook", "message", "markdown", "sql", "shell", "version")),
            Map.entry("binding", Set.of("runbook", "message", "sql", "shell")),
            Map.entry("expectation", Set.of("runbook")),
            Map.entry("session", Set.of("message", "table")),
            Map.entry("session.bash", Set.of("session", "message", "shell")),
            Map.entry("session.jdbc", Set.of("session", "session.jdbc.describe", "message", "secret", "sql", "table")),
            Map.entry("session.jdbc.describe", Set.of("table")),
            Map.entry("session.psql", Set.of("session", "session.jdbc", "message", "sql", "shell", "table")),
            Map.entry("session.mysql", Set.of("session", "message", "sql", "table")),
            Map.entry("journal", Set.of("runbook", "message", "secret", "session")),
            Map.entry("plan", Set.of("runbook", "message", "journal", "version", "secret", "sql", "binding")),
            Map.entry("run", Set.of("runbook", "message", "journal", "plan", "session", "binding", "version", "secret",
                    "sql", "shell", "expectation")),
            Map.entry("report", Set.of("journal", "message", "runbook")),
            Map.entry("terminal", Set.of("run", "runbook", "message", "session", "table", "plan", "sql")),
            Map.entry("demo", Set.of()),
            Map.entry("config", Set.of("message")),
            Map.entry("doctor", Set.of("message")),
            Map.entry("sandbox", Set.of()),
            Map.entry("doctest", Set.of("runbook", "message", "journal", "plan")),
            Map.entry("cli", Set.of("message", "runbook", "markdown", "classify", "plan", "journal", "run", "report",
                    "terminal", "session", "session.bash", "session.jdbc", "session.mysql", "session.psql", "secret",
                    "version", "shell", "sql", "table", "demo", "config", "doctor", "sandbox", "doctest")));

    /** Library to the packages that may use it. */
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "com.vladsch.flexmark", Set.of("markdown"),
            "org.snakeyaml", Set.of("markdown", "plan", "config"),
            "org.jline", Set.of("terminal", "session.bash"),
            "org.postgresql", Set.of("session.jdbc"),
            "java.sql", Set.of("session.jdbc", "demo"),
            "com.fasterxml.jackson", Set.of("journal", "plan", "run", "classify", "config", "doctor", "doctest"),
            "dev.cel", Set.of("binding"),
            "picocli", Set.of("cli"),
            "io.zonky", Set.of("demo"));

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.stepmark");
    }

    @Test
    void seesTheProgram() {
        assertThat(classes.size()).isGreaterThan(250);
        Set<String> packages = new TreeSet<>();
        classes.forEach(c -> packages.add(ours(c)));
        packages.remove("");
        assertThat(packages).isEqualTo(new TreeSet<>(ALLOWED.keySet()));
    }

    @Test
    void packagesImportOnlyWhatTheTableAllows() {
        Map<String, Set<String>> wrong = new TreeMap<>();
        int edges = 0;
        for (JavaClass origin : classes) {
            for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                String from = ours(origin);
                String to = ours(target);
                if (to.isEmpty() || from.equals(to)) {
                    continue;
                }
                edges++;
                if (!ALLOWED.getOrDefault(from, Set.of()).contains(to)) {
                    wrong.computeIfAbsent(from + " -> " + to, k -> new TreeSet<>()).add(origin.getSimpleName());
                }
            }
        }
        assertThat(edges).isGreaterThan(500);
        assertThat(wrong).isEmpty();
    }

    @Test
    void librariesStayInTheirAdapters() {
        Map<String, Set<String>> wrong = new TreeMap<>();
        Set<String> seen = new TreeSet<>();
        for (JavaClass origin : classes) {
            for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getBaseComponentType().getName();
                LIBRARIES.forEach((library, allowed) -> {
                    if (target.startsWith(library + ".")) {
                        seen.add(library);
                        if (!allowed.contains(ours(origin))) {
                            wrong.computeIfAbsent(library, k -> new TreeSet<>()).add(origin.getName());
                        }
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isEqualTo(new TreeSet<>(LIBRARIES.keySet()));
    }

    @Test
    void noCycles() {
        SlicesRuleDefinition.slices().matching("dev.stepmark.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyTheCommandLineTouchesTheProcess() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass origin : classes) {
            origin.getFieldAccessesFromSelf().stream().filter(a -> a.getTargetOwner().getName().equals("java.lang.System"))
                    .filter(a -> List.of("out", "err", "in").contains(a.getTarget().getName()))
                    .forEach(a -> wrong.add(ours(origin) + ": " + a.getDescription()));
            origin.getMethodCallsFromSelf().stream().filter(c -> c.getTargetOwner().getName().equals("java.lang.System"))
                    .filter(c -> c.getName().equals("exit")).forEach(c -> wrong.add(ours(origin) + ": "
                            + c.getDescription()));
        }
        wrong.removeIf(w -> w.startsWith("cli:"));
        assertThat(wrong).isEmpty();
    }

    private static String ours(JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(ROOT) && name.length() > ROOT.length() ? name.substring(ROOT.length(), name.length() - 1)
                : "";
    }
}
