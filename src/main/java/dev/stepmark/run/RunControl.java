package dev.stepmark.run;

import dev.stepmark.session.CancelReport;

/** What can be done to a running execution, from the thread that listens to the keyboard. */
public interface RunControl {

    /** First Ctrl-C: asks it to stop. */
    CancelReport cancel();

    /** Ends it by force. */
    CancelReport kill();

    /** Leaves it running: it is in doubt. */
    void abandon();
}
