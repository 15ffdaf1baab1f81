package dev.stepmark.run;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Statement;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Variables of psql in a block, with the values that its session has for them now. */
final class Variables {

    /** What gives variables values that nobody knows before it has run. */
    private static final Set<String> SETTERS = Set.of("\\gset", "\\prompt", "\\getenv", "\\i", "\\ir", "\\include",
            "\\include_relative", "\\if", "\\c", "\\connect");

    private final Parts parts;

    Variables(Parts parts) {
        this.parts = parts;
    }

    /** Names as they stand in the text, with values; those that the block itself sets before are left out. */
    Map<String, String> in(Block block) {
        Map<String, String> out = new LinkedHashMap<>();
        Optional<Session> session = block.executor() == Executor.PSQL ? parts.pool().live(block.session())
                : Optional.empty();
        if (session.isEmpty()) {
            return out;
        }
        Set<String> own = new java.util.HashSet<>();
        for (Statement statement : block.statements()) {
            String text = parts.fill(statement.text(), block).text();
            session.get().sent(Request.of(text)).with().forEach((name, value) -> {
                if (!own.contains(name)) {
                    out.putIfAbsent(name, value);
                }
            });
            if (SETTERS.contains(statement.verb())) {
                break;
            }
            if (statement.verb().equals("\\set") || statement.verb().equals("\\unset")) {
                own.add(":" + statement.object());
            }
        }
        return out;
    }
}
