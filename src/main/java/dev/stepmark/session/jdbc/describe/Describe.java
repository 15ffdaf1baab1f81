package dev.stepmark.session.jdbc.describe;

import dev.stepmark.table.TableOptions;
import java.util.List;
import java.util.Optional;

/** Finds the command that a name such as {@code \dt+} stands for. */
public final class Describe {

    /** Takes what a command prints. */
    public interface Output {

        /** Tables and definitions. */
        void out(String text);

        /** What is wrong; ends with a line feed. */
        void err(String text);
    }

    /** A command of this family. */
    public interface Command {

        /**
         * Runs it.
         *
         * @param catalog   whom to ask
         * @param arguments single quotes taken away, double quotes left; for {@code \sf} and {@code \sv} the rest of
         *                  the line as one
         * @param options   how tables are printed
         * @param output    where it goes
         * @return whether psql calls it a success
         * @throws CatalogError when the server refuses a query
         */
        boolean run(Catalog catalog, List<String> arguments, TableOptions options, Output output);
    }

    /** A command on the inside. */
    interface Action {
        boolean run(Call call);
    }

    private Describe() { }

    /**
     * The command of a name.
     *
     * @param name with the backslash
     * @return empty when psql 15 knows no such command, or it is none that describes
     */
    public static Optional<Command> find(String name) {
        return DescribeNames.action(name).map(action -> (catalog, arguments, options, output) -> {
            try {
                return action.run(new Call(name, catalog, arguments, options, output));
            } catch (Call.Rejected e) {
                output.err(e.getMessage() + "\n");
                return false;
            }
        });
    }
}
