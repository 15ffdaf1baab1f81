package dev.stepmark.cli;

import dev.stepmark.plan.Questionnaire.ConnectionNeed;
import dev.stepmark.run.SessionFactory;
import dev.stepmark.runbook.SessionDeclaration;
import java.util.List;
import java.util.Map;

/** What opens the sessions of a run, and says beforehand what it has to know. */
interface RunSessions extends SessionFactory {

    /** Connections of the configuration: where they come from, and what stands above their confirmations. */
    RunSessions with(NamedConnections connections);

    /** What the connection of a session needs and nobody said, before anything runs. */
    List<ConnectionNeed> needs(SessionDeclaration session, Map<String, String> connect, Map<String, String> declared);
}
