package dev.stepmark.session.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** libpq's service files (PostgreSQL documentation, 34.17): the user's one first, then the system's. */
final class ServiceFile {

    private final List<Path> files = new ArrayList<>();

    ServiceFile(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault("PGSERVICEFILE", "");
        files.add(named.isEmpty() ? home.resolve(".pg_service.conf") : Path.of(named));
        String system = environment.getOrDefault("PGSYSCONFDIR", "");
        if (!system.isEmpty()) {
            files.add(Path.of(system, "pg_service.conf"));
        }
    }

    /** The parameters of a service, or empty when no file has it. */
    Optional<Map<String, String>> find(String service) {
        for (Path file : files) {
            try {
                Optional<Map<String, String>> found = Files.isRegularFile(file)
                        ? section(Files.readAllLines(file), service) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException e) {
                // as if it were not there: the message for a service that is found nowhere names the files
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> section(List<String> lines, String service) {
        Map<String, String> values = null;
        for (String raw : lines) {
            String line = raw.strip();
            if (line.startsWith("[")) {
                if (values != null) {
                    break;
                }
                values = line.equals("[" + service + "]") ? new LinkedHashMap<>() : null;
            } else if (values != null && !line.isEmpty() && !line.startsWith("#") && line.indexOf('=') > 0) {
                int equals = line.indexOf('=');
                values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            }
        }
        return Optional.ofNullable(values);
    }
}
