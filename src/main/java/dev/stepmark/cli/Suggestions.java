package dev.stepmark.cli;

import dev.stepmark.config.Connection;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Operator;
import dev.stepmark.run.Question;
import dev.stepmark.run.Reply;
import java.util.List;

/** Connections that a project file suggests: shown whole, and used only after a yes. */
final class Suggestions {

    private final NamedConnections connections;
    private final Operator operator;

    Suggestions(NamedConnections connections, Operator operator) {
        this.connections = connections;
        this.operator = operator;
    }

    /** The options with the connections that a person agreed to. */
    RunOptions ask(RunOptions options) {
        RunOptions out = options;
        for (String name : List.copyOf(connections.suggested().keySet())) {
            if (agreed(name, connections.suggested().get(name))) {
                out = connections.agreed(out, name);
            }
        }
        return out;
    }

    private boolean agreed(String name, Connection connection) {
        String shown = name.isEmpty() ? connection.name() : name;
        operator.say(List.of(connection.source().place() + " suggests for connection " + shown + ":",
                "  " + connection.address()));
        Question question = new Question("connect." + shown, Question.Kind.YES_NO, "Connect there?", List.of(
                new Question.Choice('y', "", "use it in this run"), new Question.Choice('n', "",
                        "go on as if the file did not have it"), new Question.Choice('q', "", "stop; nothing was run")),
                (char) 0, "", "", "", "", false);
        Reply reply = operator.ask(question);
        if (reply instanceof Reply.Key key && key.key() != 'q') {
            return key.key() == 'y';
        }
        operator.say(List.of("Nothing was run."));
        throw new RunCommand.Refused();
    }
}
