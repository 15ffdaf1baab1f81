package dev.stepmark.run;

import dev.stepmark.message.Message;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Opened;
import dev.stepmark.version.Constraint;
import dev.stepmark.version.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a runbook requires: programs on the path, and the version of a server. Looking for them runs nothing. */
final class Requirements {

    private static final String SERVER = "postgresql";

    private Requirements() { }

    /** Programs that the runbook requires and that are not on the path. */
    static List<String> missingPrograms(Runbook runbook, Map<String, String> environment) {
        List<String> out = new ArrayList<>();
        for (String program : programs(runbook)) {
            if (find(program, environment).isEmpty()) {
                out.add(program);
            }
        }
        return out;
    }

    /** Programs that the runbook requires. */
    static List<String> programs(Runbook runbook) {
        return runbook.frontMatter().requires().keySet().stream().filter(k -> !k.equals(SERVER)).toList();
    }

    private static Optional<Path> find(String program, Map<String, String> environment) {
        for (String directory : environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, program);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Why a server is refused, or empty when it is as required (or is no server). */
    static Optional<CannotOpen> server(Runbook runbook, Opened opened) {
        String constraint = runbook.frontMatter().requires().get(SERVER);
        String version = opened.identity().get("server_version");
        if (constraint == null || version == null) {
            return Optional.empty();
        }
        String number = version.split("\\s", 2)[0];
        if (Constraint.parse(constraint).matches(Version.parse(number))) {
            return Optional.empty();
        }
        return Optional.of(new CannotOpen(Message.of("this runbook requires PostgreSQL " + constraint + ", and the server"
                + " is " + number, opened.label() + "\nNo statement was sent to it.",
                "another server, with --connect, or the runbook for this version"), ""));
    }
}
