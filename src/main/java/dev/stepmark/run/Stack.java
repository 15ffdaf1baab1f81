package dev.stepmark.run;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sessions inside each other, in words: what opened each, what belongs to it, what closes it. */
final class Stack {

    private final Parts parts;

    Stack(Parts parts) {
        this.parts = parts;
    }

    /** {@code root@db1} for a shell of another place that is open, else its words; empty for one of this machine. */
    Optional<String> host(String session) {
        if (!parts.targets().nested(session)) {
            return Optional.empty();
        }
        Map<String, String> identity = parts.pool().live(session).map(s -> s.opened().identity()).orElse(Map.of());
        String host = identity.getOrDefault("host", "");
        return Optional.of(host.isEmpty() ? "the " + parts.pool().declaration(session).label()
                : identity.getOrDefault("user", "?") + "@" + host);
    }

    /** Where a block of a nested session is, from the outermost to its own; empty for one of this machine. */
    Optional<StepCard.Fact> fact(String session) {
        List<String> levels = new ArrayList<>();
        String current = session;
        for (int guard = 0; guard < 10 && !current.isEmpty(); guard++) {
            SessionDeclaration declaration = parts.pool().declaration(current);
            if (declaration.openedBy() > 0) {
                levels.add(0, declaration.opener().strip().lines().findFirst().orElse(declaration.label()) + " (line "
                        + declaration.openedBy() + ")");
            }
            current = declaration.parent();
        }
        boolean nested = parts.targets().nested(session) || parts.targets().nested(parts.pool().declaration(session).parent());
        return nested ? Optional.of(new StepCard.Fact("Inside", String.join(", then ", levels))) : Optional.empty();
    }

    /** What a command that opens a shell does, and what follows in it. */
    List<StepCard.Fact> opener(Block block, SessionDeclaration opened) {
        List<StepCard.Fact> out = new ArrayList<>();
        String parent = opened.parent().isEmpty() ? "shell" : opened.parent();
        String from = host(parent).orElseGet(() -> "this machine, " + parts.where().host());
        out.add(new StepCard.Fact("Opens", "the " + opened.label() + ", from " + from));
        List<String> users = users(opened.id());
        out.add(new StepCard.Fact("Then", users.isEmpty() ? "no step of the text belongs to it"
                : (users.size() == 1 ? "step " : "steps ") + String.join(", ", users) + (users.size() == 1 ? " runs there"
                        : " run there") + "; " + closed(opened)));
        return out;
    }

    private static String closed(SessionDeclaration opened) {
        return opened.closedBy() > 0 ? "line " + opened.closedBy() + " closes it"
                : "nothing in the text closes it, so it stays open until the end of the run";
    }

    private List<String> users(String session) {
        return parts.desk().runbook().mainSteps().stream().filter(s -> inside(s, session)).map(Step::id)
                .collect(Collectors.toList());
    }

    private static boolean inside(Step step, String session) {
        return step.blocks().stream().anyMatch(b -> (b.role() == Role.EXECUTE || b.role() == Role.MIXED) && b.session().equals(session));
    }
}
