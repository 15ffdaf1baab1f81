package dev.stepmark.cli;

import dev.stepmark.message.Message;
import dev.stepmark.terminal.Neutral;
import java.util.ArrayList;
import java.util.List;

/** Messages as lines: what happened, what it means, what to do. */
public final class Messages {

    private Messages() { }

    /** The lines of a message. */
    public static List<String> lines(String severity, Message message) {
        List<String> out = new ArrayList<>();
        out.add(severity + ": " + message.what());
        out.addAll(message.excerpt());
        message.meaning().forEach(m -> out.add("  " + m));
        for (int i = 0; i < message.tries().size(); i++) {
            out.add((i == 0 ? "  Try: " : "       ") + message.tries().get(i));
        }
        // a message quotes names and servers: what they contain must not reach the terminal as a command
        return out.stream().flatMap(line -> line.lines()).map(Neutral::line).toList();
    }
}
