package dev.stepmark.run;

import dev.stepmark.message.Message;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import dev.stepmark.session.Snapshot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shells of what runs in the background: beside the session that the block belongs to, and as it is now. */
final class JobShells {

    /** A variable that is neither exported nor anything special: {@code POD=db-0}, one line each. */
    private static final Pattern PLAIN = Pattern.compile("(?m)^declare -- ([A-Za-z][A-Za-z0-9_]*)=\"([^\"\\\\$`\\n]*)\"$");
    /** Shells of this machine; a shell elsewhere has no second one beside it. */
    private static final Set<String> LOCAL = Set.of("bash", "fake");
    private static final Pattern SHELLS_OWN = Pattern.compile("BASH.*|COMP_.*|DIRSTACK|EPOCH.*|FUNCNAME|GROUPS|HIST.*|IFS|LINENO"
            + "|MACHTYPE|HOSTTYPE|OSTYPE|OPT.*|PIPESTATUS|PS\\d|RANDOM|SECONDS|SRANDOM|COLUMNS|LINES|MAILCHECK|REPLY");

    private final Desk desk;
    private final Parts parts;

    JobShells(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Opens a shell with the directory and the exported variables of a session. */
    Session open(String id, Session session, String label) throws CannotOpen {
        if (!local(id, session)) {
            throw new CannotOpen(Message.of("step " + label + " would run in the background, and its session " + id
                    + " is a shell elsewhere", "There is no second shell beside that one. Nothing was started.",
                    "start it in a terminal of your own, then m"), "");
        }
        Optional<Snapshot> now = session.snapshot();
        Map<String, String> plain = new LinkedHashMap<>(parts.values().exported());
        Map<String, String> secret = new LinkedHashMap<>(parts.values().exportedSecrets());
        now.map(Snapshot::variables).orElse(Map.of()).forEach((name, value) -> {
            // what is masked must not stand in an environment that others can read
            boolean hidden = secret.containsKey(name) || !desk.secrets().masker().mask(value).equals(value);
            (hidden ? secret : plain).put(name, value);
        });
        plain.keySet().removeAll(secret.keySet());
        return desk.sessions().openShell(now.map(Snapshot::cwd).orElse(""), plain, secret, "stepmark:"
                + desk.log().runId() + ":" + id + ":" + label);
    }

    private boolean local(String id, Session session) {
        return LOCAL.contains(session.opened().kind()) && !parts.targets().nested(parts.targets().root(id));
    }

    /** The variables of a session that it does not export: a block of the same session would see them too. */
    Map<String, String> variables(String id, Session session) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Outcome outcome = local(id, session) ? session.run(Request.of("declare -p"),
                (stream, buffer, offset, length) -> {
                    if (stream == OutputSink.Stream.STDOUT) {
                        said.write(buffer, offset, length);
                    }
                }) : new Outcome.Refused(id);
        Map<String, String> out = new LinkedHashMap<>();
        if (outcome instanceof Outcome.Done) {
            Matcher matcher = PLAIN.matcher(said.toString(StandardCharsets.UTF_8));
            while (matcher.find()) {
                if (!SHELLS_OWN.matcher(matcher.group(1)).matches()) {
                    out.put(matcher.group(1), matcher.group(2));
                }
            }
        }
        return out;
    }
}
