package dev.stepmark.sql;

import dev.stepmark.runbook.Risk;
import java.util.Locale;
import java.util.Set;

/** How much a meta-command can do. */
final class MetaRisk {

    /** Commands that look, format or talk to the client only. */
    private static final Set<String> READ_ONLY = Set.of("\\l", "\\l+", "\\list", "\\list+", "\\c", "\\connect",
            "\\x", "\\a", "\\t", "\\C", "\\f", "\\H", "\\T", "\\pset", "\\echo", "\\qecho", "\\warn", "\\conninfo",
            "\\q", "\\quit", "\\?", "\\if", "\\elif", "\\else", "\\endif", "\\h", "\\help", "\\timing", "\\z", "\\encoding", "\\errverbose", "\\set",
            "\\unset", "\\r", "\\reset", "\\p", "\\print", "\\sf", "\\sf+", "\\sv", "\\sv+", "\\prompt",
            "\\copyright", "\\cd", "\\lo_list", "\\setenv", "\\html", "\\lo_list+", "\\getenv", "exit", "quit",
            "help");
    private static final Set<String> WRITE = Set.of("\\password", "\\lo_import", "\\lo_export", "\\w", "\\write",
            "\\o", "\\out");
    /** Commands that only send the statement before them. */
    private static final Set<String> SEND = Set.of("\\g", "\\gx", "\\gset", "\\crosstabview", "\\watch");

    private MetaRisk() { }

    static Risk of(MetaCommand command) {
        String name = command.name();
        Risk own = command.shell() ? Risk.UNKNOWN : byName(name, command);
        return command.query().isEmpty() ? own : own.max(ofScript(command.query()));
    }

    private static Risk byName(String name, MetaCommand command) {
        if (READ_ONLY.contains(name) || READ_ONLY.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith("\\")
                || name.matches("\\\\d[A-Za-z+]*")) {
            return Risk.READ_ONLY;
        }
        if (WRITE.contains(name)) {
            return name.equals("\\o") && command.arguments().isEmpty() ? Risk.READ_ONLY : Risk.WRITE;
        }
        if (SEND.contains(name) && !command.query().isEmpty()) {
            boolean toFile = name.startsWith("\\g") && !name.equals("\\gset")
                    && command.arguments().stream().anyMatch(a -> !a.startsWith("("));
            return toFile ? Risk.WRITE : Risk.READ_ONLY;
        }
        return switch (name) {
            case "\\s" -> command.arguments().isEmpty() ? Risk.READ_ONLY : Risk.WRITE;
            case "\\gdesc" -> Risk.READ_ONLY;
            case "\\copy" -> copy(String.join(" ", command.arguments()));
            case "\\lo_unlink" -> Risk.DESTRUCTIVE;
            default -> Risk.UNKNOWN;
        };
    }

    private static Risk copy(String arguments) {
        String lower = arguments.toLowerCase(Locale.ROOT);
        if (lower.matches("(?s).*\\bprogram\\b.*")) {
            return Risk.UNKNOWN;
        }
        return StatementFacts.of("copy " + arguments).risk().max(Risk.READ_ONLY);
    }

    private static Risk ofScript(String script) {
        Risk risk = Risk.READ_ONLY;
        for (SqlSplitter.Piece piece : SqlSplitter.flat(script, true)) {
            Risk one = piece.kind() == SqlSplitter.Kind.SQL ? StatementFacts.of(piece.text()).risk()
                    : MetaCommand.parse(piece.text()).risk();
            risk = risk.max(one);
        }
        return risk;
    }
}
