package dev.stepmark.report;

import dev.stepmark.journal.ArtefactStore;
import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.message.StepmarkException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run as lines for people: a fold over its events. */
public final class Transcript {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int TEXT = 44;

    private final List<Envelope> events;
    private final ArtefactStore artefacts;
    private final boolean full;
    private final List<String> out = new ArrayList<>();
    private final Map<String, Event.ExecStarted> started = new LinkedHashMap<>();

    /**
     * @param events    of the run, in order
     * @param artefacts texts and outputs
     * @param full      with the texts that ran and what came out
     */
    public Transcript(List<Envelope> events, ArtefactStore artefacts, boolean full) {
        this.events = events;
        this.artefacts = artefacts;
        this.full = full;
    }

    /** The lines. */
    public List<String> lines() {
        out.clear();
        for (Envelope envelope : events) {
            line(envelope);
        }
        started.values().forEach(s -> out.add(row(s.unit().step(), "", "IN DOUBT", text(s.text()), "-", "no outcome")));
        return out;
    }

    private void line(Envelope envelope) {
        Event event = envelope.event();
        String time = time(envelope.utc());
        if (event instanceof Event.RunStarted e) {
            out.add(e.title() + "    run " + envelope.run() + ", " + envelope.actor() + ", " + envelope.utc());
            out.add("  " + e.path() + (e.git().isEmpty() ? "" : ", commit " + e.git()) + ", SHA-256 " + e.runbook());
            e.options().forEach((k, v) -> out.add("  --" + k + (v.equals("yes") ? "" : " " + v)));
        } else if (event instanceof Event.RunAttached e) {
            out.add("-- gone on " + envelope.utc() + " by " + envelope.actor() + (e.tornTail() > 0
                    ? ", a torn last line of " + e.tornTail() + " bytes was set aside" : ""));
        } else if (event instanceof Event.VersionObserved e) {
            out.add("  version " + e.value() + ", from " + e.source());
        } else if (event instanceof Event.GateEvaluated e) {
            out.add("  gate " + e.gate() + ": " + e.verdict());
        } else if (event instanceof Event.ValueBound e) {
            out.add("  value " + e.name() + " = " + (e.secret().isEmpty() ? e.value() : "(secret)") + ", from "
                    + e.source());
        } else if (event instanceof Event.SessionOpened e) {
            out.add(row("", time, "opened", "session " + e.session() + ": " + identity(e), "", ""));
        } else if (event instanceof Event.SessionEnded e) {
            out.add(row("", time, e.how(), "session " + e.session() + ": " + e.reason(), "", ""));
        } else if (event instanceof Event.Decided e) {
            decided(e, time, envelope.actor());
        } else if (event instanceof Event.WentTo e) {
            out.add(row(e.to(), time, "goto", (e.again() ? "to do it again" : "to do it next") + (e.from().isEmpty() ? ""
                    : ", from " + e.from()) + (e.passed().isEmpty() ? "" : "; passed over: " + String.join(", ",
                            e.passed())), "", ""));
        } else if (event instanceof Event.RollbackBegun e) {
            out.add(row(e.at(), time, "rollback", "began the document's section: " + String.join(", ", e.steps()), "", ""));
        } else if (event instanceof Event.StillValid e) {
            out.add(row(e.step(), time, "valid", "still: \"" + e.reason() + "\" (" + e.by() + ", " + envelope.actor()
                    + ")", "", ""));
        } else if (event instanceof Event.NoteAdded e) {
            out.add(row(e.unit().step(), time, "note", e.text(), "", ""));
        } else if (event instanceof Event.ExecStarted e) {
            started.put(e.exec(), e);
        } else if (event instanceof Event.ExecFinished e) {
            finished(e, time);
        } else if (event instanceof Event.OutputCompared e) {
            compared(e);
        } else if (event instanceof Event.DoubtResolved e) {
            resolved(e, time);
        } else if (event instanceof Event.RunEnded e) {
            out.add(e.status() + " " + envelope.utc() + ", exit " + e.exit());
        }
    }

    private void decided(Event.Decided decided, String time, String actor) {
        String unit = decided.unit().block().isEmpty() ? decided.unit().step() : decided.unit().block();
        String by = " (" + decided.by() + ", " + actor + ")";
        String reason = decided.reason().isEmpty() ? "" : ": \"" + decided.reason() + "\"";
        switch (decided.action()) {
            case RUN, RETRY -> {
                if (full) {
                    out.add(row(unit, time, "confirmed", "by " + actor + ", " + decided.by()
                            + (decided.phrase().isEmpty() ? "" : " \"" + decided.phrase() + "\""), "", ""));
                }
            }
            case SKIP -> out.add(row(unit, time, "skipped", "left out" + reason + by, "", ""));
            case NOT_APPLICABLE -> out.add(row(unit, time, "skipped", "does not apply" + reason + by, "", ""));
            case DONE_BY_HAND -> out.add(row(unit, time, "by hand", "done" + reason + by, "", ""));
            case EDIT -> out.add(row(unit, time, "edited", "its text was changed" + by, "", ""));
            case ACCEPT -> out.add(row(unit, time, "accepted", "its failure" + reason + by, "", ""));
        }
    }

