package dev.stepmark.runbook;

import java.util.List;
import java.util.Map;

/**
 * What the front matter says, checked for form.
 *
 * @param title       or empty
 * @param description or empty
 * @param gates       bounds of the document, at most one for each key that was given
 * @param version     how to find the installed version
 * @param requires    what must be there: {@code postgresql} with a constraint, programs with {@code *}
 * @param connections name to URL
 * @param targets     name to target, for example {@code local}
 * @param variables   declared values in document order
 */
public record FrontMatter(String title, String description, List<Gate> gates, VersionSource version,
        Map<String, String> requires, Map<String, String> connections, Map<String, String> targets,
        List<Variable> variables) {

    /** A document without front matter. */
    public static final FrontMatter EMPTY = new FrontMatter("", "", List.of(), VersionSource.UNKNOWN, Map.of(),
            Map.of(), Map.of(), List.of());

    public FrontMatter {
        gates = List.copyOf(gates);
        variables = List.copyOf(variables);
        // order of the document is kept: the caller passes LinkedHashMaps
        requires = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(requires));
        connections = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(connections));
        targets = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(targets));
    }

    /**
     * How the installed version is found.
     *
     * @param kind    the way
     * @param product the subject, or empty
     * @param text    the SQL or the shell command; for kinds that come later the raw text
     * @param connection the connection for SQL, or empty for the only one
     * @param line    where it stands, 0 when nowhere
     */
    public record VersionSource(Kind kind, String product, String text, String connection, int line) {

        /** Nothing was said. */
        public static final VersionSource UNKNOWN = new VersionSource(Kind.ASK, "", "", "", 0);

        /** Ways to find a version. LATER: a way that this version of Stepmark does not have (helm, image). */
        public enum Kind { ASK, SQL, SHELL, LATER }
    }

    /**
     * A declared value.
     *
     * @param name         letters, digits, underscore
     * @param description  shown when it is asked, or empty
     * @param secret       read without echo, never logged
     * @param defaultValue taken by Enter, or empty
     * @param fromEnv      environment variable it is taken from, or empty
     * @param line         where it stands
     */
    public record Variable(String name, String description, boolean secret, String defaultValue, String fromEnv,
            int line) { }
}
