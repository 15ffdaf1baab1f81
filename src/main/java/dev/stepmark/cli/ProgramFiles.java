package dev.stepmark.cli;

import dev.stepmark.sandbox.View;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The program itself, so that it can be started again where little of the machine is seen. */
final class ProgramFiles {

    /** More than these are seen by the directories that they have in common: each one is a mount. */
    private static final int MANY = 12;
    private static final int DEPTH_IN_COMMON = 3;
    private static final int UNSAFE_WARNINGS_SINCE = 23;

    private final Path home = Path.of(System.getProperty("java.home"));
    private final String classPath = System.getProperty("java.class.path");

    /** What a sandbox has to show. */
    List<View> views() {
        Set<Path> places = new LinkedHashSet<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            add(Path.of(entry).toAbsolutePath(), places);
        }
        String jline = System.getProperty("library.jline.path", "");
        if (!jline.isEmpty()) {
            places.add(Path.of(jline).toAbsolutePath());
        }
        List<View> out = new ArrayList<>(List.of(View.of(home)));
        covered(places).forEach(place -> out.add(View.of(place)));
        return out;
    }

    /** A directory of classes, or that of a jar, and those that the jar names. */
    private static void add(Path entry, Set<Path> places) {
        if (Files.isDirectory(entry)) {
            places.add(entry);
        } else if (Files.isRegularFile(entry)) {
            places.add(entry.getParent());
            try (JarFile jar = new JarFile(entry.toFile())) {
                Manifest manifest = jar.getManifest();
                String named = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
                for (String name : named == null ? new String[0] : named.split(" +")) {
                    Path path = Path.of(entry.toUri().resolve(URI.create(name)));
                    places.add(Files.isDirectory(path) ? path : path.getParent());
                }
            } catch (IOException e) {
                // what cannot be read is no jar, and nothing is loaded from it
            }
        }
    }

    private static Set<Path> covered(Set<Path> places) {
        Set<Path> out = new LinkedHashSet<>();
        Path personal = Path.of(System.getProperty("user.home", "/")).normalize();
        for (Path place : places) {
            Path path = place.normalize();
            Path common = path.getNameCount() <= DEPTH_IN_COMMON ? path
                    : path.getRoot().resolve(path.subpath(0, DEPTH_IN_COMMON));
            boolean wide = places.size() > MANY && !personal.startsWith(common);
            out.add(wide ? common : path);
        }
        out.removeIf(p -> out.stream().anyMatch(o -> !o.equals(p) && p.startsWith(o)));
        out.removeIf(p -> p.startsWith("/usr") || p.startsWith("/opt"));
        return out;
    }

    /** Starts the program; its arguments follow. */
    List<String> command(Path temporary) {
        List<String> out = new ArrayList<>(List.of(home.resolve("bin").resolve("java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms16m", "-XX:-UsePerfData", "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + temporary));
        if (Runtime.version().feature() >= UNSAFE_WARNINGS_SINCE) {
            out.add("--sun-misc-unsafe-memory-access=allow");
        }
        String jline = System.getProperty("library.jline.path", "");
        if (!jline.isEmpty()) {
            out.add("-Dlibrary.jline.path=" + jline);
        }
        out.addAll(List.of("-cp", absolute(), Main.class.getName()));
        return out;
    }

    private String absolute() {
        List<String> out = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            out.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, out);
    }

    /** Puts a {@code stepmark} into a directory for the path of a document's commands. */
    void script(Path directory, Path temporary) throws IOException {
        Files.createDirectories(directory);
        StringBuilder line = new StringBuilder("#!/bin/sh\nexec");
        command(temporary).forEach(word -> line.append(" '").append(word.replace("'", "'\\''")).append('\''));
        Path file = Files.writeString(directory.resolve("stepmark"), line.append(" \"$@\"\n"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
