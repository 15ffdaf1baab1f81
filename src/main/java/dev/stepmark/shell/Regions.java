package dev.stepmark.shell;

import java.util.ArrayList;
import java.util.List;

/** What lies in which quoting context, outer regions before inner ones, and the first problem met. */
final class Regions {

    /** Half-open range of indexes; one that the text ends in holds its end too. */
    private record Region(int start, int end, ShellContext context) { }

    private static final int DEEPEST = 100;

    private final int length;
    private final List<Region> regions = new ArrayList<>();
    private String problem = "";
    private int depth;

    Regions(int length) {
        this.length = length;
    }

    void add(int start, int end, ShellContext context) {
        regions.add(new Region(start, end, context));
    }

    /** A place before everything that is added from now on. */
    int mark() {
        return regions.size();
    }

    void insert(int mark, int start, int end, ShellContext context) {
        regions.add(mark, new Region(start, end, context));
    }

    /** Goes one level of nesting down; false when that is too deep to be read, which nobody writes. */
    boolean enter() {
        if (depth == DEEPEST) {
            problem("expansions are nested more than " + DEEPEST + " deep");
            return false;
        }
        depth++;
        return true;
    }

    void leave() {
        depth--;
    }

    void problem(String text) {
        problem = problem.isEmpty() ? text : problem;
    }

    String problem() {
        return problem;
    }

    /** The innermost context at an index. */
    ShellContext at(int offset) {
        ShellContext context = ShellContext.UNQUOTED;
        for (Region region : regions) {
            boolean open = region.end() >= length && region.context() != ShellContext.UNQUOTED;
            if (offset >= region.start() && (offset < region.end() || open || beforeClose(region, offset))) {
                context = region.context();
            }
        }
        return context;
    }

    /** At the closing quote or parenthesis of a region: what is put in front of it is still inside. */
    private static boolean beforeClose(Region region, int offset) {
        return offset == region.end() && region.context() != ShellContext.HEREDOC
                && region.context() != ShellContext.HEREDOC_QUOTED;
    }
}
