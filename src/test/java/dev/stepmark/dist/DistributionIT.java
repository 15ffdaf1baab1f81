package dev.stepmark.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stepmark.testing.Programs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn package} made: the archive, the Debian package, the bill of materials and what the image is made of. */
class DistributionIT {

    private static final Path TARGET = Path.of("target");
    /** See src/build/WithoutInvokeDynamic.java. */
    private static final Pattern REWRITTEN = Pattern.compile("flexmark|jline|snakeyaml-engine");
    private static final Path PROGRAM = TARGET.resolve("stepmark");
    /** project.build.outputTimestamp */
    private static final Instant MADE = Instant.parse("2026-11-20T00:00:00Z");
    private static final Set<Integer> MODES = Set.of(0644, 0755);

    @TempDir
    private Path directory;

    private static Path only(String glob) throws IOException {
        try (var files = Files.newDirectoryStream(TARGET, glob)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            assertThat(found).as(glob).hasSize(1);
            return found.get(0);
        }
    }

    private static Map<TarArchiveEntry, byte[]> entries(Path archive) throws IOException {
        Map<TarArchiveEntry, byte[]> out = new LinkedHashMap<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                out.put(entry, tar.readAllBytes());
            }
        }
        return out;
    }

    private record Ended(int exit, String text) { }

    private Ended run(Path from, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", directory.resolve("home").toString());
        builder.environment().remove("XDG_STATE_HOME");
        builder.environment().remove("STEPMARK_JAVA_OPTS");
        builder.environment().put("STEPMARK_ARCHIVE", "off");
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    private static Set<String> jars(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".jar"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void theArchiveSaysNothingOfWhoMadeItWhenAndWhere() throws Exception {
        Path archive = only("stepmark-*.tar.gz");
        byte[] head = new byte[10];
        try (InputStream in = Files.newInputStream(archive)) {
            assertThat(in.readNBytes(head, 0, head.length)).isEqualTo(head.length);
        }
        assertThat(HexFormat.of().formatHex(head, 3, 8)).as("no name, no time").isEqualTo("0000000000");
        Map<TarArchiveEntry, byte[]> entries = entries(archive);
        String top = archive.getFileName().toString().replace(".tar.gz", "/");
        assertThat(entries.keySet()).hasSizeGreaterThan(60).allSatisfy(entry -> {
            assertThat(entry.getName()).startsWith(top).doesNotContain(".jsa", ".aot", "//");
            assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
            assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(MADE);
            assertThat(entry.getMode() & 0777).isIn(MODES);
        });
        assertThat(entries.keySet().stream().filter(e -> !e.isDirectory() && (e.getMode() & 0111) != 0)
                .map(TarArchiveEntry::getName)).containsExactly(top + "bin/stepmark");
    }

    @Test
    void theArchiveIsTheWholeProgram() throws Exception {
        Path archive = only("stepmark-*.tar.gz");
        String top = archive.getFileName().toString().replace(".tar.gz", "/");
        Map<String, String> archived = new LinkedHashMap<>();
        entries(archive).forEach((entry, bytes) -> {
            if (!entry.isDirectory()) {
                archived.put(entry.getName().substring(top.length()), sha256(bytes));
            }
        });
        Map<String, String> there = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(PROGRAM)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = PROGRAM.relativize(file).toString();
                if (!name.endsWith(".jsa") && !name.endsWith(".aot")) {
                    there.put(name, sha256(Files.readAllBytes(file)));
                }
            }
        }
        assertThat(archived).containsExactlyInAnyOrderEntriesOf(there);
        assertThat(archived).containsKeys("LICENSE", "README.md", "THIRD-PARTY.txt", "lib/stepmark.jar",
                "share/man/man1/stepmark.1", "docs/CHANGELOG.md");
    }

    @Test
    void theArchiveRunsWhereItIsUnpacked() throws Exception {
        Path place = Files.createDirectories(directory.resolve("a place"));
        assertThat(run(place, "tar", "xzf", only("stepmark-*.tar.gz").toAbsolutePath().toString()).exit()).isZero();
        Path launcher;
        try (Stream<Path> top = Files.list(place)) {
            launcher = top.findFirst().orElseThrow().resolve("bin").resolve("stepmark");
        }
        assertThat(run(place, launcher.toString(), "--version").text()).startsWith("stepmark ");
        Path link = Files.createSymbolicLink(directory.resolve("sm"), launcher);
        Files.writeString(place.resolve("x.md"), "# X\n\n1. Say.\n\n   ```bash\n   echo it works\n   ```\n");
        Ended ended = run(place, link.toString(), "run", "x.md", "--yes", "--answer", "start=yes");
        assertThat(ended.text()).contains("| it works");
        assertThat(ended.exit()).isZero();
    }

    /**
     * What it names is what was published, byte by byte, and that is what is there, but for the jars that the build
     * rewrites for a quick start. Maven leaves it out when it is offline.
     */
    @Test
    void theBillOfMaterialsNamesEveryLibrary() throws Exception {
        Path bill = PROGRAM.resolve("stepmark.cdx.json");
        assumeTrue(Files.exists(bill), "built offline: no bill of materials");
        assertThat(PROGRAM.resolve("stepmark.cdx.xml")).content().contains("http://cyclonedx.org/schema/bom/1.6");
        JsonNode json = new ObjectMapper().readTree(bill.toFile());
        assertThat(json.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(json.has("serialNumber") || json.path("metadata").has("timestamp")).isFalse();
        assertThat(json.path("metadata").path("component").path("name").asText()).isEqualTo("stepmark");
        Set<String> named = new TreeSet<>();
        for (JsonNode component : json.path("components")) {
            String jar = component.path("name").asText() + "-" + component.path("version").asText() + ".jar";
            named.add(jar);
            String hash = "";
            for (JsonNode candidate : component.path("hashes")) {
                hash = candidate.path("alg").asText().equals("SHA-256") ? candidate.path("content").asText() : hash;
            }
            assertThat(hash).as(jar).isEqualTo(sha256(Files.readAllBytes(published(component).resolve(jar))));
            if (!REWRITTEN.matcher(jar).lookingAt()) {
                assertThat(hash).as(jar).isEqualTo(sha256(Files.readAllBytes(PROGRAM.resolve("lib").resolve(jar))));
            }
        }
        Set<String> libraries = jars(PROGRAM.resolve("lib"));
        libraries.remove("stepmark.jar");
        assertThat(named).isEqualTo(libraries);
    }

    private static Path published(JsonNode component) {
        return Path.of(System.getProperty("local.repository"), component.path("group").asText().replace('.', '/'),
                component.path("name").asText(), component.path("version").asText());
    }

    @Test
    void everyLibraryHasItsLicenceListed() throws Exception {
        String listed = Files.readString(PROGRAM.resolve("THIRD-PARTY.txt"));
        Set<String> libraries = jars(PROGRAM.resolve("lib"));
        libraries.remove("stepmark.jar");
        assertThat(libraries).hasSizeGreaterThan(40).allSatisfy(jar -> assertThat(listed.lines()).anyMatch(line -> line
                .strip().startsWith("(") && line.contains(":" + jar.replaceFirst("-(\\d[^-]*.*)\\.jar$", ":$1") + " ")));
        assertThat(listed).doesNotContainIgnoringCase("unknown license");
    }

    @Test
    void theDebianPackageRunsWhenItIsInstalled() throws Exception {
        assumeTrue(Programs.onPath("dpkg") && Programs.onPath("dpkg-deb"), "needs dpkg");
        Path deb = only("stepmark_*.deb").toAbsolutePath();
        assertThat(run(directory, "dpkg-deb", "--field", deb.toString(), "Depends", "Recommends").text())
                .contains("java17-runtime-headless", "postgresql-client");
        Path root = Files.createDirectories(directory.resolve("root"));
        Path admin = Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.createDirectories(admin.resolve("info"));
        Files.createDirectories(admin.resolve("updates"));
        Files.writeString(admin.resolve("status"), "");
        List<String> dpkg = List.of("dpkg", "--root=" + root, "--force-not-root", "--force-depends", "--force-bad-path",
                "--force-architecture", "--log=/dev/null");
        Ended installed = run(directory, Stream.concat(dpkg.stream(), Stream.of("-i", deb.toString()))
                .toArray(String[]::new));
        assertThat(installed.exit()).as(installed.text()).isZero();
        Path link = root.resolve("usr/bin/stepmark");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(run(directory, link.toString(), "--version").text()).startsWith("stepmark ");
        assertThat(root.resolve("usr/share/doc/stepmark/copyright")).exists();
        assertThat(root.resolve("usr/share/man/man1/stepmark.1.gz")).exists();
        assertThat(root.resolve("usr/share/bash-completion/completions/stepmark")).exists();
        assertThat(root.resolve("usr/share/zsh/vendor-completions/_stepmark")).exists();
        assertThat(jars(root.resolve("usr/share/stepmark/lib"))).isEqualTo(jars(PROGRAM.resolve("lib")));
        assertThat(root.resolve("usr/share/stepmark/lib/native/org/jline/nativ/Linux")).isDirectory();
        assertThat(run(directory, Stream.concat(dpkg.stream(), Stream.of("--purge", "stepmark"))
                .toArray(String[]::new)).exit()).isZero();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(root.resolve("usr/share/stepmark")).doesNotExist();
    }

    /** No engine here: this only keeps the file and what it copies together. */
    @Test
    void theImageIsMadeOfWhatIsThere() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("src/main/docker/Dockerfile"));
        List<String> copied = lines.stream().filter(l -> l.startsWith("COPY ")).map(l -> l.split(" ")[1]).toList();
        assertThat(copied).isNotEmpty().allSatisfy(path -> assertThat(Path.of(path)).exists());
        assertThat(Files.readAllLines(Path.of(".dockerignore"))).contains("*", "!target", "target/*",
                "!target/stepmark");
        assertThat(lines).contains("USER stepmark", "ENTRYPOINT [\"stepmark\"]");
        String volume = lines.stream().filter(l -> l.startsWith("VOLUME ")).findFirst().orElseThrow().substring(7);
        assertThat(String.join("\n", lines)).contains("-o stepmark -g stepmark " + volume);
    }

    /** As an unprivileged person finds it: the program, the home and the working directory cannot be written. */
    @Test
    void nothingIsWrittenButTheLog() throws Exception {
        Path place = Files.createDirectories(directory.resolve("read-only"));
        run(place, "tar", "xzf", only("stepmark-*.tar.gz").toAbsolutePath().toString(), "--strip-components=1");
        Files.writeString(place.resolve("x.md"), "# X\n\n1. Say.\n\n   ```bash\n   echo it works\n   ```\n");
        Files.createDirectories(directory.resolve("home"));
        Path state = Files.createDirectories(directory.resolve("state"));
        String person = "";
        if (System.getProperty("user.name").equals("root")) {
            assumeTrue(Programs.onPath("setpriv"), "root can write everywhere: needs setpriv(1)");
            run(directory, "chmod", "755", directory.toString());
            run(directory, "chown", "nobody", state.toString());
            person = "setpriv --reuid nobody --clear-groups ";
        } else {
            run(directory, "chmod", "-R", "a-w", place.toString(), directory.resolve("home").toString());
        }
        String stepmark = person + "'" + place.resolve("bin/stepmark") + "' run x.md --yes --answer start=yes";
        Ended refused = run(place, "sh", "-c", stepmark);
        Ended ended = run(place, "sh", "-c", "XDG_STATE_HOME='" + state + "' " + stepmark);
        run(directory, "chmod", "-R", "u+w", place.toString(), directory.resolve("home").toString());
        assertThat(refused.exit()).isEqualTo(74);
        assertThat(refused.text()).contains("error: the log cannot be written: no permission to write in ",
                " belongs to ", "no step was started").doesNotContain("| it works");
        assertThat(ended.text()).contains("| it works").doesNotContain("Exception");
        assertThat(ended.exit()).isZero();
        assertThat(state.resolve("stepmark/runs")).isNotEmptyDirectory();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
