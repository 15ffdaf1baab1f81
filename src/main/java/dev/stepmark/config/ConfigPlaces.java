package dev.stepmark.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where configuration files are.
 *
 * @param home      the home directory, or null
 * @param user      the operator's own file, whether it is there or not; empty without a home
 * @param directory where the runbook is, or the working directory; null for no project files
 */
public record ConfigPlaces(Path home, Optional<Path> user, Path directory) {

    /** The file that lies with runbooks. */
    public static final String PROJECT_FILE = ".stepmark.yaml";

    /** The places by the XDG base directory specification. */
    public static ConfigPlaces of(Map<String, String> environment, Path directory) {
        String named = environment.getOrDefault("HOME", "");
        Path home = named.isEmpty() ? null : Path.of(named);
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        boolean absolute = !xdg.isEmpty() && Path.of(xdg).isAbsolute();
        Path base = absolute ? Path.of(xdg) : home == null ? null : home.resolve(".config");
        return new ConfigPlaces(home, base == null ? Optional.empty() : Optional.of(base.resolve("stepmark").resolve(
                "config.yaml")), directory.toAbsolutePath().normalize());
    }

    /** Without project files: for what only the operator can say. */
    public static ConfigPlaces userOnly(Map<String, String> environment) {
        ConfigPlaces places = of(environment, Path.of(""));
        return new ConfigPlaces(places.home, places.user, null);
    }

    /**
     * Project files, the nearest first: in the directory and above it up to the root of its repository, else up to the
     * home directory. Outside of both only the directory itself counts: what lies above it is anybody's. A file or a
     * repository of another user counts for nothing, wherever it is.
     */
    public List<Path> project() {
        List<Path> out = new ArrayList<>();
        Path last = directory == null ? null : last();
        for (Path at = directory; at != null; at = at.getParent()) {
            Path file = at.resolve(PROJECT_FILE);
            if (Files.exists(file) && Owners.trusted(file)) {
                out.add(file);
            }
            if (at.equals(last)) {
                break;
            }
        }
        return out;
    }

    /** Files beside the runbook that do not count because they are another user's. */
    List<Path> foreign() {
        Path file = directory == null ? null : directory.resolve(PROJECT_FILE);
        return file != null && Files.exists(file) && !Owners.trusted(file) ? List.of(file) : List.of();
    }

    private Path last() {
        for (Path at = directory; at != null; at = at.getParent()) {
            Path repository = at.resolve(".git");
            if (Files.exists(repository) && Owners.trusted(repository)) {
                return at;
            }
        }
        Path top = home == null ? null : home.toAbsolutePath().normalize();
        return top != null && directory.startsWith(top) ? top : directory;
    }

    /** A file as people know it: the home directory as {@code ~}, files near the working directory by their name. */
    public String shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = file.toAbsolutePath().normalize();
        if (whole.startsWith(here)) {
            return here.relativize(whole).toString();
        }
        Path top = home == null ? null : home.toAbsolutePath().normalize();
        return top != null && whole.startsWith(top) ? "~/" + top.relativize(whole) : whole.toString();
    }
}
