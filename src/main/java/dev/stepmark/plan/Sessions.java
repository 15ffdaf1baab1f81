package dev.stepmark.plan;

import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Questions about the sessions of a runbook that need no event to answer. */
public final class Sessions {

    private Sessions() { }

    /** Whether a command of the text opens a shell inside another one. */
    public static boolean opensShell(SessionDeclaration session) {
        return session.kind() == SessionDeclaration.Kind.REMOTE_SHELL && !session.opener().isEmpty();
    }

    /** A session and everything opened from it, directly or not. */
    public static Set<String> family(Runbook runbook, String session) {
        Set<String> family = new LinkedHashSet<>(Set.of(session));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (SessionDeclaration declaration : runbook.sessions()) {
                grown |= family.contains(declaration.parent()) && family.add(declaration.id());
            }
        }
        return family;
    }

    /** The session without a parent that this one was opened from, possibly itself. */
    public static String root(Runbook runbook, String session) {
        String current = session;
        for (int guard = 0; guard <= runbook.sessions().size(); guard++) {
            String parent = runbook.session(current).map(SessionDeclaration::parent).orElse("");
            if (parent.isEmpty()) {
                return current;
            }
            current = parent;
        }
        return current;
    }
}
