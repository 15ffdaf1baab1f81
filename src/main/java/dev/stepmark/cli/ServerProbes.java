package dev.stepmark.cli;

import dev.stepmark.config.Configuration;
import dev.stepmark.config.Connection;
import dev.stepmark.doctor.Finding;
import dev.stepmark.doctor.Probe;
import dev.stepmark.doctor.Programs;
import dev.stepmark.doctor.ServerFindings;
import dev.stepmark.run.SessionFactory;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Servers that the operator named, on the command line or in his own file; no other is contacted. */
final class ServerProbes {

    private final App app;
    private final Configuration config;
    private final RealSessions sessions;
    private final ServerFindings findings;

    ServerProbes(App app, Configuration config, Programs programs) {
        this.app = app;
        this.config = config;
        this.sessions = new RealSessions(app, Path.of("").toAbsolutePath());
        this.findings = new ServerFindings(programs);
    }

    /**
     * @param given    name to address or to the name of a configured connection, from the command line
     * @param declared connections of the runbook, with the address that the document gives or none
     */
    List<Probe> all(Map<String, String> given, Map<String, String> declared) {
        Map<String, String> named = new LinkedHashMap<>();
        given.forEach((name, text) -> named.put(name.isEmpty() ? text : name, config.connection(text)
                .map(Connection::address).orElse(text)));
        config.connections().stream().filter(Connection::trusted).forEach(c -> named.putIfAbsent(c.name(), c.address()));
        List<Probe> out = new ArrayList<>();
        named.forEach((name, address) -> out.add(new Probe("server", () -> look(name, address))));
        config.connections().stream().filter(c -> !named.containsKey(c.name())).forEach(c -> out.add(note(c.name(),
                c.address() + ", only suggested by " + c.source().place())));
        boolean all = given.containsKey("");
        declared.forEach((name, address) -> {
            if (!all && !named.containsKey(name) && config.connection(name).isEmpty()) {
                out.add(note(name, address.isEmpty() ? "the document does not say where" : address
                        + ", only said by the document"));
            }
        });
        return out;
    }

    private static Probe note(String name, String text) {
        return new Probe("server", () -> List.of(Finding.note("server", name + ": " + text + "; not contacted",
                "--connect " + name + "=postgresql://USER@HOST:5432/DATABASE")));
    }

    private List<Finding> look(String name, String address) {
        SessionFactory.ConnectionPlan plan = sessions.plan(address, app.env());
        if (plan.spec().isEmpty()) {
            String why = plan.problem().isEmpty() ? plan.needs().get(0).reason() : plan.problem();
            return List.of(Finding.problem("server", name + ": " + why, "postgresql://USER@HOST:5432/DATABASE"));
        }
        boolean asSomebody = plan.spec().get().psql().filter(p -> !p.launcher().isEmpty()).isPresent();
        if (asSomebody) {
            return List.of(Finding.note("server", name + ": " + plan.spec().get().psql().get().display()
                    + "; not tried, because that may ask for a password", "try it in a shell: " + address));
        }
        List<Finding> out = new ArrayList<>();
        long begin = System.nanoTime();
        try (Session session = sessions.openSql(plan.spec().get(), new SessionFactory.PasswordSource(app.env(),
                plan.password(), whose -> Optional.empty(), Optional::empty, p -> { },
                w -> out.add(Finding.note("server", w, ""))))) {
            out.addAll(findings.of(name, session.opened().identity(), (System.nanoTime() - begin) / 1_000_000));
        } catch (CannotOpen e) {
            out.add(Finding.problem("server", name + ": " + e.message().what(), advice(e)));
        }
        return out;
    }

    /** What helps here: another doctor would say the same. */
    private static String advice(CannotOpen e) {
        return String.join("; ", e.message().tries().stream().filter(t -> !t.startsWith("stepmark doctor")).toList());
    }
}
