package dev.stepmark.session.jdbc.describe;

import dev.stepmark.table.PsqlTable;
import dev.stepmark.table.TableOptions;
import java.util.List;
import java.util.Optional;

/**
 * One use of a command.
 *
 * @param name      as written, with the backslash
 * @param catalog   whom to ask
 * @param arguments as {@link Describe.Command#run} takes them
 * @param options   how tables are printed
 * @param output    where it goes
 */
record Call(String name, Catalog catalog, List<String> arguments, TableOptions options, Describe.Output output) {

    /** An argument was wrong; nothing was asked. */
    static final class Rejected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Rejected(String text) {
            super(text, null, false, false);
        }
    }

    /** Whether {@code +} was given. */
    boolean verbose() {
        return name.indexOf('+') >= 0;
    }

    /** Whether {@code S} was given: objects of the system too. */
    boolean system() {
        return name.indexOf('S') >= 0;
    }

    Optional<String> pattern() {
        return argument(0);
    }

    Optional<String> argument(int at) {
        return at < arguments.size() ? Optional.of(arguments.get(at)) : Optional.empty();
    }

    boolean since(int major) {
        return catalog.version() >= major * 10_000;
    }

    List<List<String>> rows(String sql) {
        return catalog.query(sql).rows();
    }

    void print(String title, Catalog.Answer answer, List<String> footers) {
        output.out(PsqlTable.text(options.forCatalog(title), answer.columns(), answer.right(), answer.rows(), footers));
    }

    /** A copy that prints row counts, whatever the settings say. */
    Call withFooter() {
        return new Call(name, catalog, arguments, options.withFooter(true), output);
    }

    void error(String text) {
        output.err(text + "\n");
    }
}
