package dev.stepmark.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs on the path, and what they say about themselves. */
public final class Programs {

    private static final int MAX_OUTPUT = 64 * 1024;
    private static final Pattern NUMBER = Pattern.compile("\\b(\\d+(?:\\.\\d+)+)");

    private final Map<String, String> environment;
    private final long patienceMillis;
    private final Map<String, Optional<String>> versions = new ConcurrentHashMap<>();

    /**
     * @param environment with PATH
     * @param patienceMillis after which a program is ended
     */
    public Programs(Map<String, String> environment, long patienceMillis) {
        this.environment = Map.copyOf(environment);
        this.patienceMillis = patienceMillis;
    }

    /** Where a program is; a name with a slash is looked at where it is. */
    public Optional<Path> find(String program) {
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(Programs::executable);
        }
        for (String directory : environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, program);
            if (executable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean executable(Path file) {
        return Files.isExecutable(file) && !Files.isDirectory(file);
    }

    /** The number that {@code PROGRAM --version} prints; empty when there is no such program or it says none. */
    public Optional<String> version(String program) {
        return versions.computeIfAbsent(program, p -> find(p).flatMap(f -> run(f.toString(), "--version"))
                .flatMap(Programs::number));
    }

    private static Optional<String> number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The first number of a version: what decides whether a dump can be made. */
    static int major(String version) {
        String digits = version.split("[^0-9]", 2)[0];
        return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
    }

    /** What a program prints; empty when it cannot be started, fails, or does not end in time. */
    public Optional<String> run(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
            builder.environment().clear();
            builder.environment().putAll(environment);
            return output(builder.start());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What a program prints that looks at the terminal it was started from. */
    public Optional<String> runAtTerminal(String... command) {
        try {
            return output(new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> output(Process process) throws IOException {
        CompletableFuture.delayedExecutor(patienceMillis, TimeUnit.MILLISECONDS).execute(() -> {
            List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
            family.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        try (InputStream in = process.getInputStream()) {
            String text = new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
