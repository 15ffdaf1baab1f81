package dev.stepmark.session.bash;

/**
 * A failure as the traps of the framing see it.
 *
 * @param line    line of the block: of the command itself, or of the call that led to it
 * @param command the command; of a pipe the member that bash looked at last
 * @param status  exit status, or those of the pipe's members separated by {@code |}
 * @param kind    {@code e}: the ERR trap; {@code t}: a pipe that succeeded although a member failed; {@code f}: such a
 *                pipe inside a function; with an {@code s}: perhaps the one that was told before
 */
record Failure(int line, String command, String status, String kind) {

    boolean pipe() {
        return !kind.equals("e");
    }

    boolean inFunction() {
        return kind.startsWith("f");
    }

    boolean perhapsToldBefore() {
        return kind.endsWith("s");
    }
}
