package dev.stepmark.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs that Stepmark starts itself, and those that runbooks call most. */
public final class ProgramProbes {

    private static final int MODERN_BASH = 4;
    private static final int SHOWN_CONTEXTS = 6;

    private final Surroundings place;
    private final Programs programs;

    public ProgramProbes(Surroundings place, Programs programs) {
        this.place = place;
        this.programs = programs;
    }

    /** All of them, in the order of the report. */
    public List<Probe> all() {
        return List.of(new Probe("bash", () -> List.of(bash())), new Probe("setsid", () -> List.of(setsid())),
                new Probe("editor", () -> List.of(configured("editor", place.editor(), "e", "EDITOR"))),
                new Probe("pager", () -> List.of(configured("pager", place.pager(), "o", "PAGER"))),
                new Probe("psql", () -> List.of(client("psql", "connections that only psql can make"))),
                new Probe("pg_dump", () -> List.of(client("pg_dump", "backups"))),
                new Probe("pg_restore", () -> List.of(restore())),
                new Probe("kubectl", () -> List.of(kubectl())),
                new Probe("git", () -> List.of(git())));
    }

    private Finding bash() {
        Optional<String> version = programs.version("bash");
        if (version.isEmpty()) {
            return Finding.problem("bash", "not on the path: shell blocks cannot run", "install bash, or set PATH");
        }
        String text = version.get() + ", " + programs.find("bash").map(Object::toString).orElse("");
        return Programs.major(version.get()) < MODERN_BASH ? Finding.note("bash", text,
                "4 or newer knows more of what runbooks are written with") : Finding.ok("bash", text);
    }

    private Finding setsid() {
        return programs.find("setsid").map(p -> Finding.ok("setsid", p.toString())).orElseGet(() -> Finding.note("setsid",
                "not on the path: stopping a block reaches fewer of its processes", "install util-linux"));
    }

    /** The first word is the program; the rest is for it. */
    private Finding configured(String name, String command, String key, String variable) {
        String program = command.strip().split("\\s+", 2)[0];
        return programs.find(program).map(p -> Finding.ok(name, command)).orElseGet(() -> Finding.note(name, program
                + " is not on the path: " + key + " cannot use it", "set " + variable + ", or " + name + " in your configuration"));
    }

    private Finding client(String program, String purpose) {
        return programs.version(program).map(v -> Finding.ok(program, v + ", " + programs.find(program).map(Object::toString)
                .orElse(""))).orElseGet(() -> Finding.note(program, missing(program) + ": only blocks that call it, and "
                        + purpose + ", need it", "install postgresql-client"));
    }

    private String missing(String program) {
        return programs.find(program).isPresent() ? "it is there and does not say its version" : "not on the path";
    }

    private Finding restore() {
        Optional<String> dump = programs.version("pg_dump");
        Optional<String> restore = programs.version("pg_restore");
        if (dump.isPresent() && restore.isPresent() && Programs.major(restore.get()) < Programs.major(dump.get())) {
            return Finding.note("pg_restore", restore.get() + ", older than pg_dump: it may not read its dumps",
                    "install both from one version");
        }
        return client("pg_restore", "restores");
    }

    private Finding git() {
        return programs.version("git").map(v -> Finding.ok("git", v)).orElseGet(() -> Finding.note("git",
                "not on the path: only blocks that call it need it", ""));
    }

    /** Only the local file is read; no cluster is contacted. */
    private Finding kubectl() {
        Optional<java.nio.file.Path> kubectl = programs.find("kubectl");
        if (kubectl.isEmpty()) {
            return Finding.note("kubectl", "not on the path: only blocks that call it need it", "");
        }
        String program = kubectl.get().toString();
        List<String> contexts = programs.run(program, "config", "get-contexts", "-o", "name").map(t -> t.lines()
                .filter(l -> !l.isBlank()).toList()).orElse(List.of());
        String current = programs.run(program, "config", "current-context").orElse("");
        if (contexts.isEmpty()) {
            return Finding.note("kubectl", "no contexts are configured", "KUBECONFIG, or ~/.kube/config");
        }
        List<String> shown = new ArrayList<>(contexts.subList(0, Math.min(SHOWN_CONTEXTS, contexts.size())));
        String more = contexts.size() > shown.size() ? " and " + (contexts.size() - shown.size()) + " more" : "";
        return Finding.ok("kubectl", "contexts " + String.join(", ", shown) + more + (current.isEmpty() ? "; none is current"
                : "; current: " + current.lines().findFirst().orElse("")));
    }
}
