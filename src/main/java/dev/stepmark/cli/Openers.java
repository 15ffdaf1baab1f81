package dev.stepmark.cli;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;

/** What opens a session, before its placeholders have values. */
final class Openers {

    private Openers() { }

    /** With something in every hole: what a placeholder will say is not asked for once more. */
    static SessionDeclaration withoutHoles(Runbook runbook, SessionDeclaration s) {
        String opener = s.opener();
        for (Block block : runbook.steps().stream().flatMap(step -> step.executables().stream()).toList()) {
            for (Placeholder hole : block.opens().equals(s.id()) ? block.placeholders() : java.util.List.<Placeholder>of()) {
                opener = opener.replace(hole.raw(), "1");
            }
        }
        return new SessionDeclaration(s.id(), s.kind(), s.parent(), s.label(), s.openedBy(), s.closedBy(), opener, s.connection());
    }
}
