package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepmark.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which Java the launcher takes. Its copy here looks for the usual places below a directory of the test, and every Java
 * is a script that says where it is.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class JavaSearchTest {

    @TempDir
    private Path directory;
    private Path root;
    private Path home;
    private Path path;
    private Path launcher;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private record Ended(int exit, String out, String err) { }

    @BeforeEach
    void layOut() throws IOException {
        root = Files.createDirectories(directory.resolve("the root"));
        home = Files.createDirectories(directory.resolve("at home"));
        path = Files.createDirectories(directory.resolve("path"));
        script(path.resolve("readlink"), "#!/bin/sh\nexec " + Programs.find("readlink") + " \"$@\"\n");
        launcher = directory.resolve("install/bin/stepmark");
        Files.createDirectories(launcher.getParent());
        Files.createDirectories(directory.resolve("install/lib"));
        Files.writeString(directory.resolve("install/lib/stepmark.jar"), "");
        String text = Files.readString(Path.of("src/main/dist/bin/stepmark"));
        assertThat(text).contains("\nroot=''\n");
        script(launcher, text.replace("\nroot=''\n", "\nroot='" + root + "'\n"));
        environment.put("PATH", path.toString());
        environment.put("HOME", home.toString());
        environment.put("STEPMARK_ARCHIVE", "off");
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path jdk(Path where, String version) throws IOException {
        script(where.resolve("bin/java"), "#!/bin/sh\necho \"started $0\"\n");
        Files.writeString(where.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS=\"y\"\n");
        return where;
    }

    private Ended start(String... command) throws Exception {
        List<String> line = new ArrayList<>(Arrays.asList(command));
        line.add(launcher.toString());
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }

    private void takes(Path jdk) throws Exception {
        assertThat(start()).isEqualTo(new Ended(0, "started " + jdk.resolve("bin/java") + "\n", ""));
    }

    @Test
    void prefersJavaHomeThenThePathThenTheUsualPlaces() throws Exception {
        Path usual = jdk(root.resolve("usr/lib/jvm/java-21"), "21.0.1");
        takes(usual);
        Path onPath = jdk(directory.resolve("from-path"), "17.0.9");
        environment.put("PATH", path + ":" + onPath.resolve("bin"));
        takes(onPath);
        Path named = jdk(directory.resolve("named by java home"), "17");
        environment.put("JAVA_HOME", named.toString());
        takes(named);
    }

    @Test
    void passesOverAJavaThatIsTooOldWhereverItIs() throws Exception {
        environment.put("JAVA_HOME", jdk(directory.resolve("jdk-11"), "11.0.2").toString());
        environment.put("PATH", path + ":" + jdk(directory.resolve("jdk8"), "1.8.0_392").resolve("bin"));
        jdk(root.resolve("usr/lib/jvm/a-9"), "9");
        takes(jdk(root.resolve("usr/lib/jvm/b-17"), "17.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"usr/lib/jvm/java-17-openjdk-amd64", "usr/java/jdk-17", "usr/local/openjdk-17",
        "opt/java/openjdk", "opt/jdk-21.0.2", "opt/java-17", "snap/openjdk/current/jdk",
        "Library/Java/JavaVirtualMachines/temurin-17.jdk/Contents/Home",
        "opt/homebrew/opt/openjdk@17/libexec/openjdk.jdk/Contents/Home",
        "usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home"})
    void knowsTheUsualPlacesOfTheMachine(String place) throws Exception {
        takes(jdk(root.resolve(place), "17.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".sdkman/candidates/java/current", ".sdkman/candidates/java/21-tem",
        ".asdf/installs/java/temurin-17", ".local/share/mise/installs/java/17", ".jenv/versions/17", ".jdks/corretto-17",
        "Library/Java/JavaVirtualMachines/x.jdk/Contents/Home"})
    void knowsTheUsualPlacesOfAPerson(String place) throws Exception {
        takes(jdk(home.resolve(place), "17.0.1"));
    }

    @Test
    void followsTheLinksOfAJavaToItsReleaseFile() throws Exception {
        Path real = jdk(directory.resolve("real jdk"), "11.0.1");
        Files.createDirectories(directory.resolve("alternatives"));
        Path middle = Files.createSymbolicLink(directory.resolve("alternatives/java"), real.resolve("bin/java"));
        Files.createSymbolicLink(path.resolve("java"), Path.of("..", "alternatives", "java"));
        assertThat(middle).exists();
        assertThat(start().err()).contains("path: Java 11 is too old (" + path.resolve("java") + ")");
    }

    @Test
    void asksAShimOnlyWhenNothingElseIsFound() throws Exception {
        script(path.resolve("java"), "#!/bin/sh\ncase $1 in -version) echo asked >>'" + directory.resolve("asked")
                + "'; echo 'openjdk version \"21.0.4\" 2024-07-16' >&2;; *) echo shim;; esac\n");
        assertThat(start().out()).isEqualTo("shim\n");
        assertThat(directory.resolve("asked")).hasContent("asked");
        takes(jdk(root.resolve("usr/lib/jvm/java-17"), "17.0.1"));
        assertThat(directory.resolve("asked")).as("not asked again").hasContent("asked");
    }

    @Test
    void refusesAShimThatLeadsToAnOldJava() throws Exception {
        script(path.resolve("java"), "#!/bin/sh\necho 'java version \"1.8.0_292\"' >&2\n");
        Ended ended = start();
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("Java 8 is too old (" + path.resolve("java") + ")");
    }

    @Test
    void asksTheJavaOfJavaHomeWhenItHasNoReleaseFile() throws Exception {
        Path named = directory.resolve("bare");
        script(named.resolve("bin/java"), "#!/bin/sh\ncase $1 in -version) echo 'openjdk version \"17\"' >&2;; "
                + "*) echo bare;; esac\n");
        environment.put("JAVA_HOME", named.toString());
        jdk(root.resolve("usr/lib/jvm/java-21"), "21");
        assertThat(start().out()).isEqualTo("bare\n");
    }

    @Test
    void goesByJavaHomeOfMacosAndNotByItsStub() throws Exception {
        Path found = jdk(root.resolve("elsewhere/Home"), "17.0.1");
        script(root.resolve("usr/libexec/java_home"), "#!/bin/sh\n[ \"$*\" = '-F -v 17+' ] && echo '" + found + "'\n");
        takes(found);
    }

    @Test
    void namesBrewOnMacos() throws Exception {
        script(root.resolve("usr/libexec/java_home"), "#!/bin/sh\necho 'Unable to find any JVMs' >&2\nexit 1\n");
        Ended ended = start();
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("Try: brew install openjdk\n").doesNotContain("Unable", "apt");
    }

    @Test
    void saysPlainlyThatThereIsNone() throws Exception {
        environment.put("JAVA_HOME", "/nonexistent/jdk *");
        Path old = jdk(root.resolve("usr/lib/jvm/java 11"), "11.0.2");
        Ended ended = start();
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).isEqualTo("""
                error: no Java 17 or newer was found
                  Stepmark needs a JDK or JRE, 17 or newer. Nothing was started.
                  usual places: Java 11 is too old (%s)
                  JAVA_HOME: no bin/java in /nonexistent/jdk *
                  path: no java
                  Looked at JAVA_HOME, the path, /usr/lib/jvm, /usr/java, /usr/local, /opt, /Library/Java,
                  Homebrew, and sdkman, asdf, mise, jenv and .jdks in the home directory.
                  Try: apt install default-jre-headless     (Debian, Ubuntu)
                       or, with one that is elsewhere: JAVA_HOME=/path/to/jdk stepmark
                """.formatted(old.resolve("bin/java")));
    }

    @Test
    void needsNoProgramForAnArchiveOfClasses() throws Exception {
        environment.remove("STEPMARK_ARCHIVE");
        takes(jdk(root.resolve("opt/jdk-17"), "17.0.1"));
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void needsNoHome() throws Exception {
        environment.remove("HOME");
        takes(jdk(root.resolve("opt/jdk-17"), "17.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox sh", "ksh93", "yash", "posh", "zsh --emulate sh"})
    void worksInEveryShellThatMayBeSh(String shell) throws Exception {
        String[] words = shell.split(" ");
        assumeTrue(Programs.onPath(words[0]), words[0] + " is not here");
        Path jdk = jdk(root.resolve("usr/lib/jvm/java-17"), "17.0.1");
        words[0] = Programs.find(words[0]).toString();
        assertThat(start(words)).isEqualTo(new Ended(0, "started " + jdk.resolve("bin/java") + "\n", ""));
        jdk(root.resolve("usr/lib/jvm/java-17"), "16.0.1");
        assertThat(start(words).err()).contains("usual places: Java 16 is too old");
    }

    @Test
    void passesShellcheck() throws Exception {
        assumeTrue(Programs.onPath("shellcheck"), "shellcheck is not here");
        Process process = new ProcessBuilder("shellcheck", "src/main/dist/bin/stepmark", ".ci/run", ".ci/reproducible")
                .redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
        assertThat(process.waitFor()).isZero();
    }
}
