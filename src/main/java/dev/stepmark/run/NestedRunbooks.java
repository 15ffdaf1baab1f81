package dev.stepmark.run;

/** Runs another runbook inside of a run: as a run of its own, with its own record. */
public interface NestedRunbooks {

    /** A run that runs no other. */
    NestedRunbooks NONE = new NestedRunbooks() {
        @Override
        public Offer offer(String path) {
            return new Offer(path, "", 0, "this run cannot run another runbook");
        }

        @Override
        public Ended run(Offer offer, String parent, String step) {
            throw new UnsupportedOperationException("this run cannot run another runbook");
        }

        @Override
        public void interrupt() { }
    };

    /**
     * Whether another document can be run, and why not.
     *
     * @param path    for people, from the working directory where that is shorter
     * @param title   its title
     * @param steps   how many steps a plain run has
     * @param refusal why it cannot be run here; empty when it can
     */
    record Offer(String path, String title, int steps, String refusal) { }

    /**
     * How a nested run ended.
     *
     * @param run    the last part of its id
     * @param done   whether it is finished
     * @param status its last word: {@code finished}, {@code stopped}, ...
     */
    record Ended(String run, boolean done, String status) { }

    /** Looks at a document that the runbook names; executes nothing. */
    Offer offer(String path);

    /**
     * Runs it to its end, or goes on with the nested run that this step has begun already.
     *
     * @param parent id of the run that it belongs to
     * @param step   the step there
     */
    Ended run(Offer offer, String parent, String step);

    /** Ends what runs now, for a signal. */
    void interrupt();
}
