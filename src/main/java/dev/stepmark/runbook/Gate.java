package dev.stepmark.runbook;

/**
 * A bound on the installed version, both ends inclusive.
 *
 * @param line    the line that says it
 * @param subject the product, or empty when the document does not name it
 * @param minimum the raw text of the lower bound, or empty
 * @param maximum the raw text of the upper bound, or empty
 * @param scope   {@code document} or a step id
 * @param source  where it stands, for example {@code front matter maximum_version}
 */
public record Gate(int line, String subject, String minimum, String maximum, String scope, String source) {

    /** The bound as a constraint: {@code >=0.9.0}, {@code <=0.9.5}, or both with a space between. */
    public String constraint() {
        String low = minimum.isEmpty() ? "" : ">=" + minimum;
        String high = maximum.isEmpty() ? "" : "<=" + maximum;
        return (low + " " + high).strip();
    }
}
