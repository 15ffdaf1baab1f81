package dev.stepmark.cli;

import dev.stepmark.journal.ArtefactStore;
import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.RunDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records of a run in a form that two runs can be compared by: without times, hosts and hashes of what was shown,
 * executions numbered anew, and without what a crash adds: attachments, sessions opened again (or closed by being gone), and the one
 * execution that was in doubt with what belongs to it.
 */
record Records(List<String> comparable, int count, int doubts, List<String> failures) {

    static Records read(Path run, Map<String, String> names) {
        List<Envelope> envelopes = JournalReader.read(run.resolve("journal.jsonl")).events();
        ArtefactStore artefacts = new RunDirectory(run).artefacts();
        Set<String> doubtful = doubtful(envelopes);
        Map<String, String> renumbered = new LinkedHashMap<>();
        List<String> out = new ArrayList<>();
        for (Envelope envelope : envelopes) {
            Event event = envelope.event();
            String exec = exec(event);
            if (doubtful.contains(exec) || ofSessionsOrCrash(event) || event instanceof Event.RunStarted) {
                continue;
            }
            if (!exec.isEmpty()) {
                renumbered.putIfAbsent(exec, "e" + (renumbered.size() + 1));
            }
            String line = line(event, renumbered, artefacts);
            for (Map.Entry<String, String> name : names.entrySet()) {
                line = line.replace(name.getKey(), name.getValue());
            }
            out.add(line);
        }
        return new Records(out, envelopes.size(), doubtful.size(), envelopes.stream().map(Envelope::event)
                .filter(e -> e instanceof Event.ExecFinished f && (!f.outcome().equals("done") || f.exit() > 0
                        || !f.problems().isEmpty())).map(Object::toString).toList());
    }

    /** Executions without an outcome. */
    private static Set<String> doubtful(List<Envelope> envelopes) {
        Set<String> out = new LinkedHashSet<>();
        for (Envelope envelope : envelopes) {
            if (envelope.event() instanceof Event.ExecStarted e) {
                out.add(e.exec());
            } else if (envelope.event() instanceof Event.ExecFinished e) {
                out.remove(e.exec());
            }
        }
        return out;
    }

    private static boolean ofSessionsOrCrash(Event event) {
        return event instanceof Event.RunAttached || event instanceof Event.DoubtResolved
                || event instanceof Event.SessionOpened || event instanceof Event.SessionEnded
                || event instanceof Event.SessionChanged;
    }

    private static String exec(Event event) {
        if (event instanceof Event.ExecStarted e) {
            return e.exec();
        }
        if (event instanceof Event.ExecFinished e) {
            return e.exec();
        }
        if (event instanceof Event.OutputCompared e) {
            return e.exec();
        }
        return event instanceof Event.Captured e ? e.exec() : "";
    }

    private static String line(Event event, Map<String, String> renumbered, ArtefactStore artefacts) {
        if (event instanceof Event.ExecStarted e) {
            // our own framing names the run and depends on what the connection was told before
            return "ExecStarted " + renumbered.get(e.exec()) + " " + renumbered.getOrDefault(e.parent(), "") + " "
                    + e.origin() + " " + e.unit() + " " + e.session() + " " + e.effect() + " "
                    + text(artefacts, e.text());
        }
        if (event instanceof Event.ExecFinished e) {
            return "ExecFinished " + renumbered.get(e.exec()) + " " + e.outcome() + " " + e.exit() + " " + e.problems()
                    + " " + e.sqlState() + " " + e.rows() + " " + e.tags() + " " + (e.outcome().equals("ended")
                    ? "" : e.message()) + " "
                    + e.outputs().stream().map(Event.Output::stream).toList();
        }
        if (event instanceof Event.Captured e) {
            return "Captured " + e.name() + " " + renumbered.get(e.exec()) + " " + e.rows() + " "
                    + text(artefacts, e.artefact());
        }
        if (event instanceof Event.OutputCompared e) {
            return "OutputCompared " + renumbered.get(e.exec()) + " " + e.lines() + " " + e.verdict() + " " + e.reason() + " "
                    + e.differences() + " " + e.more();
        }
        if (event instanceof Event.Decided e) {
            return "Decided " + e.unit() + " " + e.action() + " " + e.by() + " " + text(artefacts, e.text()) + " "
                    + e.phrase() + " " + e.reason() + " " + e.evidence();
        }
        if (event instanceof Event.QuestionAnswered e) {
            return "QuestionAnswered " + e.id() + " " + e.answer() + " " + e.by();
        }
        if (event instanceof Event.RunEnded e) {
            // what was open when it ended depends on which sessions were needed again
            return "RunEnded " + e.status() + " " + e.exit();
        }
        return event.toString();
    }

    private static String text(ArtefactStore artefacts, String hash) {
        return hash.isEmpty() ? "" : new String(artefacts.get(hash), StandardCharsets.UTF_8).replace("\n", "\\n");
    }
}
