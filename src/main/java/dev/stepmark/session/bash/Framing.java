package dev.stepmark.session.bash;

/**
 * How one block is framed: traps and flags that are set before it.
 *
 * @param errTrap      the ERR trap: ours, then the user's
 * @param debugTrap    the DEBUG trap: ours when pipes are watched, then the user's; may be empty
 * @param watchesPipes whether the members of pipes are looked at
 * @param flags        letters for {@code set -}: the user's own, and E and T where nobody notices
 * @param attached     whether the block has the terminal for its input and output, with job control
 */
record Framing(String errTrap, String debugTrap, boolean watchesPipes, String flags, boolean attached) {

    /** The same for a block that has the terminal: its programs are jobs in the foreground, as in a shell by hand. */
    Framing withTerminal() {
        return new Framing(errTrap, debugTrap, watchesPipes, flags + "m", true);
    }
}
