package dev.stepmark.runbook;

import java.util.List;
import java.util.Optional;

/**
 * A procedure, read and classified: the first waist of the architecture. Everything before a run speaks this.
 *
 * @param path        as the operator named it
 * @param sha256      hex hash of the bytes that were parsed
 * @param title       from the front matter, else the first heading, else the file name
 * @param frontMatter what the front matter says
 * @param steps       all steps of all sections in document order
 * @param sessions    sessions that the text opens or needs
 * @param remarks     bounds on versions that the words name; shown, not evaluated
 * @param expected    what the document shows as output of its commands
 * @param tolerated   errors that the document says are safe
 * @param alternatives ways that exclude each other: which applies is asked once
 * @param includes    steps that stand for another document
 */
public record Runbook(String path, String sha256, String title, FrontMatter frontMatter, List<Step> steps,
        List<SessionDeclaration> sessions, List<VersionRemark> remarks, List<ExpectedOutput> expected,
        List<ToleratedError> tolerated, List<Alternative> alternatives, List<Include> includes) {

    public Runbook {
        steps = List.copyOf(steps);
        sessions = List.copyOf(sessions);
        remarks = remarks == null ? List.of() : List.copyOf(remarks); // a plan that an older version stored has none
        expected = expected == null ? List.of() : List.copyOf(expected);
        tolerated = tolerated == null ? List.of() : List.copyOf(tolerated);
        includes = includes == null ? List.of() : List.copyOf(includes);
        alternatives = alternatives == null ? List.of() : List.copyOf(alternatives);
    }

    /** The steps that a plain run walks through. */
    public List<Step> mainSteps() {
        return steps.stream().filter(s -> s.section().inMainRun()).toList();
    }

    /** The step with this id or name. */
    public Optional<Step> step(String idOrName) {
        return steps.stream().filter(s -> s.id().equals(idOrName) || (!idOrName.isEmpty() && s.name().equals(idOrName)))
                .findFirst();
    }

    /** What the document shows as output of a block. */
    public List<ExpectedOutput> expected(Block block) {
        return expected.stream().filter(e -> e.block().equals(block.id())).toList();
    }

    /** Errors that are safe when they come from a block. */
    public List<ToleratedError> tolerated(Block block) {
        return tolerated.stream().filter(t -> t.covers(block)).toList();
    }

    /** The session with this id. */
    public Optional<SessionDeclaration> session(String id) {
        return sessions.stream().filter(s -> s.id().equals(id)).findFirst();
    }
}
