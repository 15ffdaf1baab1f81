package dev.stepmark.config;

/**
 * Where a value comes from.
 *
 * @param kind  who said it; the first of the enum that says anything holds
 * @param place for people: {@code ~/.config/stepmark/config.yaml:3}, {@code NO_COLOR}; empty for a default
 */
public record Source(Kind kind, String place) {

    /** Who said it, the strongest first: what the operator says beats what a repository says. */
    public enum Kind {
        /** An option of the command line. */ OPTION("option"),
        /** A variable of the environment. */ VARIABLE("variable"),
        /** The operator's own file. */ USER("user file"),
        /** A file that lies with the runbook. */ PROJECT("project file"),
        /** Nobody. */ DEFAULT("default");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** For people. */
        public String word() {
            return word;
        }
    }

    /** Nobody said anything. */
    public static final Source DEFAULT = new Source(Kind.DEFAULT, "");

    /** {@code default}, or the place. */
    public String shown() {
        return place.isEmpty() ? kind.word() : place;
    }
}
