package dev.stepmark.session.bash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Opens shells for tests and reads what they say. */
final class Shells {

    private Shells() { }

    static BashSession open() throws CannotOpen {
        return open(Map.of(), Map.of());
    }

    /** A shell in the temporary directory with the test's environment and these variables and secrets. */
    static BashSession open(Map<String, String> variables, Map<String, String> secrets) throws CannotOpen {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        return BashSession.open(new BashSession.Options(Path.of(System.getProperty("java.io.tmpdir")), environment,
                secrets, "run-of-a-test"));
    }

    /** A shell whose processes are told apart from those of other tests by this cookie. */
    static BashSession withCookie(String cookie) throws CannotOpen {
        return BashSession.open(new BashSession.Options(Path.of("/"), System.getenv(), Map.of(), cookie));
    }

    /** Runs a text that must come to its end. */
    static Outcome.Done done(Session session, String text, OutputSink sink) {
        Outcome outcome = session.run(Request.of(text), sink);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    static Outcome.Done done(Session session, String text) {
        return done(session, text, OutputSink.none());
    }

    /** What a text prints on standard output. */
    static String output(Session session, String text) {
        RecordingSink sink = new RecordingSink();
        done(session, text, sink);
        return sink.text(OutputSink.Stream.STDOUT);
    }

    /** What a text prints on standard error. */
    static String errors(Session session, String text) {
        RecordingSink sink = new RecordingSink();
        done(session, text, sink);
        return sink.text(OutputSink.Stream.STDERR);
    }
}
