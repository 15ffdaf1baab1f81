package dev.stepmark.session.jdbc;

import java.io.IOException;
import java.util.Optional;

/** A file or program that is opened for the first bytes only. */
final class LaterTarget implements Target {

    private final Run run;
    private final String where;
    private Target target;
    private String problem = "";

    LaterTarget(Run run, String where) {
        this.run = run;
        this.where = where;
    }

    @Override
    public void write(byte[] bytes) {
        if (target == null && problem.isEmpty()) {
            try {
                target = Call.target(run, where);
            } catch (IOException e) {
                problem = e.getMessage();
                run.output().problem(problem + "\n");
            }
        }
        if (target != null) {
            target.write(bytes);
        }
    }

    @Override
    public Optional<String> close() {
        return target != null ? target.close() : Optional.of(problem).filter(p -> !p.isEmpty());
    }
}
