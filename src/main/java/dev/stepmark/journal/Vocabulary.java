package dev.stepmark.journal;

import java.util.Set;

/**
 * Words of the format itself. A text that is exactly one of them is never masked: a password "finished" must not make
 * the journal unreadable, and a word of the format gives nothing away.
 */
final class Vocabulary {

    private static final Set<String> WORDS = Set.of(
            // outcomes, verdicts, states
            "done", "failed", "cancelled", "stopped", "ended", "refused", "lost", "closed", "passes", "unknown",
            "overridden", "finished", "in-doubt", "not-done", "commit", "rollback", "committed", "rolled-back",
            // decisions and origins
            "RUN", "RETRY", "SKIP", "NOT_APPLICABLE", "DONE_BY_HAND", "EDIT", "ACCEPT", "STEP", "ADHOC", "DISCOVERY",
            "PREFLIGHT", "VERIFY", "UNDO", "OPENER", "enter", "key", "phrase", "option", "answer", "author",
            // sources, kinds, scopes, streams
            "sql", "shell", "asked", "document", "bash", "jdbc", "local", "psql", "STDOUT", "STDERR", "TTY", "RESULT",
            "stdout", "stderr", "tty", "result", "read-only", "write", "schema-change", "destructive",
            // fields of an event, which are the keys of the objects
            "step", "block", "statement", "iteration", "stream", "artefact", "bytes", "truncated", "path", "git",
            "runbook", "plan", "title", "tool", "host", "options", "batch", "reason", "tornTail", "mapping", "subject",
            "value", "source", "exec", "scope", "gate", "version", "verdict", "override", "name", "kind", "secret",
            "id", "shown", "by", "session", "parent", "opener", "identity", "replaces", "cwd", "names", "database",
            "settings", "how", "unit", "action", "text", "evidence", "capture", "items", "origin", "attempt",
            "transaction", "framing", "effect", "background", "output", "outcome", "exit", "problems", "sqlState",
            "rows", "tags", "outputs", "message", "millis", "tolerated", "survivors", "units", "intent", "xid",
            "systemIdentifier", "timeline", "target", "state", "holder", "status", "open", "head", "count",
            "signature", "os", "user", "uid", "ssh", "java", "port", "server_version", "system_identifier",
            "in_recovery", "backend_pid", "ssl", "pid", "from", "to", "again", "passed", "command",
            "matched", "differs", "not-compared", "lines", "differences", "more", "at", "steps",
            "mysql", "product", "client", "server_host");

    /** Fields that hold an id given by the plan. */
    private static final Set<String> IDS = Set.of("exec", "parent", "session", "transaction", "step", "block", "id",
            "scope", "name", "capture", "stream", "from", "to", "passed", "at",
            "steps");

    private Vocabulary() { }

    static boolean isId(String field) {
        return IDS.contains(field);
    }

    static boolean contains(String text) {
        return WORDS.contains(text);
    }
}