    private void finished(Event.ExecFinished finished, String time) {
        Event.ExecStarted start = started.remove(finished.exec());
        if (start == null) {
            return;
        }
        boolean good = (finished.outcome().equals("done") || finished.outcome().equals("ended"))
                && finished.exit() <= 0 && finished.problems().isEmpty() || !finished.tolerated().isEmpty();
        String word = good ? "ok" : finished.outcome().equals("done") ? "FAILED"
                : finished.outcome().equals("lost") ? "IN DOUBT" : finished.outcome().toUpperCase(java.util.Locale.ROOT);
        if (start.origin() == Event.Origin.VERIFY) {
            word = good ? "verified" : "NOT VERIFIED";
        } else if (start.origin() == Event.Origin.UNDO && good) {
            word = "undone";
        }
        out.add(row(start.unit().step(), time, word, text(start.text()), seconds(finished.millis()), result(finished)));
        if (full) {
            lines("> ", start.text());
            finished.outputs().forEach(o -> lines("| ", o.artefact()));
        }
        if (!finished.message().isEmpty() && !good) {
            finished.message().lines().forEach(l -> out.add("      ! " + l));
        }
        finished.problems().forEach(p -> out.add("      ! " + p));
        finished.tolerated().stream().limit(full ? Long.MAX_VALUE : 1).forEach(t -> out.add("      . tolerated: " + t));
        if (!full && finished.tolerated().size() > 1) {
            out.add("      . and " + (finished.tolerated().size() - 1) + " more that are tolerated");
        }
    }

    private void compared(Event.OutputCompared compared) {
        if (compared.verdict().equals("differs")) {
            out.add("      . the document shows something else (" + compared.lines() + ")" + (compared.reason().isEmpty() ? ""
                    : ": " + compared.reason()));
            compared.differences().forEach(d -> out.add("      .   " + d));
        }
    }

    private void resolved(Event.DoubtResolved resolved, String time) {
        Event.ExecStarted start = started.remove(resolved.exec());
        out.add(row(start == null ? "" : start.unit().step(), time, "resolved", resolved.exec() + " was in doubt: "
                + resolved.verdict() + (resolved.reason().isEmpty() ? "" : ", \"" + resolved.reason() + "\"") + " ("
                + resolved.by() + ")", "", ""));
    }

    private static String result(Event.ExecFinished finished) {
        if (finished.rows() >= 0) {
            return finished.rows() + (finished.rows() == 1 ? " row" : " rows");
        }
        String tags = finished.tags().stream().filter(t -> !t.isEmpty()).collect(Collectors.joining(", "));
        if (!tags.isEmpty()) {
            return tags;
        }
        return finished.exit() >= 0 ? "exit " + finished.exit() : finished.sqlState();
    }

    private static String identity(Event.SessionOpened opened) {
        Map<String, String> identity = opened.identity();
        String database = identity.getOrDefault("database", "");
        if (!database.isEmpty()) {
            String system = identity.getOrDefault("system_identifier", "");
            return database + " as " + identity.getOrDefault("user", "?") + " on " + identity.getOrDefault("host", "?")
                    + ":" + identity.getOrDefault("port", "?") + ", PostgreSQL "
                    + identity.getOrDefault("server_version", "?") + (system.isEmpty() ? "" : ", system " + system);
        }
        return opened.kind() + " on " + identity.getOrDefault("host", "?") + " as " + identity.getOrDefault("user", "?");
    }

    private String text(String hash) {
        String first = read(hash).strip().lines().findFirst().orElse("").strip();
        return first.length() > TEXT ? first.substring(0, TEXT - 3) + "..." : first;
    }

    private void lines(String mark, String hash) {
        read(hash).lines().forEach(l -> out.add("      " + mark + l));
    }

    /** Control characters never reach the reader's terminal. */
    private String read(String hash) {
        try {
            return new String(artefacts.get(hash), StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
        } catch (StepmarkException e) {
            return "(" + e.message().what() + ")";
        }
    }

    private static String row(String unit, String time, String word, String text, String took, String result) {
        String line = String.format(java.util.Locale.ROOT, "%-4s %-8s  %-9s %-" + TEXT + "s  %-8s  %s", unit, time, word,
                text, took, result);
        return line.stripTrailing();
    }

    private static String time(String utc) {
        return Instant.parse(utc).atZone(ZoneId.systemDefault()).format(TIME);
    }

    private static String seconds(long millis) {
        return String.format(java.util.Locale.ROOT, "%.2f s", millis / 1000.0);
    }
}
