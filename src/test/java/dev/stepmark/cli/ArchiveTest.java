package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes, with the real program, launcher and JDK. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ArchiveTest {

    @TempDir
    private Path directory;
    private Path home;
    private Path cache;
    private Path runbook;
    private String ci = "true";

    private record Ended(int exit, String out, String err) { }

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(directory.resolve("home"));
        cacheHome("with space");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Path launcher = Files.copy(Path.of("src/main/dist/bin/stepmark"), home.resolve("bin/stepmark"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> libraries = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String jar : path.split(File.pathSeparator)) {
            Path file = Path.of(jar);
            if (jar.endsWith(".jar") && !jar.contains("-binaries-")) {
                Files.copy(file, home.resolve("lib").resolve(file.getFileName()));
                libraries.add(file.getFileName().toString());
            }
        }
        jar(home.resolve("lib/stepmark.jar"), libraries, "");
        runbook = Files.writeString(directory.resolve("book.md"), "# Book\n\n```bash\ntrue\n```\n");
    }

    private void cacheHome(String name) {
        cache = directory.resolve(name).resolve("stepmark");
    }

    /** The classes of the build in a jar, because an archive cannot be made of a directory. */
    private static void jar(Path target, List<String> libraries, String remark) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", libraries));
        Path classes = Path.of("target/classes");
        try (OutputStream out = Files.newOutputStream(target); JarOutputStream jar = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            jar.setComment(remark);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
    }

    private Ended start(String mode, String javaOptions, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/stepmark").toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", cache.getParent().toString());
        builder.environment().put("XDG_CONFIG_HOME", directory.resolve("configuration").toString());
        builder.environment().put("STEPMARK_ARCHIVE", mode);
        builder.environment().put("STEPMARK_JAVA_OPTS", javaOptions);
        builder.environment().put("CI", ci); // no archive is begun by itself: it would outlive the test
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }

    private List<Path> archives() throws IOException {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    /** Our own classes that a start took from the archive. */
    private long shared(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(l -> l.contains(" dev.stepmark.") && l.contains("shared objects file")).count();
        }
    }

    @Test
    void isMadeOnceAndUsed() throws Exception {
        Ended without = start("", "", "plan", runbook.toString());
        assertThat(without.exit()).as(without.err()).isZero();
        assertThat(start("make", "").exit()).isZero();
        List<Path> made = archives();
        assertThat(made).hasSize(1);
        FileTime time = Files.getLastModifiedTime(made.get(0));

        Path log = directory.resolve("classes.log");
        String logging = "-Xlog:class+load:file=" + log;
        Ended with = start("", logging, "plan", runbook.toString());
        assertThat(with).isEqualTo(without);
        assertThat(shared(log)).isGreaterThan(100);

        start("make", "");
        assertThat(archives()).hasSize(1);
        assertThat(Files.getLastModifiedTime(made.get(0))).isEqualTo(time);

        start("off", logging, "plan", runbook.toString());
        assertThat(shared(log)).isZero();
    }

    @Test
    void oneThatDoesNotFitIsNotSpokenOf() throws Exception {
        Ended without = start("off", "", "plan", runbook.toString());
        start("make", "");
        Path archive = archives().get(0);
        Path jar = home.resolve("lib/stepmark.jar");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_700_000_000_000L));
        assertThat(start("", "", "plan", runbook.toString())).isEqualTo(without);

        Files.delete(archive);
        Files.write(archive.resolveSibling(archive.getFileName().toString().replaceFirst("[.][0-9]+[.]jsa$", ".4096.jsa")),
                new byte[4096]);
        assertThat(start("", "", "plan", runbook.toString())).isEqualTo(without);
    }

    @Test
    void oneThatWasCutOffIsNotGivenToTheJvm() throws Exception {
        Ended without = start("off", "", "plan", runbook.toString());
        start("make", "");
        Path archive = archives().get(0);
        assertThat(archive.toFile().setWritable(true)).isTrue();
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(archive) / 2); // the JVM is killed by the first page that is missing
        }
        assertThat(start("", "", "plan", runbook.toString())).isEqualTo(without);
        start("make", "");
        assertThat(archives()).singleElement().satisfies(made -> assertThat(made.toString()).endsWith("." + Files.size(made) + ".jsa"));
    }

    @Test
    void oneThatTheJvmDoesNotTakeIsReplacedInItsPlace() throws Exception {
        start("make", "");
        Path archive = archives().get(0);
        Path jar = home.resolve("lib/stepmark.jar");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_700_000_000_000L));
        Path log = directory.resolve("classes.log");
        start("", "-Xlog:class+load:file=" + log, "plan", runbook.toString());
        assertThat(shared(log)).isZero();

        assertThat(start("again", "")).isEqualTo(new Ended(0, "", ""));
        assertThat(archives()).hasSize(1).allSatisfy(made -> assertThat(made.getParent()).isEqualTo(archive.getParent()));
        start("", "-Xlog:class+load:file=" + log, "plan", runbook.toString());
        assertThat(shared(log)).isGreaterThan(100);
    }

    @Test
    void oneThatTheJvmDoesNotTakeIsMadeAgainAfterAStart() throws Exception {
        start("make", "");
        Path archive = archives().get(0);
        Files.setLastModifiedTime(archive, FileTime.fromMillis(System.currentTimeMillis() - 7_200_000));
        Files.setLastModifiedTime(home.resolve("lib/stepmark.jar"), FileTime.fromMillis(1_700_000_000_000L));
        ci = "false";
        assertThat(start("", "", "plan", runbook.toString()).exit()).isZero();
        await(() -> archives().stream().noneMatch(f -> f.toString().endsWith(".lock")) && archives().stream()
                .anyMatch(f -> f.toFile().lastModified() > System.currentTimeMillis() - 3_600_000));
        ci = "true";
        Path log = directory.resolve("classes.log");
        start("", "-Xlog:class+load:file=" + log, "plan", runbook.toString());
        assertThat(shared(log)).isGreaterThan(100);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 1_200 && !condition.call(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.call()).isTrue();
    }

    @Test
    void anotherBuildOfTheSameNameGetsItsOwn() throws Exception {
        start("make", "");
        Path first = archives().get(0);
        List<String> libraries;
        Path jar = home.resolve("lib/stepmark.jar");
        FileTime time = Files.getLastModifiedTime(jar);
        try (JarFile old = new JarFile(jar.toFile())) {
            libraries = List.of(old.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH).split(" "));
        }
        jar(jar, libraries, "another");
        Files.setLastModifiedTime(jar, time);
        Path log = directory.resolve("classes.log");
        start("", "-Xlog:class+load:file=" + log, "plan", runbook.toString());
        assertThat(shared(log)).isZero();
        assertThat(archives()).containsExactly(first);
    }

    @Test
    void aCacheThatCannotBeWrittenIsNoConcern() throws Exception {
        Files.createDirectories(cache.getParent());
        Files.writeString(cache, "a file where the directory belongs");
        Ended made = start("make", "");
        assertThat(made).isEqualTo(new Ended(0, "", ""));
        assertThat(start("", "", "plan", runbook.toString()).exit()).isZero();
    }

    @Test
    void anotherThatIsBeingMadeIsLeftAlone() throws Exception {
        start("make", "");
        Path archive = archives().get(0);
        Files.delete(archive);
        Path lock = Files.createDirectory(Path.of(archive.toString().replaceFirst("[.][0-9]+[.]jsa$", ".lock")));
        start("make", "");
        assertThat(archives()).containsExactly(lock);
    }

    @Test
    void makingOneLeavesNoRunAmongTheOperators() throws Exception {
        Path runs = directory.resolve("runs");
        Files.createDirectories(directory.resolve("configuration/stepmark"));
        Files.writeString(directory.resolve("configuration/stepmark/config.yaml"), "defaults: {journal: " + runs + "}\n");
        start("make", "");
        assertThat(archives()).hasSize(1);
        assertThat(runs).doesNotExist();
        assertThat(start("", "", "run", runbook.toString(), "--yes").exit()).isZero();
        assertThat(runs).isNotEmptyDirectory();
    }

    @Test
    void whatFailsIsNotTriedAgainAfterEachStart() throws Exception {
        assertThat(start("make", "-XX:NoSuchOption=1")).isEqualTo(new Ended(0, "", ""));
        assertThat(archives()).singleElement().asString().endsWith(".lock");
        Path lock = archives().get(0);
        start("make", "");
        assertThat(archives()).containsExactly(lock);
        Files.setLastModifiedTime(lock, FileTime.fromMillis(System.currentTimeMillis() - 3_600_000));
        start("make", "");
        assertThat(archives()).singleElement().asString().endsWith(".jsa");
    }

    @Test
    void aColonInTheNameOfTheCacheDoesWithoutOne() throws Exception {
        cacheHome("with:colon");
        assertThat(start("make", "")).isEqualTo(new Ended(0, "", ""));
        assertThat(archives()).isEmpty();
        assertThat(start("", "", "plan", runbook.toString())).isEqualTo(start("off", "", "plan", runbook.toString()));
    }
}
