package dev.stepmark.doctor;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDK, the terminal, the locale, the clock. */
public final class MachineProbes {

    /** No release of Stepmark is older. */
    private static final Instant FIRST_RELEASE = Instant.parse("2026-11-01T00:00:00Z");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmm", Locale.ROOT);
    private static final int NARROW = 80;

    private final Surroundings place;
    private final Programs programs;

    public MachineProbes(Surroundings place, Programs programs) {
        this.place = place;
        this.programs = programs;
    }

    /** All of them, in the order of the report. */
    public List<Probe> all() {
        return List.of(new Probe("java", () -> List.of(java())), new Probe("terminal", () -> List.of(terminal())),
                new Probe("locale", () -> List.of(locale())), new Probe("clock", () -> List.of(clock())));
    }

    private static Finding java() {
        long heap = Runtime.getRuntime().maxMemory();
        String text = Runtime.version() + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("os.arch")
                + ", at most " + Sizes.of(heap) + " of memory, " + System.getProperty("java.home");
        return Finding.ok("java", text);
    }

    private Finding terminal() {
        String term = place.variable("TERM");
        if (!place.terminal()) {
            return Finding.note("terminal", "standard input or output is none: nothing can be asked here",
                    "a run needs answers beforehand: stepmark plan RUNBOOK --questions");
        }
        Optional<String> size = programs.runAtTerminal("stty", "size");
        String columns = size.map(s -> s.replaceAll(".* ", "")).orElse("");
        String text = (term.isEmpty() ? "TERM is not set" : term) + size.map(s -> ", " + columns + " columns").orElse("")
                + ", " + colour();
        if (term.isEmpty() || term.equals("dumb")) {
            return Finding.note("terminal", text + "; no cursor movement", "TERM=xterm-256color, if it is one");
        }
        boolean narrow = columns.matches("\\d{1,4}") && Integer.parseInt(columns) < NARROW;
        return narrow ? Finding.note("terminal", text, "80 columns show tables and titles whole") : Finding.ok("terminal",
                text);
    }

    private String colour() {
        if (!place.variable("NO_COLOR").isEmpty()) {
            return "no colour (NO_COLOR)";
        }
        return place.variable("CLICOLOR_FORCE").isEmpty() ? "colour" : "colour (CLICOLOR_FORCE)";
    }

    private Finding locale() {
        String from = Stream.of("LC_ALL", "LC_CTYPE", "LANG").filter(n -> !place.variable(n).isEmpty()).findFirst().orElse("");
        String name = System.getProperty("native.encoding", "");
        String text = (from.isEmpty() ? "none set" : from + "=" + place.variable(from)) + ", " + name;
        boolean utf8 = Charset.isSupported(name.isEmpty() ? "x-none" : name)
                && Charset.forName(name).equals(StandardCharsets.UTF_8);
        return utf8 ? Finding.ok("locale", text) : Finding.note("locale", text
                + ": letters beyond ASCII in names of files may be lost", "LC_ALL=C.UTF-8");
    }

    private Finding clock() throws IOException {
        Instant now = place.clock().instant();
        String shown = now.atZone(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT))
                + " UTC, zone here " + ZoneId.systemDefault();
        String advice = "set the clock: a log with wrong times proves little";
        if (now.isBefore(FIRST_RELEASE)) {
            return Finding.problem("clock", shown + ", before this program was made", advice);
        }
        Optional<Instant> newest = newestRun();
        if (newest.isPresent() && newest.get().isAfter(now.plus(Duration.ofMinutes(2)))) {
            return Finding.problem("clock", shown + ", and the newest run began later: " + newest.get(), advice);
        }
        return Finding.ok("clock", shown);
    }

    /** By the names of the runs, which begin with the time in UTC. */
    private Optional<Instant> newestRun() throws IOException {
        if (!Files.isDirectory(place.runs())) {
            return Optional.empty();
        }
        try (Stream<Path> runs = Files.list(place.runs())) {
            return runs.map(p -> p.getFileName().toString()).filter(n -> n.matches("\\d{8}-\\d{4}-[a-z0-9]{4}"))
                    .max(String::compareTo).flatMap(MachineProbes::begun);
        }
    }

    private static Optional<Instant> begun(String run) {
        try {
            return Optional.of(LocalDateTime.parse(run.substring(0, 13), STAMP).toInstant(ZoneOffset.UTC));
        } catch (java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
