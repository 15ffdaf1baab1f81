package dev.stepmark.runbook;

/** What interprets a block. */
public enum Executor {
    /** A POSIX-like shell; the local one is bash. */
    SHELL("shell"),
    /** A psql session: SQL and meta-commands. */
    PSQL("psql"),
    MYSQL("mysql"), REDIS("redis"), POWERSHELL("powershell"), PROMQL("promql"), YAML("yaml"),
    /** Nothing does. */
    NONE("");

    private final String word;

    Executor(String word) {
        this.word = word;
    }

    /** The word in the JSON plan; empty for NONE, which is null there. */
    public String word() {
        return word;
    }
}
