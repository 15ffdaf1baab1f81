package dev.stepmark.session.jdbc;

import dev.stepmark.sql.CommandText;
import dev.stepmark.sql.SqlSplitter.Kind;
import dev.stepmark.sql.SqlSplitter.Piece;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Which branches of {@code \if} run. */
final class Conditionals {

    static final Set<String> WORDS = Set.of("\\if", "\\elif", "\\else", "\\endif");

    private final Deque<Level> levels = new ArrayDeque<>();

    /** One {@code \if}: whether its present branch runs, whether one of them did, and whether else has come. */
    private record Level(boolean live, boolean taken, boolean last) { }

    /** Whether what comes now runs. */
    boolean live() {
        return levels.stream().allMatch(Level::live);
    }

    /** A word of a conditional; the condition is looked at only where psql looks at it. */
    void word(String name, BooleanSupplier condition) {
        if (name.equals("\\if")) {
            boolean outer = live();
            boolean yes = outer && condition.getAsBoolean();
            levels.push(new Level(yes, yes || !outer, false));
            return;
        }
        Level level = levels.pop();
        if (name.equals("\\elif")) {
            boolean yes = !level.taken() && condition.getAsBoolean();
            levels.push(new Level(yes, level.taken() || yes, false));
        } else if (name.equals("\\else")) {
            levels.push(new Level(!level.taken(), true, true));
        }
    }

    /** Why a script cannot run at all, before anything of it did. */
    static Optional<String> problem(List<Piece> pieces, String name) {
        Deque<Boolean> elseCame = new ArrayDeque<>();
        for (Piece piece : pieces) {
            String word = piece.kind() == Kind.META ? CommandText.of(piece.text()).name() : "";
            if (!piece.complete()) {
                return Optional.of("line " + (piece.line() + 1) + " of " + name + ": " + piece.problem()
                        + "; nothing of it was run");
            }
            if (!WORDS.contains(word)) {
                continue;
            }
            if (word.equals("\\if")) {
                elseCame.push(false);
            } else if (elseCame.isEmpty()) {
                return Optional.of(word + ": no matching \\if; nothing of " + name + " was run");
            } else if (!word.equals("\\endif") && elseCame.peek()) {
                return Optional.of(word + ": cannot occur after \\else; nothing of " + name + " was run");
            } else {
                elseCame.pop();
                if (!word.equals("\\endif")) {
                    elseCame.push(word.equals("\\else"));
                }
            }
        }
        return elseCame.isEmpty() ? Optional.empty()
                : Optional.of("\\if has no \\endif in " + name + "; nothing of it was run");
    }
}
