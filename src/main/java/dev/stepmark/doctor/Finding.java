package dev.stepmark.doctor;

/**
 * One line of the report.
 *
 * @param name   what was looked at: {@code java}, {@code journal}
 * @param status how it is
 * @param text   what was found
 * @param advice what to do; empty when nothing has to be done
 */
public record Finding(String name, Status status, String text, String advice) {

    /** How something is. */
    public enum Status {
        /** As it should be. */ OK,
        /** Good to know; a run can go well all the same. */ NOTE,
        /** A run that needs it will fail. */ PROBLEM;

        /** For people and programs. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** As it should be. */
    public static Finding ok(String name, String text) {
        return new Finding(name, Status.OK, text, "");
    }

    /** Good to know. */
    public static Finding note(String name, String text, String advice) {
        return new Finding(name, Status.NOTE, text, advice);
    }

    /** Something to mend. */
    public static Finding problem(String name, String text, String advice) {
        return new Finding(name, Status.PROBLEM, text, advice);
    }
}
