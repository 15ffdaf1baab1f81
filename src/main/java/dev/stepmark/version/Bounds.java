package dev.stepmark.version;

import dev.stepmark.runbook.Gate;

/** Looks whether an installed version is within the bounds of a gate, both ends included. */
public final class Bounds {

    private Bounds() { }

    /**
     * The result.
     *
     * @param passes      whether the version is within the bounds
     * @param explanation how it was compared, for people, without a full stop
     */
    public record Verdict(boolean passes, String explanation) { }

    /**
     * Compares.
     *
     * @param gate      the bounds as written
     * @param installed the installed version
     * @throws IllegalArgumentException when a bound is no version; the text names where it stands
     */
    public static Verdict check(Gate gate, Version installed) {
        if (!gate.minimum().isBlank()) {
            Version minimum = bound(gate, gate.minimum());
            if (installed.compareTo(minimum) < 0) {
                return new Verdict(false, refusal(installed, minimum, "older"));
            }
        }
        if (!gate.maximum().isBlank()) {
            Version maximum = bound(gate, gate.maximum());
            if (installed.compareTo(maximum) > 0) {
                return new Verdict(false, refusal(installed, maximum, "newer"));
            }
        }
        return new Verdict(true, passing(gate, installed));
    }

    private static Version bound(Gate gate, String raw) {
        try {
            return Version.parse(raw);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(gate.source() + ", line " + gate.line() + ": " + e.getMessage(), e);
        }
    }

    private static String refusal(Version installed, Version bound, String word) {
        if (installed.compareNumbers(bound) != 0) {
            return "Compared number by number, " + installed + " is " + word;
        }
        return "A pre-release comes before its release, so " + installed + " is " + word + " than " + bound;
    }

    private static String passing(Gate gate, Version installed) {
        if (gate.minimum().isBlank() && gate.maximum().isBlank()) {
            return "No bound was given";
        }
        String within = gate.minimum().isBlank() ? "not newer than " + gate.maximum()
                : gate.maximum().isBlank() ? "not older than " + gate.minimum()
                : "within " + gate.minimum() + " to " + gate.maximum() + ", both included";
        return "Compared number by number, " + installed + " is " + within;
    }
}
