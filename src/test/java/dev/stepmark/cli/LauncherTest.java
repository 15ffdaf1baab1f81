package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a program of one class in place of the real one: it says what it was given. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LauncherTest {

    @TempDir
    private Path directory;
    private Path home;
    private Path launcher;

    /** Stands in for the program. */
    public static final class Probe {

        private Probe() { }

        public static void main(String[] args) {
            System.out.println(System.getProperty("probe", "none") + " " + System.getProperty("other", "none") + " "
                    + String.join("|", args));
            System.exit(args.length);
        }
    }

    @BeforeEach
    void layOut() throws IOException {
        home = directory.resolve("with space").resolve("stepmark");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        launcher = home.resolve("bin/stepmark");
        Files.copy(Path.of("src/main/dist/bin/stepmark"), launcher);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Probe.class.getName());
        String entry = Probe.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(home.resolve("lib/stepmark.jar"));
                JarOutputStream jar = new JarOutputStream(out, manifest);
                InputStream in = Probe.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            in.transferTo(jar);
        }
    }

    private record Ended(int exit, String out, String err) { }

    private Ended start(Path program, Path from, Map<String, String> environment, String... args) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("STEPMARK_JAVA_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }

    @Test
    void passesArgumentsAndTheExitCodeOn() throws Exception {
        Ended ended = start(launcher, directory, Map.of(), "a b", "", "$HOME", "c'd");
        assertThat(ended.out()).isEqualTo("none none a b||$HOME|c'd\n");
        assertThat(ended.exit()).isEqualTo(4);
    }

    @Test
    void worksThroughAChainOfLinksFromAnyDirectory() throws Exception {
        Path absolute = Files.createSymbolicLink(directory.resolve("absolute"), launcher);
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path relative = Files.createSymbolicLink(bin.resolve("sm"), Path.of("..", "absolute"));
        assertThat(absolute).exists();
        assertThat(start(relative, Path.of("/"), Map.of(), "x").out()).isEqualTo("none none x\n");
    }

    @Test
    void worksFromThePathAndByARelativeName() throws Exception {
        String path = launcher.getParent() + ":" + System.getenv("PATH");
        assertThat(start(Path.of("sh"), directory, Map.of("PATH", path), "-c", "stepmark x").out())
                .isEqualTo("none none x\n");
        assertThat(start(Path.of("sh"), home, Map.of(), "-c", "bin/stepmark x").out()).isEqualTo("none none x\n");
        assertThat(start(Path.of("sh"), launcher.getParent(), Map.of(), "-c", "sh stepmark x").out())
                .isEqualTo("none none x\n");
    }

    @Test
    void saysThatTheDirectoryIsGone() throws Exception {
        for (String shell : List.of("sh", "bash")) {
            Path gone = Files.createDirectories(directory.resolve("gone"));
            Ended ended = start(Path.of(shell), gone, Map.of("LAUNCHER", launcher.toString()), "-c",
                    "rmdir \"$PWD\" && exec \"$LAUNCHER\" x");
            assertThat(ended.out()).isEmpty();
            assertThat(ended.exit()).isEqualTo(2);
            assertThat(ended.err()).contains("error: the working directory is gone", "Nothing was started", "Try: cd");
        }
    }

    @Test
    void needsNoProgramButJava() throws Exception {
        assertThat(start(launcher, directory, Map.of("PATH", "/nonexistent"), "x").out()).isEqualTo("none none x\n");
    }

    @Test
    void passesJavaOptionsOn() throws Exception {
        Ended ended = start(launcher, directory, Map.of("STEPMARK_JAVA_OPTS", "-Dprobe=yes -Dother=too"), "x");
        assertThat(ended.out()).isEqualTo("yes too x\n");
    }

    @Test
    void givesANewerJavaTheOptionThatOnlyItKnows() throws Exception {
        for (String version : List.of("17.0.1", "25")) {
            Path jdk = Files.createDirectories(directory.resolve("jdk-" + version));
            Files.createDirectories(jdk.resolve("bin"));
            Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
            Path java = Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\necho \"$@\"\n");
            Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
            Ended ended = start(launcher, directory, Map.of("JAVA_HOME", jdk.toString()), "x");
            assertThat(ended.out().contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(version.equals("25"));
        }
    }

    @Test
    void saysWhenTheProgramIsIncomplete() throws Exception {
        Files.delete(home.resolve("lib/stepmark.jar"));
        Ended ended = start(launcher, directory, Map.of(), "x");
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("stepmark.jar is missing");
    }
}
