package dev.stepmark.runbook;

/**
 * A session that the text opens, or that its blocks need.
 *
 * @param id         short name: {@code shell}, {@code pod}, {@code psql1}
 * @param kind       what it is
 * @param parent     id of the session it is opened from, or empty
 * @param label      for people: "shell in the timescale pod"
 * @param openedBy   line that opens it, 0 when nothing in the text does
 * @param closedBy   line that closes it, 0 when nothing does
 * @param opener     the command that opens it, or empty
 * @param connection name of the connection it uses, or empty
 */
public record SessionDeclaration(String id, Kind kind, String parent, String label, int openedBy, int closedBy,
        String opener, String connection) {

    /** Kinds of sessions, with their word in the JSON plan. */
    public enum Kind {
        /** A shell on this machine. */
        SHELL("shell"),
        /** A shell that Stepmark did not open by itself: in a pod, on another host. Needs a target. */
        REMOTE_SHELL("remote-shell"),
        /** SQL. */
        PSQL("psql"),
        MYSQL("mysql"), POWERSHELL("powershell"), OTHER("other");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in the JSON plan. */
        public String word() {
            return word;
        }
    }
}
