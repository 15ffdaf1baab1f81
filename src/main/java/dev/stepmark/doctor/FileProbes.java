package dev.stepmark.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Files that hold secrets or say where connections go: whether others can read or change them. */
public final class FileProbes {

    private static final Set<PosixFilePermission> OTHERS = Set.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);
    private static final Pattern PASSWORD = Pattern.compile("(?m)^\\s*password\\s*=\\s*\\S");
    private static final long MAX_BYTES = 1024 * 1024;

    private final Surroundings place;

    public FileProbes(Surroundings place) {
        this.place = place;
    }

    /** All of them, in the order of the report. */
    public List<Probe> all() {
        return List.of(new Probe("pgpass", () -> List.of(passwordFile())), new Probe("services", () -> List.of(services())));
    }

    private Optional<Path> file(String variable, String name) {
        String named = place.variable(variable);
        return !named.isEmpty() ? Optional.of(Path.of(named)) : Optional.ofNullable(place.home()).map(h -> h.resolve(name));
    }

    private Finding passwordFile() throws IOException {
        Optional<Path> file = file("PGPASSFILE", ".pgpass");
        if (file.isEmpty() || !Files.exists(file.get())) {
            return Finding.ok("pgpass", file.map(place::shown).orElse("~/.pgpass") + " is not there: passwords are asked for");
        }
        String shown = place.shown(file.get());
        if (!Files.isRegularFile(file.get())) {
            return Finding.problem("pgpass", shown + " is no plain file, so it is ignored", "move it away");
        }
        String mode = mode(file.get());
        if (others(mode)) {
            return Finding.problem("pgpass", shown + " has mode " + mode + ", so psql and Stepmark ignore it", "chmod 600 "
                    + shown);
        }
        return Files.isReadable(file.get()) ? Finding.ok("pgpass", shown + ", mode " + mode)
                : Finding.problem("pgpass", shown + " cannot be read", "ls -l " + shown);
    }

    private Finding services() throws IOException {
        Optional<Path> file = file("PGSERVICEFILE", ".pg_service.conf");
        if (file.isEmpty() || !Files.isRegularFile(file.get())) {
            boolean named = !place.variable("PGSERVICEFILE").isEmpty();
            String text = file.map(place::shown).orElse("~/.pg_service.conf") + " is not there";
            return named ? Finding.problem("services", text, "PGSERVICEFILE names it") : Finding.ok("services", text);
        }
        String shown = place.shown(file.get());
        String mode = mode(file.get());
        if (mode.length() == 9 && (mode.charAt(7) == 'w' || mode.charAt(4) == 'w')) {
            return Finding.problem("services", shown + " has mode " + mode + ": others decide where connections go",
                    "chmod go-w " + shown);
        }
        boolean secret = Files.size(file.get()) <= MAX_BYTES && PASSWORD.matcher(Files.readString(file.get())).find();
        if (secret && others(mode)) {
            return Finding.problem("services", shown + " has a password in it and mode " + mode, "chmod 600 " + shown);
        }
        return Finding.ok("services", shown + ", mode " + mode);
    }

    private static boolean others(String mode) {
        return mode.length() == 9 && PosixFilePermissions.fromString(mode).stream().anyMatch(OTHERS::contains);
    }

    /** {@code rw-------}, or a word where there are no such modes. */
    private static String mode(Path file) throws IOException {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (UnsupportedOperationException e) {
            return "unknown";
        }
    }
}
